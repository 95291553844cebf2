// What a consumer sets without TypeScript: each variable of the output set, applied and read back from the account; and what a
// variable does not admit refused, with nothing changed.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { awsCli } from "./support/aws-cli";
import { ACCOUNT, CREDENTIALS, childEnvironment, REGION } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { movesOf, oneMoveBack, planState, stateOf } from "./support/former-addresses";
import { plannedChanges } from "./support/planned-changes";
import { requireAwsCli, requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 900_000;
const DJANGO = "django";

const task = { image: "registry.example.com/shop/web:1.0.0", cpu: 512, memory: 1024 };

/**
 * Of 105 connections PostgreSQL keeps 3, and in a release a task of web may open 16, one of worker 8: what is declared comes to
 * 32 + 24, so that web may have 4 tasks, worker 8, and both not as many at once.
 */
const SHOP = {
  name: "shop",
  region: REGION,
  production: false,
  deletionProtection: false,
  network: { cidr: "10.60.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "none" },
  queues: { jobs: {} },
  services: {
    web: {
      ...task,
      port: 8000,
      django: {},
      command: ["gunicorn", "config.wsgi", "--workers=2", "--threads=4"],
      connectsTo: ["postgres"],
      autoscaling: { minimum: 1, maximum: 2 },
    },
    worker: {
      ...task,
      celery: {},
      command: ["celery", "--app=config", "worker", "--concurrency=4"],
      connectsTo: ["postgres"],
      consumesFrom: ["jobs"],
      autoscaling: { minimum: 1, maximum: 3 },
    },
  },
  database: { multiAz: false, parameters: { max_connections: "105" } },
  monitoring: { emails: ["ops@example.com", "dev@example.com"], dashboard: false },
  policies: {
    suppress: [
      {
        policy: "http-redirects",
        resource: "django/aws_lb_listener.http",
        reason: "The test needs no domain.",
      },
    ],
  },
};

let emulator: Emulator;
let workspace: Workspace;

/** Gives variables to all that Terraform does from here on, as a consumer's file would. */
async function give(variables: object): Promise<void> {
  const file = join(workspace.stackFolder(DJANGO), "mine.auto.tfvars.json");
  await writeFile(file, JSON.stringify(variables));
}

async function apply(): Promise<void> {
  const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
  expectSuccess("terraform apply", await workspace.terraform(DJANGO, ...args));
}

const aws = (command: string, query: string) =>
  awsCli(emulator.endpoint, ...command.split(" "), "--query", query);

/** Fewest and most tasks of each service. */
const limits = () =>
  aws(
    "application-autoscaling describe-scalable-targets --service-namespace ecs",
    "sort_by(ScalableTargets, &ResourceId)[].[ResourceId, MinCapacity, MaxCapacity]",
  );

/** Who is subscribed, each by the ARN of its subscription. */
const subscribers = () =>
  aws(
    `sns list-subscriptions-by-topic --topic-arn arn:aws:sns:${REGION}:${ACCOUNT}:shop-alarms`,
    "sort_by(Subscriptions, &Endpoint)[].[Protocol, Endpoint]",
  );

/** Whether the database and the load balancer are protected from deletion. */
async function isProtected(): Promise<unknown[]> {
  const rds = new RDSClient({ endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS });
  const { DBInstances = [] } = await rds.send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: "shop" }),
  );
  rds.destroy();
  const arn = await aws("elbv2 describe-load-balancers --names shop", "LoadBalancers[0].LoadBalancerArn");
  const attributes = await aws(
    `elbv2 describe-load-balancer-attributes --load-balancer-arn ${arn}`,
    "Attributes[?Key=='deletion_protection.enabled'].Value",
  );
  return [...DBInstances.map(({ DeletionProtection }) => DeletionProtection), attributes];
}

/** The image that new tasks of web run. */
const image = async () => {
  const service = await aws(
    "ecs describe-services --cluster shop --services shop-web",
    "services[0].taskDefinition",
  );
  return aws(
    `ecs describe-task-definition --task-definition ${service}`,
    "taskDefinition.containerDefinitions[0].image",
  );
};

beforeAll(async () => {
  await requirePrerequisites();
  await requireAwsCli();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "shop" });
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", "shop.js"),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(SHOP)});`,
  );
  const variables = { ...childEnvironment(emulator.endpoint), ENVIRONMENT: "shop" };
  const { ended } = startCommand(process.execPath, ["dist/main.js"], { folder: workspace.folder, variables });
  expectSuccess("synth", await ended);
  await workspace.terraformInit(DJANGO);
  await apply();
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
}, TIMEOUT);

it(
  "has the environment's values where nothing is said",
  async () => {
    expect(await limits()).toEqual([
      ["service/shop/shop-web", 1, 2],
      ["service/shop/shop-worker", 1, 3],
    ]);
    expect(await subscribers()).toEqual([
      ["email", "dev@example.com"],
      ["email", "ops@example.com"],
    ]);
    expect(await isProtected()).toEqual([false, ["false"]]);
    expect(await image()).toBe("registry.example.com/shop/web:1.0.0");
  },
  TIMEOUT,
);

