// An environment with every option that none of the documented ones uses: deployed for trial, turned into production while it
// runs, planned again and taken down, all of it with what CI's role may do.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateHostedZoneCommand, DeleteHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { DJANGO_OUTPUTS } from "../../src/model/outputs";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptionsInput } from "../support/all-options";
import { outputsByAccount } from "./support/account-outputs/outputs";
import { type AwsProxy, startAwsProxy } from "./support/aws-proxy";
import { type ReadBucket, readBucket } from "./support/buckets";
import { ACCOUNT, CREDENTIALS, REGION } from "./support/child-environment";
import { become, readRole } from "./support/ci-roles";
import { expectSuccess } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { readFileSystem } from "./support/file-systems";
import { movesOnly, planUpgrade, type Upgrade } from "./support/former-addresses";
import { leftovers } from "./support/leftovers";
import { type Parameters, parametersOf, readParameters } from "./support/parameters";
import { requireAwsCli, requirePrerequisites } from "./support/prerequisites";
import { type PrivateNames, readPrivateNames } from "./support/private-names";
import { type LiveSchedule, readSchedules } from "./support/schedules";
import { readServiceTasks, type ServiceTasks } from "./support/service-tasks";
import { createWorkspace, type Workspace } from "./support/workspace";

/** What is deployed by hand, before and after all else. */
const BY_HAND = ["registry", "ci-access"] as const;
const BY_CI = ["django", "security-group-rules"] as const;

/** Half an hour, three times what it takes on two cores that it shares: nothing here may wait for ever. */
const TIMEOUT = 1_800_000;

/**
 * AWS's provider reads a secret that it has written until 6.26, which CI needs for that reason:
 * https://github.com/hashicorp/terraform-provider-aws/pull/44876
 */
const OLD_PROVIDER = ["secretsmanager:GetSecretValue"];

const ZONE = "example.com";

const production: EnvironmentInput = {
  ...allOptionsInput,
  account: ACCOUNT,
  dns: { domain: `all-options.${ZONE}`, hostedZoneName: ZONE },
  state: { backend: "none" },
  ci: { github: { repository: "acme/all-options" } },
};

const { web, worker } = production.services;

/** For trial: what runs by the clock at another hour, one that is paused, and one that goes. */
const trial: EnvironmentInput = {
  ...production,
  production: false,
  services: {
    ...production.services,
    web: {
      ...Object(web),
      schedules: {
        ...web?.schedules,
        clearsessions: {
          ...Object(web?.schedules?.clearsessions),
          expression: "rate(1 day)",
          enabled: false,
        },
      },
    },
    worker: {
      ...Object(worker),
      schedules: { former: { expression: "rate(1 hour)", command: ["former"] }, ...worker?.schedules },
    },
  },
};

