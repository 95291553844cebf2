// The application's own user of the database on a running platform: declared, taken over, renamed and removed again, each time
// in place, and never with a service that would log in as somebody whom the database does not have.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { EnvironmentInput } from "../../src/schema/environment";
import { type AwsProxy, jsonAnswer, startAwsProxy } from "./support/aws-proxy";
import { CREDENTIALS, REGION } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { plannedChanges } from "./support/planned-changes";
import { postgresInstallations, startPostgres } from "./support/postgres";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 600_000;
const DJANGO = "django";
const SECRET = "user-shop/database-user";
const URL_SECRET = "user-shop/database-user-url";

const worker = {
  image: "registry.example.com/user-shop/worker:1.0.0",
  cpu: 256,
  memory: 512,
  connectsTo: ["postgres"],
} as const;

const SHOP: EnvironmentInput = {
  name: "user-shop",
  region: REGION,
  production: false,
  network: { cidr: "10.93.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "none" },
  services: { worker },
  database: { multiAz: false },
};

const CREATED = [
  "create aws_cloudwatch_log_group.database_user",
  "create aws_ecs_task_definition.database_user",
  "create aws_iam_role.database_user_execution",
  "create aws_iam_role_policy.database_user_execution",
  "create aws_secretsmanager_secret.database_user",
  "create aws_secretsmanager_secret_version.database_user",
  "create terraform_data.database_user",
];

/** What follows where a service logs in as somebody else: new tasks, of the same service. */
const NEW_TASKS = [
  "delete, create aws_ecs_task_definition.worker",
  "update aws_ecs_service.worker",
  "update aws_iam_role_policy.worker_execution",
];

/** What follows where a service is bound to the URL. */
const URL_CREATED = [
  "create aws_secretsmanager_secret.database_user_url",
  "create aws_secretsmanager_secret_version.database_user_url",
  "create terraform_data.database_user_url",
];

/** What a URL, a form, a shell or PostgreSQL's own connection strings would take for something else. */
const AWKWARD = "p@ss:w/o?r#d&=+ %41'\"\\[]$`ü";

/** The state machine that restarts whoever is the master. */
const RESTART = [
  "aws_cloudwatch_event_rule.database_restart",
  "aws_cloudwatch_event_rule.database_rotated",
  "aws_cloudwatch_event_target.database_restart",
  "aws_cloudwatch_event_target.database_rotated",
  "aws_iam_role.database_restart",
  "aws_iam_role.database_restart_start",
  "aws_iam_role_policy.database_restart",
  "aws_iam_role_policy.database_restart_start",
  "aws_sfn_state_machine.database_restart",
];

let emulator: Emulator;
let proxy: AwsProxy;
let workspace: Workspace;
let secrets: SecretsManagerClient;
let ecs: ECSClient;

async function describeShop(database: object = {}, service: object = {}): Promise<void> {
  const input = {
    ...SHOP,
    database: { ...SHOP.database, ...database },
    services: { worker: { ...worker, ...service } },
  };
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", "user-shop.js"),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(input)});`,
  );
  expectSuccess("synth", await workspace.synth());
}

async function apply(): Promise<void> {
  const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
  expectSuccess("terraform apply", await workspace.terraform(DJANGO, ...args));
  expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
}

/** Which secret a task definition's variables come from, without the six characters that end its ARN. */
async function secretsOf(family: string): Promise<Record<string, string>> {
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
  const [container] = taskDefinition?.containerDefinitions ?? [];
  return Object.fromEntries(
    (container?.secrets ?? []).map(({ name = "", valueFrom = "" }) => [
      name,
      valueFrom.replace(/^arn:aws:secretsmanager:[^:]*:\d+:secret:(.*)-\w{6}(:|$)/, "$1$2"),
    ]),
  );
}

async function secretText(SecretId: string): Promise<string> {
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
}

async function stored(): Promise<{ username: string; password: string }> {
  return JSON.parse(await secretText(SECRET));
}

/** The host that services are told. */
async function databaseHost(): Promise<string | undefined> {
  const { taskDefinition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: "user-shop-worker" }),
  );
  const [container] = taskDefinition?.containerDefinitions ?? [];
  return container?.environment?.find(({ name }) => name === "DATABASE_HOST")?.value;
}

