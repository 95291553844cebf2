// Whether services could log in as the application's own user, before a deployment and after it.
import { judgeAfterDeployment, judgeBeforeDeployment } from "../../../src/operations/database-user/judgement";
import type { UserState } from "../../../src/operations/database-user/state";
import { defineEnvironment } from "../../../src/validation/define-environment";

const COMMAND = "npm run -s ops -- database-user --environment shop";
const web = { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres"] } as const;
const user = { name: "shop", image: "shop/psql:17" };

const ABSENT: UserState = { secret: "absent" };
const OF_ANOTHER: UserState = { secret: "of-another" };
const NEVER_MADE: UserState = { secret: "there", versionId: "two", inDatabase: undefined };
const RENEWED: UserState = { secret: "there", versionId: "two", inDatabase: "one" };
const MADE: UserState = { secret: "there", versionId: "two", inDatabase: "two" };

function facts(state: UserState, databaseUser: "application" | "master" = "application") {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { web: { ...web, databaseUser }, other: { ...web, connectsTo: [] } },
    database: { applicationUser: user },
  });
  return { name: "shop", environment, user, state };
}

describe("before a deployment", () => {
  it.each([ABSENT, OF_ANOTHER])(
    "fails where services that run would log in as somebody unknown: %j",
    (state) => {
      const { status, detail } = judgeBeforeDeployment(facts(state), true);
      expect(status).toBe("fail");
      expect(detail).toBe(
        "web would log in as shop, whom the database does not have yet: give each of them " +
          `databaseUser: "master", deploy, run ${COMMAND}, and then take it out again.`,
      );
    },
  );

  it.each([NEVER_MADE, RENEWED])("fails where the database lacks the secret's password: %j", (state) => {
    const { status, detail } = judgeBeforeDeployment(facts(state), true);
    expect({ status, detail }).toEqual({
      status: "fail",
      detail: `The database does not have shop with the password in its secret: run ${COMMAND}`,
    });
  });

  it("has nothing against a first deployment, and says what comes after it", () => {
    const { status, detail } = judgeBeforeDeployment(facts(ABSENT), false);
    expect(status).toBe("skipped");
    expect(detail).toContain(COMMAND);
  });

  it("passes where the user is made, and while services are the master", () => {
    expect(judgeBeforeDeployment(facts(MADE), true).status).toBe("pass");
    expect(judgeBeforeDeployment(facts(ABSENT, "master"), true)).toEqual({
      status: "pass",
      detail: `No service logs in as shop yet. Deploy, then run ${COMMAND}, and then take databaseUser out of the services.`,
    });
    expect(judgeBeforeDeployment(facts(MADE, "master"), true).detail).toBe(
      "The database has shop, and no service logs in as it: take databaseUser out of the services.",
    );
  });
});

describe("after a deployment", () => {
  it.each([
    [ABSENT, "application", "skipped"],
    [NEVER_MADE, "application", "fail"],
    [RENEWED, "application", "fail"],
    [OF_ANOTHER, "application", "fail"],
    [MADE, "application", "pass"],
    [NEVER_MADE, "master", "skipped"],
    [RENEWED, "master", "skipped"],
    [MADE, "master", "pass"],
  ] as const)("of %j, services as %s: %s", (state, databaseUser, status) => {
    expect(judgeAfterDeployment(facts(state, databaseUser)).status).toBe(status);
  });

  it("says what to run", () => {
    expect(judgeAfterDeployment(facts(RENEWED)).detail).toBe(`web cannot log in as shop: run ${COMMAND}`);
  });
});