/** How many resources, by what Terraform does to them (`create`, `no-op`, `delete, create`, ...) and by type. */
type Changes = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What `terraform show -json` says of a plan, as far as it is read here. */
interface Plan {
  readonly resource_changes: readonly {
    readonly type: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

let emulator: Emulator;
let proxy: AwsProxy;
let workspace: Workspace;
let refused: readonly string[] = [];
/** What turning it into production changes. */
let changes: Changes;
/** What publishing the outputs under another prefix would change. */
let prefixChanges: Changes;
/** What becomes of each stack where it was deployed when addresses ended in hashes. */
const upgrades: Record<string, Upgrade> = {};
const planExitCodes: Record<string, number | undefined> = {};
let registry: Readonly<Record<string, unknown>>;
let outputs: Readonly<Record<string, unknown>>;
/** What the outputs of django have to be, by what the account says. */
let account: Readonly<Record<string, unknown>>;
let parameters: Parameters;
/** What runs, once it is production. */
let tasks: ServiceTasks;
let buckets: Readonly<Record<"media" | "scratch", ReadBucket>>;
let privateNames: PrivateNames;
let schedules: Readonly<Record<string, LiveSchedule>>;
/** The shared files, as EFS and EC2 have them. */
let files: Awaited<ReturnType<typeof readFileSystem>>;
let left: readonly string[];
/** How each run of `cache-user` ended. */
const passwords: unknown[] = [];

/** Writes it as one file in the folder of environments, which is all that a new environment takes. */
function describeEnvironment(input: EnvironmentInput): void {
  writeFileSync(
    join(workspace.folder, "dist", "src", "environments", "all-options.js"),
    `const { defineEnvironment } = require("../validation/define-environment");
exports.default = defineEnvironment(${JSON.stringify(input)});
`,
  );
}

/** The emulator calls a queue after the address by which it is asked: Terraform asks through the proxy. */
function calledByProxy<Values>(values: Values): Values {
  return JSON.parse(JSON.stringify(values).replaceAll(emulator.endpoint, proxy.endpoint));
}

async function terraform(command: string, ...args: readonly string[]) {
  return expectSuccess(`terraform ${command}`, await workspace.terraform("django", command, ...args));
}

/** Gives the cache its password, or another one, as CI does. */
async function cacheUser(...options: readonly string[]): Promise<unknown> {
  const args = ["cache-user", "--environment", "all-options", "--yes", "--json", ...options];
  const { stdout } = expectSuccess("ops cache-user", await workspace.startOps(args).ended);
  return JSON.parse(stdout).status;
}

/** Describes the environment anew, and plans what that changes in django. */
async function planned(input: EnvironmentInput): Promise<Changes> {
  describeEnvironment(input);
  expectSuccess("cdktf synth", await workspace.cdktf("synth"));
  await terraform("plan", "-input=false", "-out=plan.bin");
  const plan: Plan = JSON.parse((await terraform("show", "-json", "plan.bin")).stdout);
  const counts: Record<string, Record<string, number>> = {};
  for (const { type, change } of plan.resource_changes) {
    const actions = change.actions.join(", ");
    counts[actions] = { ...counts[actions], [type]: (counts[actions]?.[type] ?? 0) + 1 };
  }
  return counts;
}

beforeAll(async () => {
  await requirePrerequisites();
  await requireAwsCli();
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  workspace = await createWorkspace({
    emulator,
    environment: "all-options",
    variables: { TF_VAR_deletion_protection: "false", AWS_ENDPOINT_URL: proxy.endpoint },
  });
  describeEnvironment(production);
  await workspace.deploy(BY_HAND);
  const client = { endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS };
  const iam = new IAMClient(client);
  const route53 = new Route53Client(client);
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: ZONE, CallerReference: ZONE }),
  );
  refused = become(proxy, await readRole(iam, "all-options-ci-deploy"), OLD_PROVIDER);
  describeEnvironment(trial);
  await workspace.deploy(BY_CI);
  changes = await planned(production);
  await terraform("apply", "-input=false", "plan.bin");
  for (const options of [[], ["--new-password"], []]) {
    passwords.push(await cacheUser(...options));
  }
  for (const stack of BY_CI) {
    planExitCodes[stack] = (await workspace.plan(stack)).exitCode;
    upgrades[stack] = await planUpgrade(workspace, "all-options", stack);
  }
  registry = await workspace.outputs("registry");
  outputs = await workspace.outputs("django");
  account = calledByProxy(await outputsByAccount(emulator.endpoint, defineEnvironment(production)));
  parameters = await readParameters(emulator.endpoint, "/platforms");
  tasks = await readServiceTasks(emulator.endpoint, "all-options", {
    names: ["all-options-web", "all-options-worker", "all-options-collector"],
    families: ["all-options-web", "all-options-web-migrate", "all-options-worker"],
    targetGroups: ["all-options-web"],
  });
  privateNames = await readPrivateNames(emulator.endpoint, "all-options-vpc");
  buckets = {
    media: await readBucket(emulator.endpoint, `all-options-media-${ACCOUNT}`),
    scratch: await readBucket(emulator.endpoint, `all-options-scratch-${ACCOUNT}`),
  };
  schedules = await readSchedules(emulator.endpoint, "all-options");
  files = await readFileSystem(emulator.endpoint, "all-options-media", "all-options-vpc");
  prefixChanges = await planned({ ...production, outputs: { parameterPrefix: "/elsewhere" } });
  describeEnvironment(production);
  await workspace.destroy(BY_CI);
  proxy.forget();
  for (const stack of BY_HAND) {
    planExitCodes[stack] = (await workspace.plan(stack)).exitCode;
    upgrades[stack] = await planUpgrade(workspace, "all-options", stack);
  }
  await workspace.destroy(BY_HAND);
  await route53.send(new DeleteHostedZoneCommand({ Id: HostedZone?.Id }));
  route53.destroy();
  iam.destroy();
  left = await leftovers(emulator.endpoint);
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await proxy?.stop();
  await emulator?.stop();
});