it(
  "takes subscriptions that are resources of their own for its instances, and does nothing else",
  async () => {
    const { resources, ...state } = await stateOf(workspace, DJANGO);
    const moves = await movesOf(workspace, DJANGO);
    const instances = new Map([...moves].filter(([to]) => to.endsWith("]")));
    expect([...instances]).toEqual([
      [
        'aws_sns_topic_subscription.alarms["ops@example.com"]',
        "aws_sns_topic_subscription.ops_at_example_com",
      ],
      [
        'aws_sns_topic_subscription.alarms["dev@example.com"]',
        "aws_sns_topic_subscription.dev_at_example_com",
      ],
    ]);
    const former = oneMoveBack(resources, instances);
    const names = former.filter(({ type }) => type === "aws_sns_topic_subscription").map(({ name }) => name);
    expect(names.sort()).toEqual(["dev_at_example_com", "ops_at_example_com"]);
    const text = JSON.stringify({ ...state, resources: former });
    expect(await planState(workspace, DJANGO, text)).toMatchObject({ moved: 2, changes: [] });
  },
  TIMEOUT,
);

const SET: [variables: object, changes: string[], read: () => Promise<unknown>, value: unknown][] = [
  [
    { web_min_tasks: 3, web_max_tasks: 4, worker_max_tasks: 2 },
    ["update aws_appautoscaling_target.web", "update aws_appautoscaling_target.worker"],
    limits,
    [
      ["service/shop/shop-web", 3, 4],
      ["service/shop/shop-worker", 1, 2],
    ],
  ],
  [
    { alarm_email_addresses: ["on-call@example.com", "ops@example.com"] },
    [
      'create aws_sns_topic_subscription.alarms["on-call@example.com"]',
      'delete aws_sns_topic_subscription.alarms["dev@example.com"]',
    ],
    subscribers,
    [
      ["email", "on-call@example.com"],
      ["email", "ops@example.com"],
    ],
  ],
  [
    { deletion_protection: true },
    [
      "update aws_db_instance.database",
      "update aws_lb.load_balancer",
      // What is deleted with all that is in it, and how long a deleted secret can be had back.
      "update aws_s3_bucket.access_logs",
      "update aws_secretsmanager_secret.secret_key",
      "update aws_secretsmanager_secret.secret_key_previous",
    ],
    isProtected,
    [true, ["true"]],
  ],
  [
    { web_image_tag: "1.1.0" },
    [
      "delete, create aws_ecs_task_definition.web",
      "delete, create aws_ecs_task_definition.web_migrate",
      "update aws_ecs_service.web",
    ],
    image,
    "registry.example.com/shop/web:1.1.0",
  ],
];

it(
  "sets each of them on its own, and plans no changes afterwards",
  async () => {
    let given = {};
    for (const [variables, changes, read, value] of SET) {
      given = { ...given, ...variables };
      await give(given);
      expect(await plannedChanges(workspace, DJANGO)).toEqual(changes);
      await apply();
      expect(await read()).toEqual(value);
      expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    }
  },
  TIMEOUT,
);

const CONNECTIONS =
  "services may open more connections to the database than the 102 that it has for them, while a release runs beside the former one.";

it(
  "refuses what connections, alarms and people could not bear, in a sentence, and changes nothing",
  async () => {
    const last = Object.assign({}, ...SET.map(([variables]) => variables));
    const refused = async (variables: object) => {
      await give({ ...last, ...variables });
      const { exitCode, output } = await workspace.terraform(DJANGO, "plan", "-input=false", "-no-color");
      expect([variables, exitCode]).toEqual([variables, 1]);
      // Terraform wraps what it says, and draws a line beside it.
      return output.replaceAll(/[\s│]+/g, " ");
    };
    const FROM_1_TO_4 = `Give a whole number of tasks from 1 to 4: with more, ${CONNECTIONS}`;
    expect(await refused({ web_min_tasks: 0 })).toContain(FROM_1_TO_4);
    expect(await refused({ web_min_tasks: 1.5 })).toContain(FROM_1_TO_4);
    expect(await refused({ web_max_tasks: 5 })).toContain(FROM_1_TO_4);
    expect(await refused({ web_max_tasks: 2 })).toContain(
      "Give at least as many tasks as web_min_tasks says, or lower that.",
    );
    // 4 * 16 + 5 * 8 = 104 of 102, though each is within its own.
    expect(await refused({ worker_max_tasks: 5 })).toContain(
      `Lower one of web_max_tasks, worker_max_tasks: together, ${CONNECTIONS}`,
    );
    expect(await refused({ alarm_email_addresses: [] })).toContain(
      "Name an address at least: nobody would be told of alarms.",
    );
    expect(await refused({ alarm_email_addresses: ["ops"] })).toContain(
      "Give e-mail addresses such as ops@example.com.",
    );
    expect(await refused({ alarm_email_addresses: ["ops@example.com", "ops@example.com"] })).toContain(
      "Name each address once.",
    );
    expect(await refused({ web_image_tag: "latest" })).toContain("Give a tag that does not move");
    expect(await refused({ deletion_protection: "perhaps" })).toContain("a bool is required");

    // To the brim: 4 * 16 + 4 * 8 = 96.
    await give({ ...last, worker_max_tasks: 4 });
    expect(await plannedChanges(workspace, DJANGO)).toEqual(["update aws_appautoscaling_target.worker"]);
    await give(last);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    expect(await limits()).toEqual([
      ["service/shop/shop-web", 3, 4],
      ["service/shop/shop-worker", 1, 2],
    ]);
  },
  TIMEOUT,
);
