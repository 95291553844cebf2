// The cache's password is given, changed and taken back in an order in which no service is ever refused, and is never shown.
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { STSClient } from "@aws-sdk/client-sts";
import { AwsSession } from "../../../src/operations/aws/session";
import { addCachePassword, giveCachePassword } from "../../../src/operations/cache-user/give";
import { type CacheUserPlan, planCacheUser } from "../../../src/operations/cache-user/plan";
import { defineEnvironment } from "../../../src/validation/define-environment";

const OLD = "OldPasswordOldPasswordOldPasswordOldPass";
const service = { image: "shop/web:1.0.0", cpu: 256, memory: 512 } as const;
const environment = defineEnvironment({
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: { ...service, connectsTo: ["redis"] },
    parked: { ...service, connectsTo: ["redis"], desiredCount: 0 },
    other: service,
  },
  cache: { authentication: "password" },
});

/** What an account has; the answers are made from it. */
interface Account {
  stages: Record<string, string[]>;
  passwords: number;
  /** What the user is, look after look; the last one stays. */
  statuses: string[];
  deployments: object[];
}

let account: Account;
/** The commands that were sent, in their order, with their input. */
let sent: { name: string; input: Record<string, unknown> }[];
const documents: Record<string, string> = {
  one: JSON.stringify({
    username: "shop-app",
    password: OLD,
    url: `rediss://shop-app:${OLD}@cache.internal:6379/0`,
  }),
};