it("becomes production while it runs: firewall, alarms and the data subnets' ACL are added, its buckets kept, its schedules changed, and nothing else changes", () => {
  const { create, "no-op": kept = {}, ...others } = changes;
  // Of both, that they are not deleted with what is in them, whatever deletion_protection says.
  // One schedule runs at another hour, and is not paused any more; one is gone, and with it what it ran.
  expect(others).toEqual({
    update: { aws_iam_role_policy: 2, aws_s3_bucket: 2, aws_scheduler_schedule: 1, aws_ssm_parameter: 1 },
    delete: { aws_ecs_task_definition: 1, aws_scheduler_schedule: 1, aws_sfn_state_machine: 1 },
  });
  expect(Object.keys(kept)).toEqual(
    expect.arrayContaining([
      "aws_db_instance",
      "aws_ecs_service",
      "aws_elasticache_replication_group",
      "aws_lb",
    ]),
  );
  expect(create).toEqual({
    aws_cloudwatch_dashboard: 1,
    aws_cloudwatch_event_rule: 1,
    aws_cloudwatch_event_target: 1,
    aws_cloudwatch_log_group: 1,
    aws_cloudwatch_log_metric_filter: 8,
    aws_cloudwatch_metric_alarm: 37,
    aws_kms_key: 1,
    aws_network_acl: 1,
    aws_network_acl_association: 2,
    aws_network_acl_rule: 14,
    aws_sns_topic: 1,
    aws_sns_topic_policy: 1,
    // The alarms, their topic and its key, and the web ACL with its log group.
    aws_ssm_parameter: 41,
    aws_wafv2_ip_set: 1,
    aws_wafv2_web_acl: 1,
    aws_wafv2_web_acl_association: 1,
    aws_wafv2_web_acl_logging_configuration: 1,
  });
});

it("has its cache's password given and changed by CI's role, and plans again to no changes", () => {
  expect(passwords).toEqual(["given", "added", "given"]);
  expect(planExitCodes).toEqual({ registry: 0, "ci-access": 0, django: 0, "security-group-rules": 0 });
});

it("is moved, and no more, where it was deployed when addresses ended in hashes", async () => {
  expect(upgrades).toEqual(await movesOnly("all-options", upgrades));
  expect(upgrades.django?.moved).toBeGreaterThan(50);
});

it("is never refused a call with what CI's role may do", () => {
  expect(refused).toEqual([]);
});

it("has outputs that are what the account says, every one but those of NAT gateways", () => {
  expect(outputs).toEqual(account);
  const { nat_addresses: _, ...others } = DJANGO_OUTPUTS;
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(others).sort());
});

it("publishes each of its outputs, with what the account says", () => {
  expect(parameters).toEqual(parametersOf("/platforms/all-options", account));
  expect(Object.keys(parameters)).toHaveLength(107);
});

it("publishes them anew under another prefix, and changes nothing else", () => {
  const { "no-op": kept = {}, ...others } = prefixChanges;
  expect(others).toEqual({ "delete, create": { aws_ssm_parameter: 107 } });
  expect(Object.keys(kept).length).toBeGreaterThan(50);
});

it("replaces the tasks of each service as the file says, and never has two of the singleton", () => {
  expect(tasks.services).toMatchObject({
    "all-options-web": {
      desiredCount: 2,
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 150 },
      availabilityZoneRebalancing: "ENABLED",
    },
    "all-options-worker": {
      desiredCount: 1,
      deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
      availabilityZoneRebalancing: "DISABLED",
    },
  });
});