const APPLICATION = { DATABASE_USER: `${SECRET}:username::`, DATABASE_PASSWORD: `${SECRET}:password::` };
const asMaster = { databaseUser: "master" };
const applicationUser = { name: "shop" };

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  const client = { endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS };
  secrets = new SecretsManagerClient(client);
  ecs = new ECSClient(client);
  workspace = await createWorkspace({
    emulator,
    environment: "user-shop",
    variables: { TF_VAR_deletion_protection: "false", AWS_ENDPOINT_URL: proxy.endpoint },
  });
  await describeShop();
  await workspace.terraformInit(DJANGO);
  await apply();
}, TIMEOUT);

afterAll(async () => {
  secrets?.destroy();
  ecs?.destroy();
  await workspace?.dispose();
  await proxy?.stop();
  await emulator?.stop();
}, TIMEOUT);

it(
  "is declared beside a service that goes on as the master, and nothing that runs changes",
  async () => {
    await describeShop({ applicationUser }, asMaster);
    expect(await plannedChanges(workspace, DJANGO)).toEqual(CREATED);
    await apply();
    expect((await stored()).username).toBe("shop");
    const master = (await secretsOf("user-shop-worker")).DATABASE_USER;
    expect(master).toMatch(/:username::$/);
    expect(await secretsOf("user-shop-database-user")).toEqual({
      PGUSER: master,
      PGPASSWORD: master?.replace("username", "password"),
      APPLICATION_USER: `${SECRET}:username::`,
      APPLICATION_PASSWORD: `${SECRET}:password::`,
    });
  },
  TIMEOUT,
);

it(
  "keeps the mark of the command, and is logged in as by new tasks once the service says nothing else",
  async () => {
    const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: SECRET }));
    const [MoveToVersionId] = Object.keys(VersionIdsToStages);
    const mark = { SecretId: SECRET, VersionStage: "IN_DATABASE", MoveToVersionId };
    await secrets.send(new UpdateSecretVersionStageCommand(mark));
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);

    await describeShop({ applicationUser });
    // A password that RDS rotates concerns no service any more.
    expect(await plannedChanges(workspace, DJANGO)).toEqual(
      [...NEW_TASKS, ...RESTART.map((address) => `delete ${address}`)].sort(),
    );
    await apply();
    expect(await secretsOf("user-shop-worker")).toEqual(APPLICATION);
    const after = await secrets.send(new DescribeSecretCommand({ SecretId: SECRET }));
    expect(Object.values(after.VersionIdsToStages ?? {})[0]?.sort()).toEqual(["AWSCURRENT", "IN_DATABASE"]);
  },
  TIMEOUT,
);

const withUrl = { bindings: { DATABASE_URL: "database.url" } };

it(
  "is there as a URL once a service is bound to it, with the password that it has",
  async () => {
    const before = await stored();
    await describeShop({ applicationUser }, withUrl);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([...URL_CREATED, ...NEW_TASKS].sort());
    await apply();
    expect(await stored()).toEqual(before);
    expect(await secretText(URL_SECRET)).toBe(
      `postgres://shop:${before.password}@${await databaseHost()}:5432/django?sslmode=require`,
    );
    expect(await secretsOf("user-shop-worker")).toEqual({ ...APPLICATION, DATABASE_URL: URL_SECRET });
    const { stdout } = await workspace.terraform(DJANGO, "state", "pull");
    expect(stdout).toContain("database-user-url");
    expect(stdout).not.toContain(before.password);
    expect(stdout).not.toContain("postgres://");
  },
  TIMEOUT,
);

it(
  "gets another password where its secret's version is replaced alone, which unmarks it",
  async () => {
    const version = "aws_secretsmanager_secret_version.database_user";
    const args = [
      "apply",
      "-auto-approve",
      "-input=false",
      `-replace=${version}`,
      `-target=${version}`,
      `-target=${version}_url`,
    ];
    proxy.answer("secretsmanager:GetRandomPassword", () => jsonAnswer({ RandomPassword: AWKWARD }));
    expectSuccess("apply", await workspace.terraform(DJANGO, ...args));
    proxy.forget();
    expect(await stored()).toEqual({ username: "shop", password: AWKWARD });
    const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: SECRET }));
    const current = Object.values(VersionIdsToStages).find((stages) => stages.includes("AWSCURRENT"));
    expect(current).toEqual(["AWSCURRENT"]);
    await apply();
  },
  TIMEOUT,
);

