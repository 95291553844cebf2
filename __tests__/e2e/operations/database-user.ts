// `database-user`, on lightwave-prod with a user of the application's own: the one task, what it is told and what not, and what
// is known of it afterwards.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { type AwsCall, jsonAnswer } from "../support/aws-proxy";
import { CREDENTIALS, REGION } from "../support/child-environment";
import { beHealthy, logEvents, stoppedTask, TASK } from "./healthy-platform";
import type { OpsRun, Stage } from "./stage";

const ENVIRONMENT = "lightwave-user";
const SECRET = "lightwave-django-prod/database-user";
const FAMILY = "lightwave-user-database-user";
const PASSWORD = "NobodySeesThis";

interface Check {
  readonly id: string;
  readonly status: string;
  readonly detail: string;
}

export function describeDatabaseUser(stage: () => Stage): void {
  describe("database-user", () => {
    let secrets: SecretsManagerClient;
    const file = () => join(stage().workspace.folder, "dist", "src", "environments", `${ENVIRONMENT}.js`);
    const value = (password: string) => JSON.stringify({ username: "shop", password });

    beforeAll(async () => {
      secrets = new SecretsManagerClient({
        endpoint: stage().emulator.endpoint,
        region: REGION,
        credentials: CREDENTIALS,
      });
      await secrets.send(
        new CreateSecretCommand({
          Name: SECRET,
          Description: "The application's own user of the database: shop",
          SecretString: value(PASSWORD),
        }),
      );
      // The platform that is deployed, under another name in the file: as if the user had been added to it.
      await writeFile(
        file(),
        `const { default: deployed } = require("./lightwave-prod");
exports.default = {
  ...deployed,
  name: "${ENVIRONMENT}",
  database: { ...deployed.database, applicationUser: { name: "shop", image: "shop/psql:17" } },
};
`,
      );
    });
    afterAll(async () => {
      await rm(file(), { force: true });
      await secrets.send(new DeleteSecretCommand({ SecretId: SECRET, ForceDeleteWithoutRecovery: true }));
      secrets.destroy();
    });
    beforeEach(() => {
      beHealthy(stage().proxy);
      stage().proxy.answer("ecs:DescribeTaskDefinition", ({ body }, forward) =>
        JSON.parse(body).taskDefinition === FAMILY ? jsonAnswer(DEFINITION) : forward(),
      );
      stage().proxy.answer("ecs:DescribeTasks", () => stoppedTask({ name: "psql", exitCode: 0 }));
      stage().proxy.answer("logs:GetLogEvents", () => logEvents("Logged in as shop"));
    });

    const ops = (...args: readonly string[]) => stage().ops(...args, "--environment", ENVIRONMENT);
    const make = () => ops("database-user", "--yes", "--json");
    const started = () => {
      const calls: unknown[] = [];
      stage().proxy.answer("ecs:RunTask", ({ body }: AwsCall) => {
        calls.push(JSON.parse(body));
        return jsonAnswer({ tasks: [{ taskArn: TASK }], failures: [] });
      });
      return calls;
    };
    /** The staging labels of each version of the secret, by its ID. */
    const stages = async () => {
      const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: SECRET }));
      return Object.values(VersionIdsToStages).map((labels) => [...labels].sort());
    };
    /** Gives the secret another version. The emulator takes labels of our own from the one before, where AWS leaves them. */
    const renew = async (password: string) => {
      const before = await secrets.send(new DescribeSecretCommand({ SecretId: SECRET }));
      const [marked] =
        Object.entries(before.VersionIdsToStages ?? {}).find(([, labels]) =>
          labels.includes("IN_DATABASE"),
        ) ?? [];
      await secrets.send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: value(password) }));
      const mark = { SecretId: SECRET, VersionStage: "IN_DATABASE", MoveToVersionId: marked };
      await secrets.send(new UpdateSecretVersionStageCommand(mark));
    };
    const checkOf = async (command: string) => {
      const { json } = await ops(command, "--json", "--dry-run");
      const { checks } = json as { checks: readonly Check[] };
      return checks.find(({ id }) => id === "database-user");
    };
    const COMMAND = `npm run -s ops -- database-user --environment ${ENVIRONMENT}`;

    it("is missed by preflight and by verify, where a service would log in as the user", async () => {
      expect(await checkOf("preflight")).toMatchObject({
        status: "fail",
        detail: `The database does not have shop with the password in its secret: run ${COMMAND}`,
      });
      expect(await checkOf("verify")).toMatchObject({
        status: "fail",
        detail: `django cannot log in as shop: run ${COMMAND}`,
      });
    });

    it("says in a dry run what it would do, and does nothing", async () => {
      const calls = started();
      const { exitCode, json, stderr } = await ops("database-user", "--dry-run", "--json");
      expect({ exitCode, json }).toMatchObject({
        exitCode: 0,
        json: { ok: true, user: "shop", status: "to-make" },
      });
      expect(stderr).toContain("with the network of django, makes shop in the database");
      expect(calls).toEqual([]);
    });

    it("runs the task as it is, in the network of a service, and marks the password that the database has", async () => {
      const calls = started();
      const run = await make();
      expect(run.json).toMatchObject({
        command: "database-user",
        environment: ENVIRONMENT,
        ok: true,
        user: "shop",
        status: "made",
        exitCode: 0,
        log: ["Logged in as shop"],
      });
      expect(run.exitCode).toBe(0);
      expectNoPassword(run);
      expect(calls).toEqual([
        {
          cluster: "lightwave-prod",
          taskDefinition: FAMILY,
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: [expect.stringMatching(/^subnet-/), expect.stringMatching(/^subnet-/)],
              securityGroups: [expect.stringMatching(/^sg-/)],
              assignPublicIp: "DISABLED",
            },
          },
          capacityProviderStrategy: [
            { capacityProvider: "FARGATE", weight: 1, base: 2 },
            { capacityProvider: "FARGATE_SPOT", weight: 1 },
          ],
          enableECSManagedTags: true,
          startedBy: "ops-database-user",
          count: 1,
          clientToken: expect.any(String),
        },
      ]);
      expect(await stages()).toEqual([["AWSCURRENT", "IN_DATABASE"]]);
      expect(await checkOf("preflight")).toMatchObject({ status: "pass" });
      expect(await checkOf("verify")).toMatchObject({ status: "pass" });
      expect(stage().proxy.calls()).not.toContain("secretsmanager:GetSecretValue");
    });

    it("marks nothing where the task fails, and shows its last lines", async () => {
      await renew("Another");
      stage().proxy.answer("ecs:DescribeTasks", () => stoppedTask({ name: "psql", exitCode: 3 }));
      stage().proxy.answer("logs:GetLogEvents", () =>
        logEvents("ERROR:  canceling statement due to lock timeout"),
      );
      const run = await make();
      expect(run).toMatchObject({
        exitCode: 1,
        json: { status: "failed", exitCode: 3, log: ["ERROR:  canceling statement due to lock timeout"] },
      });
      expect(await stages()).toEqual(
        expect.arrayContaining([["AWSCURRENT"], ["AWSPREVIOUS", "IN_DATABASE"]]),
      );
      expect(await checkOf("verify")).toMatchObject({ status: "fail" });
    });

    it("moves the mark to the password that came last", async () => {
      expect((await make()).exitCode).toBe(0);
      expect(await stages()).toEqual(
        expect.arrayContaining([["AWSCURRENT", "IN_DATABASE"], ["AWSPREVIOUS"]]),
      );
    });

    it("marks nothing where the secret changes while the task runs", async () => {
      stage().proxy.answer("ecs:RunTask", async () => {
        await renew("Third");
        return jsonAnswer({ tasks: [{ taskArn: TASK }], failures: [] });
      });
      const { exitCode, stdout } = await ops("database-user", "--yes");
      expect(exitCode).toBe(1);
      expect(stdout).toContain("The secret has changed while the task ran: run the command again.");
      expect(await checkOf("verify")).toMatchObject({ status: "fail" });
    });

    it("stops its task when the time is up", async () => {
      const stopped: unknown[] = [];
      stage().proxy.answer("ecs:DescribeTasks", () =>
        jsonAnswer({ tasks: [{ taskArn: TASK, lastStatus: "RUNNING", containers: [] }], failures: [] }),
      );
      stage().proxy.answer("ecs:StopTask", ({ body }) => {
        stopped.push(JSON.parse(body));
        return jsonAnswer({ task: { taskArn: TASK } });
      });
      const late = await ops("database-user", "--yes", "--timeout", "10s");
      expect(late.exitCode).toBe(3);
      expect(stopped).toEqual([
        { cluster: "lightwave-prod", task: TASK, reason: "ops-database-user was interrupted" },
      ]);
    });

    it("is nothing for an environment without such a user", async () => {
      const { exitCode, stderr } = await stage().ops("database-user", "--yes");
      expect(exitCode).toBe(2);
      expect(stderr).toContain("lightwave-prod declares no database.applicationUser");
    });
  });
}

/** What Terraform has registered for it, as far as the command looks. */
const DEFINITION = {
  taskDefinition: {
    family: FAMILY,
    containerDefinitions: [
      {
        name: "psql",
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/lightwave-user/database-user", "awslogs-stream-prefix": "once" },
        },
      },
    ],
  },
};

function expectNoPassword({ output }: OpsRun): void {
  expect(output).not.toContain(PASSWORD);
}