it("gives services that others connect to a name in the network, and keeps the internal one off the load balancer", () => {
  const { domains, names } = privateNames;
  expect(domains).toEqual(["options.internal DNS_PRIVATE"]);
  expect(names.map(({ id: _, ...rest }) => rest).sort((a, b) => a.name.localeCompare(b.name))).toEqual(
    ["collector", "web"].map((name) => ({
      name,
      records: [{ Type: "A", TTL: 10 }],
      health: { FailureThreshold: 1 },
    })),
  );
  const registered = (service: string) =>
    tasks.services[service]?.serviceRegistries?.map(
      ({ registryArn = "" }) => names.find(({ id }) => registryArn.endsWith(`/${id}`))?.name,
    );
  expect(registered("all-options-collector")).toEqual(["collector"]);
  expect(registered("all-options-web")).toEqual(["web"]);
  expect(registered("all-options-worker")).toEqual([]);
  expect(tasks.services["all-options-collector"]?.loadBalancers).toEqual([]);
  const told = (family: string) =>
    tasks.definitions[family]?.containerDefinitions?.[0]?.environment?.filter(({ name = "" }) =>
      /^(OTEL_EXPORTER_OTLP_ENDPOINT|WEB_HOST|ALLOWED_HOSTS|SECURE_SSL)/.test(name),
    );
  expect(told("all-options-worker")).toEqual([
    { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: "http://collector.options.internal:4318" },
    { name: "WEB_HOST", value: "web.options.internal" },
  ]);
  expect(told("all-options-web")).toEqual([
    { name: "ALLOWED_HOSTS", value: "all-options.example.com,web.options.internal" },
    { name: "SECURE_SSL_REDIRECT", value: "False" },
  ]);
});

it("lets into the internal service those alone that connect to it, on the ports that they name", () => {
  const into = (group: string) =>
    privateNames.rules
      .filter((rule) => rule.group === group && rule.direction === "ingress")
      .map(({ peer, fromPort, toPort, protocol, description }) => [
        peer,
        fromPort,
        toPort,
        protocol,
        description,
      ]);
  expect(into("all-options-ecs-collector-sg")).toEqual([
    ["all-options-ecs-web-sg", 4318, 4318, "tcp", "Collector from Web"],
    ["all-options-ecs-worker-sg", 4318, 4318, "tcp", "Collector from Worker: Traces and metrics"],
    ["all-options-ecs-worker-sg", 8888, 8888, "tcp", "Collector from Worker: Traces and metrics"],
  ]);
  expect(into("all-options-ecs-web-sg")).toEqual([
    ["all-options-alb-sg", 8000, 8000, "tcp", "Web from ALB: Pages"],
    // Its own port, whatever its sidecar has for the load balancer.
    ["all-options-ecs-worker-sg", 8001, 8001, "tcp", "Web from Worker"],
  ]);
});

it("starts tasks by the entry points that the file says, with its limits and storage", () => {
  const ulimits = [{ name: "nofile", softLimit: 100_000, hardLimit: 1_048_576 }];
  expect(tasks.definitions).toMatchObject({
    "all-options-web": {
      containerDefinitions: [
        {
          entryPoint: ["/usr/bin/tini", "--"],
          command: [
            "gunicorn",
            "web.wsgi",
            "--timeout",
            "45",
            "--graceful-timeout",
            "60",
            "--keep-alive",
            "75",
          ],
          ulimits,
        },
        { name: "nginx" },
      ],
    },
    "all-options-web-migrate": {
      containerDefinitions: [
        { entryPoint: ["sh", "-c"], command: ["python manage.py migrate ${APP:-} --noinput"], ulimits },
      ],
    },
    "all-options-worker": { ephemeralStorage: { sizeInGiB: 50 } },
  });
});