it.each(postgresInstallations())(
  "logs in to PostgreSQL $major by its URL, whatever the password",
  async (installation) => {
    const url = await secretText(URL_SECRET);
    expect(url).toMatch(/^postgres:\/\/shop:[\w.~%-]+@[\w.-]+:5432\/django\?sslmode=require$/);
    const postgres = await startPostgres(installation);
    const password = `$password$${AWKWARD}$password$`;
    await postgres.admin("postgres", "CREATE ROLE shop LOGIN");
    await postgres.admin("postgres", "CREATE DATABASE django OWNER shop");
    await postgres.admin("postgres", `ALTER ROLE shop PASSWORD ${password}`);
    const { PATH = "", PGPORT = "" } = postgres.variables({ user: "", password: "" }, "");
    // The server that stands for RDS is elsewhere, and has no certificate.
    const here = url
      .replace(/@[^@]*\/django/, `@127.0.0.1:${PGPORT}/django`)
      .replace("sslmode=require", "sslmode=disable");
    const ask = (connection: string) =>
      startCommand("psql", ["--no-psqlrc", "-tA", "-c", "SELECT current_user", connection], {
        folder: workspace.folder,
        variables: { PATH },
      }).ended;
    expect(await ask(here)).toMatchObject({ exitCode: 0, stdout: "shop\n" });
    expect(await ask(here.replace(":p%40", ":P%40"))).toMatchObject({ exitCode: 2 });
    await postgres.stop();
  },
  TIMEOUT,
);

it(
  "has its URL written anew where the password was replaced without it",
  async () => {
    const version = "aws_secretsmanager_secret_version.database_user";
    const args = ["apply", "-auto-approve", "-input=false", `-replace=${version}`, `-target=${version}`];
    expectSuccess("apply", await workspace.terraform(DJANGO, ...args));
    const { password } = await stored();
    expect(password).not.toBe(AWKWARD);
    expect(await secretText(URL_SECRET)).not.toContain(password);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "delete, create aws_ecs_task_definition.worker",
      "delete, create aws_secretsmanager_secret_version.database_user_url",
      "delete, create terraform_data.database_user_url",
      "update aws_ecs_service.worker",
      "update aws_iam_role_policy.worker_execution",
    ]);
    await apply();
    expect(await secretText(URL_SECRET)).toBe(
      `postgres://shop:${password}@${await databaseHost()}:5432/django?sslmode=require`,
    );
  },
  TIMEOUT,
);

it(
  "is another user with another password where it is renamed, in the same secret",
  async () => {
    const before = await stored();
    await describeShop({ applicationUser: { name: "shop_2" } }, withUrl);
    const changes = await plannedChanges(workspace, DJANGO);
    expect(changes).toEqual(
      expect.arrayContaining([
        "delete, create aws_secretsmanager_secret_version.database_user",
        "delete, create aws_secretsmanager_secret_version.database_user_url",
        "update aws_secretsmanager_secret.database_user",
      ]),
    );
    expect(changes.filter((line) => /^delete /.test(line))).toEqual([]);
    await apply();
    const after = await stored();
    expect(after.username).toBe("shop_2");
    expect(await secretText(URL_SECRET)).toContain(`postgres://shop_2:${after.password}@`);
    expect(after.password).not.toBe(before.password);
  },
  TIMEOUT,
);

it(
  "is removed again, and services are the master's once more, in place",
  async () => {
    await describeShop();
    expect(await plannedChanges(workspace, DJANGO)).toEqual(
      [
        ...NEW_TASKS,
        ...RESTART.map((address) => `create ${address}`),
        ...[...CREATED, ...URL_CREATED].map((line) => line.replace("create", "delete")),
      ].sort(),
    );
    await apply();
    expect((await secretsOf("user-shop-worker")).DATABASE_USER).not.toContain(SECRET);
    expectSuccess("destroy", await workspace.terraform(DJANGO, "destroy", "-auto-approve", "-input=false"));
    expect(await leftovers(emulator.endpoint)).toEqual([]);
  },
  TIMEOUT,
);
