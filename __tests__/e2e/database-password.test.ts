// The database's password where Terraform generates it: secret and database have the same one, however an apply has ended, and
// CI's role can plan once the platform stands, without reading any secret.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { EnvironmentInput } from "../../src/schema/environment";
import { type AwsProxy, queryError, startAwsProxy } from "./support/aws-proxy";
import { ACCOUNT, CREDENTIALS, REGION } from "./support/child-environment";
import { become, readRole } from "./support/ci-roles";
import { expectSuccess } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

const NAME = "pw-shop";
const TIMEOUT = 900_000;

/** Small: a database, and a worker that uses it. */
const environment: EnvironmentInput = {
  name: NAME,
  region: REGION,
  account: ACCOUNT,
  network: {
    cidr: "10.91.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "none",
    vpcEndpoints: true,
  },
  services: {
    worker: {
      image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${NAME}/worker:1.0.0`,
      cpu: 256,
      memory: 512,
      connectsTo: ["postgres"],
    },
  },
  database: { credentials: "secrets-manager" },
  monitoring: false,
  state: { backend: "none" },
  ci: { github: { repository: "acme/shop" } },
};

/** AWS's provider reads a secret that it has written until 6.26; nothing of the platform's own reads one. */
const OLD_PROVIDER = ["secretsmanager:GetSecretValue"];

let emulator: Emulator;
let proxy: AwsProxy;
let workspace: Workspace;
let secrets: SecretsManagerClient;
let iam: IAMClient;
/** The password that the database was last given. */
let given: string | null = null;

const apply = (...args: readonly string[]) =>
  workspace.terraform("django", "apply", "-auto-approve", "-input=false", "-no-color", ...args);

async function stored(): Promise<string> {
  const { SecretString = "{}" } = await secrets.send(
    new GetSecretValueCommand({ SecretId: `${NAME}/database` }),
  );
  return JSON.parse(SecretString).password;
}

/** Passes RDS's calls on, and notes the password in them. */
function watch(): void {
  proxy.forget();
  for (const action of ["rds:CreateDBInstance", "rds:ModifyDBInstance"]) {
    proxy.answer(action, async ({ body }, forward) => {
      const answer = await forward();
      given = new URLSearchParams(body).get("MasterUserPassword") ?? given;
      return answer;
    });
  }
}

function describePlatform(input: EnvironmentInput): Promise<void> {
  return writeFile(
    join(workspace.folder, "dist", "src", "environments", `${NAME}.js`),
    `const { defineEnvironment } = require("../validation/define-environment");\n` +
      `exports.default = defineEnvironment(${JSON.stringify(input)});\n`,
  );
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  const client = { endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS };
  secrets = new SecretsManagerClient(client);
  iam = new IAMClient(client);
  workspace = await createWorkspace({
    emulator,
    environment: NAME,
    variables: { AWS_ENDPOINT_URL: proxy.endpoint, TF_VAR_deletion_protection: "false" },
  });
  await describePlatform(environment);
  await workspace.deploy(["ci-access"]);
  await workspace.terraformInit("django");
}, TIMEOUT);

afterAll(async () => {
  secrets?.destroy();
  iam?.destroy();
  await workspace?.dispose();
  await proxy?.stop();
  await emulator?.stop();
});

it(
  "is the same in both where an apply has ended between them, and is applied again",
  async () => {
    watch();
    proxy.answer("rds:CreateDBInstance", () => queryError("AccessDenied", "not now", 403));
    expect((await apply()).exitCode).toBe(1);
    const first = await stored();

    watch();
    expectSuccess("apply", await apply());
    expect(await stored()).not.toBe(first);
    expect(given).toBe(await stored());
    expect((await workspace.plan("django")).exitCode).toBe(0);
  },
  TIMEOUT,
);

it(
  "stays as it is in further applies, and is renewed in both where the version is replaced, also in two attempts",
  async () => {
    watch();
    const before = await stored();
    expectSuccess("apply", await apply());
    expect(await stored()).toBe(before);
    const renew = "-replace=aws_secretsmanager_secret_version.database";
    proxy.answer("rds:ModifyDBInstance", () => queryError("AccessDenied", "not now", 403));
    expect((await apply(renew)).exitCode).toBe(1);

    watch();
    expectSuccess("apply", await apply());
    expect(await stored()).not.toBe(before);
    expect(given).toBe(await stored());
    expect((await workspace.plan("django")).exitCode).toBe(0);
  },
  TIMEOUT,
);

it(
  "is read by no plan of CI's, which can plan once the platform stands",
  async () => {
    proxy.forget();
    const refused = become(proxy, await readRole(iam, `${NAME}-ci-plan`), OLD_PROVIDER);
    expect((await workspace.plan("django")).exitCode).toBe(0);
    expect(refused).toEqual([]);
    // One version, read back once by the provider itself.
    const reads = proxy.calls("terraform").filter((action) => action === "secretsmanager:GetSecretValue");
    expect(reads.length).toBeLessThanOrEqual(1);
    proxy.forget();
    expectSuccess("destroy", await workspace.terraform("django", "destroy", "-auto-approve", "-input=false"));
    await workspace.destroy(["ci-access"]);
    expect(await leftovers(emulator.endpoint)).toEqual([]);
  },
  TIMEOUT,
);

it(
  "is the same in both where a child module's apply has ended between them, and where its version is replaced",
  async () => {
    const { ci: _, ...rest } = environment;
    const variables = { TF_VAR_account_id: ACCOUNT, TF_VAR_region: REGION };
    const applyModule = (...args: readonly string[]) =>
      workspace.startTerraform("django", ["apply", "-auto-approve", "-input=false", ...args], variables)
        .ended;
    await describePlatform({ ...rest, terraformModule: "child" });
    expectSuccess("synth", await workspace.synth());
    await writeFile(
      join(workspace.stackFolder("django"), "provider.tf"),
      `provider "aws" {\n  region = "${REGION}"\n}\n`,
    );
    await workspace.terraformInit("django");
    watch();
    proxy.answer("rds:CreateDBInstance", () => queryError("AccessDenied", "not now", 403));
    expect((await applyModule()).exitCode).toBe(1);
    const first = await stored();
    watch();
    expectSuccess("apply", await applyModule());
    expect([given, await stored()]).toEqual([first, first]);
    expect(expectSuccess("apply", await applyModule()).output).toContain("No changes.");

    const renew = "-replace=aws_secretsmanager_secret_version.database";
    watch();
    proxy.answer("rds:ModifyDBInstance", () => queryError("AccessDenied", "not now", 403));
    expect((await applyModule(renew)).exitCode).toBe(1);
    // The provider notes a version as given even where RDS has refused it: what has failed is asked for again.
    watch();
    expectSuccess("apply", await applyModule(renew));
    const second = await stored();
    expect(second).not.toBe(first);
    expect(given).toBe(second);
    expect(expectSuccess("apply", await applyModule()).output).toContain("No changes.");
    proxy.forget();
    expectSuccess("destroy", await applyModule("-destroy"));
    expect(await leftovers(emulator.endpoint)).toEqual([]);
  },
  TIMEOUT,
);