it("runs sidecars beside a service's own container, and what runs once without them", () => {
  const { "all-options-web": web, "all-options-worker": worker } = tasks.definitions;
  expect(web?.containerDefinitions?.map(({ name }) => name)).toEqual(["web", "nginx"]);
  expect(web?.containerDefinitions?.[1]).toMatchObject({
    name: "nginx",
    image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/all-options/nginx:2.0.0",
    essential: true,
    user: "101",
    command: ["nginx", "-g", "daemon off;"],
    portMappings: [{ containerPort: 8000, hostPort: 8000, protocol: "tcp" }],
    dependsOn: [{ containerName: "web", condition: "HEALTHY" }],
    healthCheck: {
      command: ["CMD", "/bin/check", "8000"],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 5,
    },
    environment: [{ name: "UPSTREAM", value: "http://127.0.0.1:8001" }],
    readonlyRootFilesystem: true,
    mountPoints: [
      { containerPath: "/tmp", sourceVolume: "nginx__tmp", readOnly: false },
      { containerPath: "/var/cache/nginx", sourceVolume: "nginx__var-cache-nginx", readOnly: false },
      { containerPath: "/usr/share/nginx/html", sourceVolume: "shared_static", readOnly: true },
      { containerPath: "/usr/share/nginx/public", sourceVolume: "efs_public", readOnly: true },
    ],
    stopTimeout: 30,
  });
  expect(web?.volumes?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["tmp", "shared_static", "nginx__tmp", "nginx__var-cache-nginx"]),
  );
  expect(tasks.definitions["all-options-web-migrate"]?.containerDefinitions?.map(({ name }) => name)).toEqual(
    ["web"],
  );

  const [own, collector, reporter, setup, ...others] = worker?.containerDefinitions ?? [];
  expect(others).toEqual([]);
  expect(own).toMatchObject({
    name: "worker",
    dependsOn: [{ containerName: "setup", condition: "SUCCESS" }],
    environment: expect.arrayContaining([
      // What it has bound itself wins over what it is told of the collector beside it.
      { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: "http://collector.options.internal:4318" },
      { name: "OTEL_SERVICE_NAME", value: "all-options-worker" },
      { name: "OTEL_TRACES_SAMPLER_ARG", value: "0.1" },
    ]),
  });
  expect(collector).toMatchObject({
    name: "otel-collector",
    image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/all-options/collector:2.0.0",
    essential: false,
    memoryReservation: 128,
    portMappings: [{ containerPort: 4318, hostPort: 4318, protocol: "tcp" }],
    environment: [{ name: "AOT_CONFIG_CONTENT", value: expect.stringContaining('"exporters":["awsxray"]') }],
    healthCheck: { command: ["CMD", "/healthcheck"], interval: 10, timeout: 5, retries: 3, startPeriod: 10 },
  });
  expect(reporter).toMatchObject({
    name: "reporter",
    essential: true,
    cpu: 32,
    memory: 128,
    memoryReservation: 64,
    environment: [{ name: "REPORTER_STAGE", value: "all-options" }],
    secrets: [
      {
        name: "REPORTER_KEY",
        valueFrom: expect.stringMatching(
          /^arn:aws:secretsmanager:us-east-1:123456789012:secret:all-options\/worker\/reporter\/REPORTER_KEY-/,
        ),
      },
    ],
    stopTimeout: 10,
  });
  expect(setup).toMatchObject({ name: "setup", essential: false, command: ["python", "manage.py", "check"] });
});

it("sends requests to the sidecar that is the target, by HTTPS", () => {
  expect(tasks.services["all-options-web"]?.loadBalancers).toEqual([
    expect.objectContaining({ containerName: "nginx", containerPort: 8000 }),
  ]);
  expect(tasks.targetGroups).toMatchObject({
    "all-options-web": { Protocol: "HTTPS", HealthCheckProtocol: "HTTPS", Port: 8000 },
  });
});