function answer(name: string): unknown {
  const [status = "active"] = account.statuses.length > 1 ? account.statuses.splice(0, 1) : account.statuses;
  switch (name) {
    case "GetCallerIdentityCommand":
      return { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/ann" };
    case "DescribeSecretCommand":
      return { VersionIdsToStages: account.stages };
    case "DescribeUsersCommand":
      return {
        Users: [
          {
            Status: status,
            Authentication:
              account.passwords > 0
                ? { Type: "password", PasswordCount: account.passwords }
                : { Type: "iam" },
          },
        ],
      };
    case "DescribeServicesCommand":
      return {
        services: [
          {
            serviceName: "shop-web",
            status: "ACTIVE",
            desiredCount: 2,
            runningCount: 2,
            deployments: account.deployments,
          },
          {
            serviceName: "shop-parked",
            status: "ACTIVE",
            desiredCount: 0,
            runningCount: 0,
            deployments: [{}],
          },
        ],
      };
    case "ListSecretVersionIdsCommand":
      return { Versions: [{ VersionId: "one", CreatedDate: new Date("2026-01-02T00:00:00Z") }] };
    case "GetSecretValueCommand":
      return { SecretString: documents.one };
    case "PutSecretValueCommand":
      return { VersionId: "two" };
    default:
      return {};
  }
}

beforeEach(() => {
  account = { stages: { one: ["AWSCURRENT"] }, passwords: 0, statuses: ["active"], deployments: [] };
  sent = [];
  for (const client of [ECSClient, ElastiCacheClient, SecretsManagerClient, STSClient]) {
    jest.spyOn(client.prototype, "send").mockImplementation(async (...[command]: readonly unknown[]) => {
      const call: { constructor: { name: string }; input: Record<string, unknown> } = Object(command);
      sent.push({ name: call.constructor.name, input: call.input });
      return answer(call.constructor.name);
    });
  }
});
afterEach(() => {
  jest.restoreAllMocks();
});

function session(): Promise<AwsSession> {
  return AwsSession.open({
    environment: "shop",
    region: "eu-west-1",
    account: undefined,
    signal: new AbortController().signal,
    variables: {},
  });
}

async function planned(newPassword = false): Promise<CacheUserPlan> {
  return planCacheUser(await session(), environment, { newPassword });
}

/** The commands that change something. */
function changes(): string[] {
  const looks = /^(Describe|Get|List)/;
  return sent.flatMap(({ name }) => (looks.test(name) ? [] : name.replace(/Command$/, "")));
}

function inputOf(name: string): Record<string, unknown> {
  return sent.find((call) => call.name === name)?.input ?? {};
}

describe("after a deployment", () => {
  it("the user gets the secret's password, and the secret's version is marked", async () => {
    account.statuses = ["active", "modifying", "active"];
    const plan = await planned();
    if (plan.step !== "give") throw new Error(plan.step);
    const said: string[] = [];
    await giveCachePassword(await session(), environment, plan, (text) => said.push(text));
    expect(changes()).toEqual(["ModifyUser", "UpdateSecretVersionStage"]);
    expect(inputOf("ModifyUserCommand")).toEqual({
      UserId: "shop-app",
      AuthenticationMode: { Type: "password", Passwords: [OLD] },
    });
    expect(inputOf("UpdateSecretVersionStageCommand")).toEqual({
      SecretId: "shop/cache",
      VersionStage: "IN_CACHE",
      MoveToVersionId: "one",
    });
    expect(said.join()).not.toContain(OLD);
  }, 15_000);

  it("nothing is done where it has that one", async () => {
    account = { ...account, stages: { one: ["AWSCURRENT", "IN_CACHE"] }, passwords: 1 };
    expect(await planned()).toEqual({ step: "nothing" });
  });

  it("a version that Terraform has written anew is given, and the mark taken from the one before", async () => {
    account = {
      ...account,
      stages: { one: ["AWSCURRENT"], zero: ["AWSPREVIOUS", "IN_CACHE"] },
      passwords: 1,
    };
    const plan = await planned();
    if (plan.step !== "give") throw new Error(plan.step);
    await giveCachePassword(await session(), environment, plan, () => undefined);
    expect(inputOf("UpdateSecretVersionStageCommand")).toMatchObject({ RemoveFromVersionId: "zero" });
  });

  it("nothing can be done before it, nor while ElastiCache is at work", async () => {
    account.stages = {};
    expect(await planned()).toMatchObject({
      step: "impossible",
      why: expect.stringContaining("deploy first"),
    });
    account = { ...account, stages: { one: ["AWSCURRENT"] }, statuses: ["modifying"] };
    expect(await planned()).toMatchObject({ step: "impossible", why: expect.stringContaining("modifying") });
  });
});

describe("another password", () => {
  const given = { stages: { one: ["AWSCURRENT", "IN_CACHE"] }, passwords: 1 };

  it("is taken beside the present one before the secret has it, and services that run get new tasks", async () => {
    account = { ...account, ...given };
    const plan = await planned(true);
    if (plan.step !== "add") throw new Error(plan.step);
    const said: string[] = [];
    const restarted = await addCachePassword(await session(), environment, plan, (text) => said.push(text));
    expect(restarted).toEqual(["web"]);
    expect(changes()).toEqual(["ModifyUser", "UpdateSecretVersionStage", "PutSecretValue", "UpdateService"]);
    const { Passwords } = Object(inputOf("ModifyUserCommand").AuthenticationMode);
    expect(Passwords).toEqual([OLD, expect.stringMatching(/^[A-Za-z0-9]{40}$/)]);
    const [, fresh] = Passwords;
    expect(fresh).not.toBe(OLD);
    // The version that Terraform knows must not lose its last label one day.
    expect(inputOf("UpdateSecretVersionStageCommand")).toMatchObject({
      VersionStage: "BY_TERRAFORM",
      MoveToVersionId: "one",
    });
    const put = inputOf("PutSecretValueCommand");
    expect(put).toMatchObject({ SecretId: "shop/cache", VersionStages: ["AWSCURRENT", "IN_CACHE"] });
    expect(JSON.parse(String(put.SecretString))).toEqual({
      username: "shop-app",
      password: fresh,
      url: `rediss://shop-app:${fresh}@cache.internal:6379/0`,
    });
    expect(inputOf("UpdateServiceCommand")).toEqual({
      cluster: "shop",
      service: "shop-web",
      forceNewDeployment: true,
    });
    expect(said.join()).not.toMatch(new RegExp(`${OLD}|${fresh}`));
  });

  it("is refused where the cache does not have the present one alone", async () => {
    expect(await planned(true)).toMatchObject({ step: "impossible" });
    account = { ...account, ...given, passwords: 2 };
    expect(await planned(true)).toMatchObject({ step: "impossible" });
  });

  it("is the only one once every task began after it was made, and not before", async () => {
    const before = { createdAt: new Date("2026-01-01T00:00:00Z") };
    const after = { createdAt: new Date("2026-01-03T00:00:00Z") };
    account = { ...account, ...given, passwords: 2, deployments: [after, before] };
    expect(await planned()).toEqual({
      step: "impossible",
      why: 'Tasks of web may still have the former password. Run the command again once "wait" says that all is up.',
    });
    account.deployments = [after];
    expect(await planned()).toMatchObject({ step: "give" });
  });
});
