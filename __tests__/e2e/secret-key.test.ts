// Django's SECRET_KEY and what it was before: how a running platform gets the second, and how docs/secret-key.md changes both.
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { EnvironmentInput } from "../../src/schema/environment";
import { blocksOf } from "../support/page-blocks";
import { type AwsProxy, startAwsProxy } from "./support/aws-proxy";
import { ACCOUNT, CREDENTIALS, childEnvironment, REGION } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { requirePrerequisites } from "./support/prerequisites";
import { projectFolder } from "./support/project";
import { createWorkspace, type Workspace } from "./support/workspace";

const NAME = "key-shop";
const TIMEOUT = 900_000;
const UNPROTECTED = { TF_VAR_deletion_protection: "false" };

/** Small: one process of Django, without a port. */
const environment: EnvironmentInput = {
  name: NAME,
  region: REGION,
  account: ACCOUNT,
  network: {
    cidr: "10.92.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "none",
    vpcEndpoints: true,
  },
  services: {
    worker: {
      image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${NAME}/worker:1.0.0`,
      cpu: 256,
      memory: 512,
      django: {},
      oneOffCommands: {},
    },
  },
  monitoring: false,
  state: { backend: "none" },
};

let emulator: Emulator;
let proxy: AwsProxy;
let workspace: Workspace;
let secrets: SecretsManagerClient;

const apply = () => workspace.terraform("django", "apply", "-auto-approve", "-input=false", "-no-color");

async function readSecret(secret: string): Promise<string> {
  const { SecretString = "" } = await secrets.send(
    new GetSecretValueCommand({ SecretId: `${NAME}/${secret}` }),
  );
  return SecretString;
}

const keys = async () => ({
  current: await readSecret("secret-key"),
  former: await readSecret("secret-key-previous"),
});

/** The revision that the service runs. */
async function revision(): Promise<unknown> {
  const { services } = await workspace.outputs("django");
  return Object(services).worker.task_definition;
}

/** The commands under a heading of the page, all blocks or the first ones, as somebody types them who answers yes. */
async function typed(heading: string, first?: number): Promise<string> {
  const page = readFileSync(join(projectFolder(), "docs", "secret-key.md"), "utf8");
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [text = ""] = section.split("\n## ");
  const blocks = blocksOf(text, "sh");
  expect(blocks.length).toBeGreaterThan(0);
  const output: string[] = [];
  for (const block of blocks.slice(0, first)) {
    const code = block.replace("PREFIX=lightwave-django-prod", `PREFIX=${NAME}`);
    const inherited = childEnvironment(proxy.endpoint);
    const variables = {
      ...inherited,
      ...workspace.provider.variables,
      ...UNPROTECTED,
      TF_CLI_ARGS_apply: `${inherited.TF_CLI_ARGS_apply} -auto-approve -input=false`,
    };
    const ended = await startCommand("bash", ["-euo", "pipefail", "-c", code], {
      folder: workspace.folder,
      variables,
    }).ended;
    output.push(expectSuccess(code, ended).output);
    seen.push(await keys());
  }
  return output.join("\n");
}

/** The keys after each block of commands. */
let seen: { readonly current: string; readonly former: string }[] = [];

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  secrets = new SecretsManagerClient({
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });
  workspace = await createWorkspace({
    emulator,
    environment: NAME,
    variables: { AWS_ENDPOINT_URL: proxy.endpoint, ...UNPROTECTED },
  });
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", `${NAME}.js`),
    `const { defineEnvironment } = require("../validation/define-environment");\n` +
      `exports.default = defineEnvironment(${JSON.stringify(environment)});\n`,
  );
  expectSuccess("synth", await workspace.synth());
  await workspace.terraformInit("django");
}, TIMEOUT);

afterAll(async () => {
  secrets?.destroy();
  await workspace?.dispose();
  await proxy?.stop();
  await emulator?.stop();
});

it(
  "comes to a running platform with a value before a task may read it, and before a task definition names it",
  async () => {
    const file = join(workspace.stackFolder("django"), "cdk.tf.json");
    const now = await readFile(file, "utf8");
    // As the platform was before it.
    const before = JSON.parse(
      now
        .replaceAll(/, \{\\"name\\" = \\"SECRET_KEY_FALLBACKS\\"[^{}]*\}/g, "")
        .replaceAll(", aws_secretsmanager_secret_version.secret_key_previous.arn", ""),
    );
    delete before.resource.aws_secretsmanager_secret.secret_key_previous;
    delete before.resource.aws_secretsmanager_secret_version.secret_key_previous;
    delete before.ephemeral.aws_secretsmanager_random_password.secret_key_previous;
    expect(JSON.stringify(before)).not.toContain("previous");
    expect(JSON.stringify(before)).not.toContain("SECRET_KEY_FALLBACKS");
    await writeFile(file, JSON.stringify(before));
    expectSuccess("apply", await apply());
    const [key, ran] = [await readSecret("secret-key"), await revision()];

    await writeFile(file, now);
    proxy.forget();
    expectSuccess("apply", await apply());
    const changes = proxy
      .calls("terraform")
      .filter((action) => /:(CreateSecret|Put|Register|UpdateService|Deregister|Delete)/.test(action));
    const at = (action: string) => changes.indexOf(action);
    expect(changes).toEqual(
      expect.arrayContaining(["secretsmanager:PutSecretValue", "iam:PutRolePolicy", "ecs:UpdateService"]),
    );
    expect(at("secretsmanager:PutSecretValue")).toBeLessThan(at("iam:PutRolePolicy"));
    expect(at("secretsmanager:PutSecretValue")).toBeLessThan(at("ecs:RegisterTaskDefinition"));
    expect(at("iam:PutRolePolicy")).toBeLessThan(at("ecs:UpdateService"));
    const { current, former } = await keys();
    expect(current).toBe(key);
    expect(former).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(former).not.toBe(current);
    expect(await revision()).not.toBe(ran);
    expect((await workspace.plan("django")).exitCode).toBe(0);
  },
  TIMEOUT,
);

it(
  "is what the key was, once the page's commands have made a new one, and random again when nobody needs it",
  async () => {
    seen = [];
    const [before, ran] = [await keys(), await revision()];
    const output = await typed("With nobody signed out");
    const [changed, forgotten] = seen;
    expect(changed?.former).toBe(before.current);
    expect(changed?.current).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(changed?.current).not.toBe(before.current);
    expect(forgotten?.current).toBe(changed?.current);
    expect(forgotten?.former).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(forgotten?.former).not.toBe(before.current);
    expect(await revision()).not.toBe(ran);
    await notTold(output, before, ...seen);
    expect((await workspace.plan("django")).exitCode).toBe(0);
  },
  TIMEOUT,
);

it(
  "may be changed as often as one likes, and no later apply takes it back",
  async () => {
    // Twice: Secrets Manager then has no label for the version that Terraform has made.
    for (const _ of [1, 2]) {
      const { current } = await keys();
      await typed("With nobody signed out", 1);
      expect((await keys()).former).toBe(current);
    }
    const before = await keys();
    expectSuccess("apply", await apply());
    expect(await keys()).toEqual(before);
  },
  TIMEOUT,
);

it(
  "is replaced with the key where that is known to others",
  async () => {
    seen = [];
    const before = await keys();
    const output = await typed("Where the key is known to others");
    const after = await keys();
    expect(new Set([before.current, before.former, after.current, after.former]).size).toBe(4);
    await notTold(output, before, after);
  },
  TIMEOUT,
);

/** No value was shown, and none stands in the state. */
async function notTold(
  output: string,
  ...all: readonly { current: string; former: string }[]
): Promise<void> {
  const { stdout } = await workspace.terraform("django", "state", "pull");
  expect(stdout).toContain("secret_key_previous");
  for (const value of all.flatMap(({ current, former }) => [current, former])) {
    expect(value).not.toBe("");
    expect(output).not.toContain(value);
    expect(stdout).not.toContain(value);
  }
}