it("runs commands by the clock as the file says, in the tasks' own network, and no other", () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  expect(Object.keys(schedules).sort()).toEqual([
    "all-options-web-clearsessions",
    "all-options-web-migrate",
    "all-options-worker-report",
  ]);
  const { machine, ...clearsessions } = schedules["all-options-web-clearsessions"] ?? {};
  expect(clearsessions).toEqual({
    expression: "cron(30 3 * * ? *)",
    timeZone: "Europe/Berlin",
    state: "ENABLED",
    target: {
      Arn: arn("states", "stateMachine:all-options-web-clearsessions"),
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/all-options-start-cron-task`,
      Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
      DeadLetterConfig: { Arn: arn("sqs", "all-options-undelivered-schedules") },
      RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 185 },
    },
  });
  expect(machine?.StartAt).toBe("Running tasks");
  expect(machine?.States?.Start?.Arguments).toMatchObject({
    Cluster: "all-options",
    TaskDefinition: "all-options-web-clearsessions",
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: [expect.stringMatching(/^subnet-/), expect.stringMatching(/^subnet-/)],
        SecurityGroups: [Object(outputs.security_group_ids).web],
        AssignPublicIp: "DISABLED",
      },
    },
  });
  expect(schedules["all-options-web-migrate"]).toMatchObject({
    expression: "at(2027-01-31T03:00:00)",
    timeZone: "UTC",
    state: "DISABLED",
  });
  expect(schedules["all-options-worker-report"]).toMatchObject({
    expression: "rate(15 minutes)",
    machine: { StartAt: "First attempt" },
  });
});

it("asks tasks for their health as the file says, in the container and from the load balancer", () => {
  expect(tasks.targetGroups).toMatchObject({
    "all-options-web": {
      HealthCheckPath: "/health/",
      HealthCheckPort: "traffic-port",
      Matcher: { HttpCode: "200-299" },
      HealthCheckIntervalSeconds: 15,
      HealthCheckTimeoutSeconds: 6,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 4,
    },
  });
  expect(tasks.definitions["all-options-worker"]?.containerDefinitions?.[0]?.healthCheck).toEqual({
    command: ["CMD-SHELL", "test -f /tmp/alive"],
    interval: 20,
    timeout: 4,
    retries: 2,
    startPeriod: 90,
  });
});

it("keeps its buckets private, encrypted by its own key, and answering over TLS alone", () => {
  for (const [key, bucket] of Object.entries(buckets)) {
    const arn = `arn:aws:s3:::all-options-${key}-${ACCOUNT}`;
    expect(bucket).toMatchObject({
      publicAccess: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      ownership: [{ ObjectOwnership: "BucketOwnerEnforced" }],
      policy: [
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
      encryption: [
        {
          ApplyServerSideEncryptionByDefault: {
            SSEAlgorithm: "aws:kms",
            KMSMasterKeyID: outputs.kms_key_arn,
          },
          BucketKeyEnabled: true,
        },
      ],
    });
  }
});

it("keeps what is in its buckets as long as the file says, and lets the named websites upload", () => {
  const { media, scratch } = buckets;
  expect([media.versioning, scratch.versioning]).toEqual(["Enabled", "Suspended"]);
  const kept = (days: number) => ({
    ID: "expire-old-versions",
    NoncurrentVersionExpiration: { NoncurrentDays: days },
    Expiration: { ExpiredObjectDeleteMarker: true },
  });
  const unfinished = {
    ID: "abort-unfinished-uploads",
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  };
  expect(media.lifecycle).toMatchObject([
    kept(90),
    {
      Filter: { Prefix: "exports/" },
      Expiration: { Days: 365 },
      Transitions: [{ Days: 90, StorageClass: "GLACIER" }],
    },
    { Filter: { Prefix: "drafts/" }, Expiration: { Days: 7 } },
    { Filter: { Prefix: "" }, Transitions: [{ Days: 30, StorageClass: "INTELLIGENT_TIERING" }] },
    unfinished,
  ]);
  expect(scratch.lifecycle).toMatchObject([kept(30), unfinished]);
  // In no order, neither the rules nor what is in them.
  expect(media.cors).toHaveLength(2);
  const rules = Object.fromEntries([media.cors].flat().map((rule) => [Object(rule).MaxAgeSeconds, rule]));
  const both = (...texts: readonly string[]) => expect.arrayContaining([...texts]);
  expect(rules).toEqual({
    600: {
      AllowedOrigins: both("https://all-options.example.com", "https://*.example.com"),
      AllowedMethods: both("PUT", "POST"),
      AllowedHeaders: both("Content-Type", "x-amz-*"),
      ExposeHeaders: ["ETag"],
      MaxAgeSeconds: 600,
    },
    3600: expect.objectContaining({
      AllowedOrigins: ["*"],
      AllowedMethods: both("GET", "HEAD"),
      AllowedHeaders: ["*"],
    }),
  });
  expect(scratch.cors).toBe("NoSuchCORSConfiguration");
});

it("tells services of their buckets, by the platform's names and by their own", () => {
  const variables = (family: string) =>
    tasks.definitions[family]?.containerDefinitions?.[0]?.environment?.filter(({ name = "" }) =>
      /BUCKET|MEDIA|STORAGE/.test(name),
    );
  const name = `all-options-media-${ACCOUNT}`;
  expect(variables("all-options-web")).toEqual([{ name: "MEDIA_BUCKET_NAME", value: name }]);
  expect(variables("all-options-worker")).toEqual(
    expect.arrayContaining([
      { name: "MEDIA_BUCKET_NAME", value: name },
      { name: "AWS_STORAGE_BUCKET_NAME", value: name },
      { name: "MEDIA_HOST", value: `${name}.s3.us-east-1.amazonaws.com` },
      { name: "MEDIA_ARN", value: `arn:aws:s3:::${name}` },
    ]),
  );
});

it("keeps shared files under the environment's key, backed up by its plan, in every zone and nobody else's group", () => {
  expect(files.fileSystem).toMatchObject({
    Encrypted: true,
    KmsKeyId: outputs.kms_key_arn,
    PerformanceMode: "generalPurpose",
    ThroughputMode: "bursting",
    NumberOfMountTargets: 2,
  });
  expect(files.lifecycle).toEqual([
    { TransitionToIA: "AFTER_90_DAYS" },
    { TransitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
  ]);
  expect(files.backup).toBe("DISABLED");
  expect(files.mountTargets).toEqual({
    "us-east-1a": ["all-options-media-sg"],
    "us-east-1b": ["all-options-media-sg"],
  });
});

it("opens port 2049 to the services that mount the files, and to nobody else", () => {
  expect(files.rules).toEqual([
    "all-options-media-sg <- all-options-ecs-web-sg 2049: Uploads from Web: Uploads of users",
    "all-options-media-sg <- all-options-ecs-worker-sg 2049: Uploads from Worker",
    "all-options-public-sg <- all-options-ecs-web-sg 2049: Public from Web",
  ]);
});

it("refuses whoever comes to the files without TLS, as root, or past the access point, which makes everybody the owner", () => {
  const about = { Effect: "Deny", Principal: "*", Resource: files.fileSystem?.FileSystemArn };
  expect(files.statements).toEqual([
    {
      Sid: "DenyPlainNfs",
      ...about,
      Action: "elasticfilesystem:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    { Sid: "DenyRoot", ...about, Action: "elasticfilesystem:ClientRootAccess" },
    {
      Sid: "DenyPastAccessPoints",
      ...about,
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Condition: { Null: { "elasticfilesystem:AccessPointArn": "true" } },
    },
  ]);
  expect(files.accessPoints).toEqual([
    {
      AccessPointArn: expect.any(String),
      PosixUser: { Uid: 10_001, Gid: 10_002 },
      RootDirectory: {
        Path: "/files",
        CreationInfo: { OwnerUid: 10_001, OwnerGid: 10_002, Permissions: "0750" },
      },
    },
  ]);
});

it("mounts the files in the tasks of both services and in the command that runs once, one of them to be read alone", () => {
  const mounts = (family: string) => {
    const { volumes = [], containerDefinitions: [container] = [] } = tasks.definitions[family] ?? {};
    return [
      volumes.flatMap(({ name, efsVolumeConfiguration }) =>
        name === "efs_media" ? (efsVolumeConfiguration ?? []) : [],
      ),
      (container?.mountPoints ?? []).filter(({ sourceVolume }) => sourceVolume === "efs_media"),
    ];
  };
  const [accessPoint] = files.accessPoints;
  const volume = {
    fileSystemId: files.fileSystem?.FileSystemId,
    transitEncryption: "ENABLED",
    authorizationConfig: {
      accessPointId: accessPoint?.AccessPointArn?.split("/").at(-1),
      iam: "ENABLED",
    },
  };
  const written = { sourceVolume: "efs_media", containerPath: "/app/media", readOnly: false };
  expect(mounts("all-options-web")).toMatchObject([[volume], [written]]);
  expect(mounts("all-options-web-migrate")).toMatchObject([[volume], [written]]);
  expect(mounts("all-options-worker")).toMatchObject([
    [volume],
    [{ sourceVolume: "efs_media", containerPath: "/srv/media", readOnly: true }],
  ]);
  // What a sidecar alone finds is no part of what runs once.
  const [, nginx] = tasks.definitions["all-options-web"]?.containerDefinitions ?? [];
  expect(nginx?.mountPoints).toContainEqual({
    sourceVolume: "efs_public",
    containerPath: "/usr/share/nginx/public",
    readOnly: true,
  });
  expect(tasks.definitions["all-options-web-migrate"]?.volumes?.map(({ name }) => name)).not.toContain(
    "efs_public",
  );
});

it("says where images are pushed, which key encrypts, and where backups are kept", () => {
  expect(registry).toMatchObject({
    repository_urls: { web: "123456789012.dkr.ecr.us-east-1.amazonaws.com/all-options/web" },
  });
  expect(outputs).toMatchObject({
    kms_key_arn: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//),
    backup_vault: "all-options-backup",
    backup_copy_vault_arn: "arn:aws:backup:us-west-2:123456789012:backup-vault:all-options-backup",
  });
});

it("leaves nothing behind, and calls nothing that the emulator lacks", () => {
  expect(left).toEqual([]);
  const log = emulator.log().split("\n");
  expect(log.filter((line) => line.startsWith("GAP"))).toEqual([]);
});
