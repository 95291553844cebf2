// What a change of a service, of the database or of the cache does to a platform that runs: read from the real provider's plans, then applied.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  ApplicationAutoScalingClient,
  DescribeScalingPoliciesCommand,
} from "@aws-sdk/client-application-auto-scaling";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeUsersCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { CREDENTIALS, childEnvironment, REGION } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { fileSystemsNamed, readFileSystem } from "./support/file-systems";
import { plannedChanges } from "./support/planned-changes";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 600_000;
const DJANGO = "django";
const RULES = "security-group-rules";
const FIRST = { TF_VAR_health_check_grace_seconds: "600" };
const ADDRESS = "aws_ecs_service.web";

const web = { image: "registry.example.com/shop/web:1.0.0", port: 8000, cpu: 256, memory: 512, django: {} };
const SHOP = {
  name: "shop",
  region: REGION,
  production: false,
  network: { cidr: "10.60.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "none" },
  loadBalancer: { internal: true, ingressCidrs: ["10.60.0.0/16"] },
  services: { web },
  database: { multiAz: false },
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

/** Synthesizes the environment with these sections in place of its own. */
async function describeChange(service: object, sections: object = {}): Promise<void> {
  const input = { ...SHOP, services: { web: { ...web, ...service } }, ...sections };
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", "shop.js"),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(input)});`,
  );
  const variables = { ...childEnvironment(emulator.endpoint), ENVIRONMENT: "shop" };
  const { ended } = startCommand(process.execPath, ["dist/main.js"], { folder: workspace.folder, variables });
  expectSuccess("synth", await ended);
}

async function apply(stack: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
  const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
  expectSuccess("terraform apply", await workspace.startTerraform(stack, args, variables).ended);
}

/** The attributes of a resource, as they are in the state. */
async function attributes(address: string): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = expectSuccess("terraform show", await workspace.terraform(DJANGO, "show", "-json"));
  const { values } = JSON.parse(stdout);
  const found = values.root_module.resources.find((one: { address: string }) => one.address === address);
  return found?.values ?? {};
}

/** The policies of Application Auto Scaling, as its API has them. */
async function scalingPolicies(): Promise<readonly object[]> {
  const client = new ApplicationAutoScalingClient({
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });
  const { ScalingPolicies = [] } = await client.send(
    new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs" }),
  );
  client.destroy();
  return ScalingPolicies.map(({ PolicyName, TargetTrackingScalingPolicyConfiguration }) => ({
    PolicyName,
    Configuration: TargetTrackingScalingPolicyConfiguration,
  }));
}

function balancing(): ElasticLoadBalancingV2Client {
  return new ElasticLoadBalancingV2Client({
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });
}

/** The load balancer, as Elastic Load Balancing says it. */
async function loadBalancer(): Promise<LoadBalancer | undefined> {
  const client = balancing();
  try {
    const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ Names: ["shop"] }));
    return LoadBalancers[0];
  } finally {
    client.destroy();
  }
}

/** Its rules. */
async function listenerRules(): Promise<string[]> {
  const client = balancing();
  try {
    const { Listeners = [] } = await client.send(
      new DescribeListenersCommand({ LoadBalancerArn: (await loadBalancer())?.LoadBalancerArn }),
    );
    const { Rules = [] } = await client.send(
      new DescribeRulesCommand({ ListenerArn: Listeners[0]?.ListenerArn }),
    );
    return Rules.filter(({ IsDefault }) => !IsDefault)
      .map(({ Priority, Conditions = [], Actions = [] }) => {
        const values = (kind: "HostHeaderConfig" | "PathPatternConfig" | "SourceIpConfig") =>
          Conditions.flatMap((condition) => condition[kind]?.Values ?? []);
        const [action] = Actions;
        return [
          Priority,
          ...values("HostHeaderConfig"),
          ...values("PathPatternConfig"),
          "from",
          values("SourceIpConfig").join(" ") || "anywhere",
        ]
          .join(" ")
          .concat(`: ${action?.FixedResponseConfig?.StatusCode ?? action?.TargetGroupArn?.split("/")[1]}`);
      })
      .sort();
  } finally {
    client.destroy();
  }
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "shop" });
  const secrets = new SecretsManagerClient({
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });
  await secrets.send(
    new CreateSecretCommand({ Name: "shop/registry", SecretString: '{"username":"a","password":"b"}' }),
  );
  secrets.destroy();
  await describeChange({});
  await workspace.terraformInit(DJANGO);
  await apply(DJANGO, FIRST);
  await workspace.terraformInit(RULES);
  await apply(RULES);
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
}, TIMEOUT);

it(
  "gives tasks ten minutes in the first deployment, and a minute from the next on; then there is nothing to change",
  async () => {
    expect(await attributes(ADDRESS)).toMatchObject({ health_check_grace_period_seconds: 600 });
    expect(await plannedChanges(workspace, DJANGO)).toEqual([`update ${ADDRESS}`]);
    await apply(DJANGO);
    expect(await attributes(ADDRESS)).toMatchObject({ health_check_grace_period_seconds: 60 });
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
  },
  TIMEOUT,
);

it("has its load balancer in the private subnets, with private addresses alone", async () => {
  const { Scheme, AvailabilityZones = [] } = (await loadBalancer()) ?? {};
  expect(Scheme).toBe("internal");
  const subnets = await Promise.all(
    ["us_east_1a", "us_east_1b"].map(async (zone) => (await attributes(`aws_subnet.private_${zone}`)).id),
  );
  expect(AvailabilityZones.map(({ SubnetId }) => SubnetId).sort()).toEqual(subnets.sort());
  expect(await attributes("aws_vpc_security_group_ingress_rule.alb-from-10-60-0-0-16-80-tcp")).toMatchObject({
    cidr_ipv4: "10.60.0.0/16",
    from_port: 80,
  });
});

it(
  "changes the shares of Spot in place",
  async () => {
    await describeChange({ capacity: { fargateWeight: 1, spotWeight: 3 } });
    expect(await plannedChanges(workspace, DJANGO)).toEqual([`update ${ADDRESS}`]);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
  },
  TIMEOUT,
);

it(
  "scales by a queue in place of CPU: policies change, and no task; without autoscaling the number is Terraform's again",
  async () => {
    const queues = { queues: { jobs: {} } };
    const jobs = { consumesFrom: ["jobs"] };
    const bounds = { minimum: 1, maximum: 3 };
    await describeChange({ ...jobs, autoscaling: bounds }, queues);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);

    const by = (queueDepth: object) => ({ ...jobs, autoscaling: { ...bounds, queueDepth } });
    await describeChange(by({ queue: "jobs", messagesPerTask: 100 }), queues);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "create aws_appautoscaling_policy.web_queue",
      "delete aws_appautoscaling_policy.web_cpu",
      "delete aws_appautoscaling_policy.web_memory",
      "delete aws_appautoscaling_policy.web_requests",
    ]);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    await describeChange(by({ queue: "jobs", messagesPerTask: 50 }), queues);
    expect(await plannedChanges(workspace, DJANGO)).toEqual(["update aws_appautoscaling_policy.web_queue"]);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    expect(await scalingPolicies()).toEqual([
      {
        PolicyName: "shop-web-queue",
        Configuration: {
          TargetValue: 50,
          DisableScaleIn: false,
          ScaleOutCooldown: 60,
          ScaleInCooldown: 300,
          CustomizedMetricSpecification: {
            Metrics: expect.arrayContaining([
              expect.objectContaining({ Id: "work", Expression: "waiting + taken", ReturnData: false }),
              expect.objectContaining({ Id: "each", Expression: "work / running", ReturnData: true }),
            ]),
          },
        },
      },
    ]);

    const night = { time: "19:00", timeZone: "Europe/Berlin", minimum: 0, maximum: 0 };
    const clock = (morning: string) => ({
      ...jobs,
      autoscaling: {
        minimum: 2,
        maximum: 2,
        schedule: { night, morning: { ...night, time: morning, minimum: 2, maximum: 2 } },
      },
    });
    await describeChange(clock("07:00"), queues);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "create aws_appautoscaling_scheduled_action.web_morning",
      "create aws_appautoscaling_scheduled_action.web_night",
      "delete aws_appautoscaling_policy.web_queue",
    ]);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    await describeChange(clock("06:30"), queues);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "update aws_appautoscaling_scheduled_action.web_morning",
    ]);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);

    await describeChange({ ...jobs, desiredCount: 3 }, queues);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "delete aws_appautoscaling_scheduled_action.web_morning",
      "delete aws_appautoscaling_scheduled_action.web_night",
      "delete aws_appautoscaling_target.web",
      `update ${ADDRESS}`,
    ]);
    await apply(DJANGO);
    expect(await attributes(ADDRESS)).toMatchObject({ desired_count: 3 });
    await describeChange({});
    await apply(DJANGO);
  },
  TIMEOUT,
);

it(
  "keeps the rules of both ports while one follows the other, and removes the former's afterwards",
  async () => {
    await describeChange({ port: 8001, formerPort: 8000 });
    const django = await plannedChanges(workspace, DJANGO);
    expect(django).toContain(`update ${ADDRESS}`);
    expect(django.filter((line) => !/aws_ecs_/.test(line))).toEqual([]);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, RULES)).toEqual([
      "create aws_vpc_security_group_egress_rule.alb-to-web-8001-tcp",
      "create aws_vpc_security_group_ingress_rule.web-from-alb-8001-tcp",
    ]);
    await apply(RULES);
    await describeChange({ port: 8001 });
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    expect(await plannedChanges(workspace, RULES)).toEqual([
      "delete aws_vpc_security_group_egress_rule.alb-to-web-8000-tcp",
      "delete aws_vpc_security_group_ingress_rule.web-from-alb-8000-tcp",
    ]);
    await apply(RULES);
  },
  TIMEOUT,
);

it(
  "switches ECS Exec off, logs in to the registry and changes times: new tasks of the same service",
  async () => {
    await describeChange({
      port: 8001,
      executeCommand: false,
      imageCredentials: { secretsManager: "shop/registry" },
      stopTimeoutSeconds: 60,
      deregistrationDelaySeconds: 45,
    });
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "delete aws_iam_role_policy.web_task",
      "delete, create aws_ecs_task_definition.web",
      "delete, create aws_ecs_task_definition.web_migrate",
      `update ${ADDRESS}`,
      "update aws_iam_role_policy.web_execution",
      "update aws_lb_target_group.web",
    ]);
    await apply(DJANGO);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
  },
  TIMEOUT,
);

it(
  "gives a service that another one connects to a private name in place, and takes it away again",
  async () => {
    // With a command of its own, no probe has to be deployed.
    const connectsTo = [{ to: "web", checkCommand: ["true"] }];
    const caller = { image: web.image, cpu: 256, memory: 512, connectsTo };
    await describeChange({}, { services: { web: { ...web, port: 8001 }, caller } });
    await apply(DJANGO);
    await apply(RULES);
    expect(await attributes(ADDRESS)).toMatchObject({
      service_registries: [{ registry_arn: expect.stringContaining(":service/srv-") }],
    });
    expect(await attributes("aws_service_discovery_service.web")).toMatchObject({ name: "web" });
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    expect(await plannedChanges(workspace, RULES)).toEqual([]);
    await describeChange(
      {},
      { services: { web: { ...web, port: 8001 }, caller: { ...caller, connectsTo: [] } } },
    );
    const changes = await plannedChanges(workspace, DJANGO);
    expect(changes.filter((line) => !/aws_ecs_task_definition/.test(line))).toEqual([
      "delete aws_service_discovery_private_dns_namespace.services",
      "delete aws_service_discovery_service.web",
      `update ${ADDRESS}`,
    ]);
    await apply(DJANGO);
    await apply(RULES);
    expect(await attributes(ADDRESS)).toMatchObject({ service_registries: [] });
  },
  TIMEOUT,
);

it(
  "lets an office alone come by a route, which everybody came by before, and adds an address in place",
  async () => {
    const routes = (rules: number, sourceCidrs?: readonly string[]) => ({
      services: {
        web: { ...web, port: 8001 },
        flower: {
          image: web.image,
          port: 5555,
          cpu: 256,
          memory: 512,
          routes: [{ priority: 10, hosts: ["flower.example.com"], paths: ["/a/*", "/b/*"], sourceCidrs }],
        },
      },
      policies: {
        suppress: [
          ...SHOP.policies.suppress,
          ...["", "_part_2", "_part_3"].slice(0, rules).map((part) => ({
            policy: "http-redirects",
            resource: `django/aws_lb_listener_rule.flower_10${part}`,
            reason: "The test needs no domain.",
          })),
        ],
      },
    });
    await describeChange({}, routes(1));
    await apply(DJANGO);
    await apply(RULES);
    expect(await listenerRules()).toEqual(["10 flower.example.com /a/* /b/* from anywhere: shop-flower"]);
    await describeChange({}, routes(2, ["10.60.0.0/24", "10.60.1.7/32"]));
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "create aws_lb_listener_rule.flower_10_part_2",
      "update aws_lb_listener_rule.flower_10",
    ]);
    await apply(DJANGO);
    expect(await listenerRules()).toEqual([
      "10 flower.example.com /a/* /b/* from 10.60.0.0/24 10.60.1.7/32: shop-flower",
      "11 flower.example.com /a/* /b/* from anywhere: 403",
    ]);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    await describeChange({}, routes(3, ["10.60.0.0/24", "10.60.1.7/32", "10.60.2.0/28"]));
    await apply(DJANGO);
    expect(await listenerRules()).toEqual([
      "10 flower.example.com /a/* /b/* from 10.60.0.0/24 10.60.1.7/32: shop-flower",
      "11 flower.example.com /a/* /b/* from 10.60.2.0/28: shop-flower",
      "12 flower.example.com /a/* /b/* from anywhere: 403",
    ]);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    await describeChange({ port: 8001 });
    // A group goes after the rules that speak of it.
    await apply(RULES);
    await apply(DJANGO);
    expect(await listenerRules()).toEqual([]);
  },
  TIMEOUT,
);

it(
  "upgrades PostgreSQL in place: a new family's parameter group first, the former one goes after",
  async () => {
    await describeChange(
      { port: 8001 },
      { database: { multiAz: false, engineVersion: "17", allowMajorUpgrade: true } },
    );
    const changes = await plannedChanges(workspace, DJANGO);
    expect(changes.filter((line) => / aws_db_/.test(line))).toEqual([
      "create, delete aws_db_parameter_group.database",
      "update aws_db_instance.database",
    ]);
    await apply(DJANGO);
    expect(await attributes("aws_db_instance.database")).toMatchObject({
      engine_version: "17",
      parameter_group_name: "shop-postgres17",
    });
  },
  TIMEOUT,
);

describe("shared files", () => {
  const database = { multiAz: false, engineVersion: "17", allowMajorUpgrade: true };
  const mounted = { port: 8001, mounts: [{ fileSystem: "media", path: "/app/media", reason: "Uploads" }] };
  const newTasks = [
    "delete, create aws_ecs_task_definition.web",
    "delete, create aws_ecs_task_definition.web_migrate",
  ];

  it(
    "are added to a platform that runs, and mounted by new tasks",
    async () => {
      await describeChange(mounted, { database, fileSystems: { media: {} } });
      expect(await plannedChanges(workspace, DJANGO)).toEqual([
        "create aws_efs_access_point.media",
        "create aws_efs_backup_policy.media",
        "create aws_efs_file_system.media",
        "create aws_efs_file_system_policy.media",
        "create aws_efs_mount_target.media_us_east_1a",
        "create aws_efs_mount_target.media_us_east_1b",
        "create aws_security_group.media",
        ...newTasks,
        `update ${ADDRESS}`,
        "update aws_iam_role_policy.web_task",
      ]);
      await apply(DJANGO);
      expect(await plannedChanges(workspace, RULES)).toEqual([
        "create aws_vpc_security_group_ingress_rule.media-from-web-2049-tcp",
      ]);
      await apply(RULES);
      expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
      const { backup, rules, fileSystem } = await readFileSystem(emulator.endpoint, "shop-media", "shop-vpc");
      expect({ backup, rules, mode: fileSystem?.ThroughputMode }).toEqual({
        backup: "ENABLED",
        rules: ["shop-media-sg <- shop-ecs-web-sg 2049: Media from Web: Uploads"],
        mode: "elastic",
      });
    },
    TIMEOUT,
  );

  it(
    "are changed in place, and get an address in a new zone",
    async () => {
      const media = { throughput: "bursting", infrequentAccessAfterDays: 90, backup: false };
      await describeChange(mounted, { database, fileSystems: { media } });
      expect(await plannedChanges(workspace, DJANGO)).toEqual([
        "update aws_efs_backup_policy.media",
        "update aws_efs_file_system.media",
      ]);
      await apply(DJANGO);
      expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
      const { backup, lifecycle, fileSystem } = await readFileSystem(
        emulator.endpoint,
        "shop-media",
        "shop-vpc",
      );
      expect({ backup, mode: fileSystem?.ThroughputMode, lifecycle }).toEqual({
        backup: "DISABLED",
        mode: "bursting",
        lifecycle: [
          { TransitionToIA: "AFTER_90_DAYS" },
          { TransitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
        ],
      });
      const network = { ...SHOP.network, availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"] };
      await describeChange(mounted, { database, network, fileSystems: { media } });
      const changes = await plannedChanges(workspace, DJANGO);
      expect(changes.filter((line) => / aws_efs_/.test(line))).toEqual([
        "create aws_efs_mount_target.media_us_east_1c",
      ]);
    },
    TIMEOUT,
  );

  it(
    "get another owner by a way in that is made before the former one goes",
    async () => {
      const media = {
        throughput: "bursting",
        infrequentAccessAfterDays: 90,
        backup: false,
        owner: { uid: 1001 },
      };
      await describeChange(mounted, { database, fileSystems: { media } });
      expect(await plannedChanges(workspace, DJANGO)).toEqual([
        "create, delete aws_efs_access_point.media",
        ...newTasks,
        `update ${ADDRESS}`,
        "update aws_iam_role_policy.web_task",
      ]);
    },
    TIMEOUT,
  );

  it(
    "are let go of by new tasks, and go themselves only when the file says so",
    async () => {
      const fileSystems = { media: { throughput: "bursting", infrequentAccessAfterDays: 90, backup: false } };
      await describeChange({ port: 8001 }, { database, fileSystems });
      expect(await plannedChanges(workspace, DJANGO)).toEqual([
        ...newTasks,
        `update ${ADDRESS}`,
        "update aws_iam_role_policy.web_task",
      ]);
      await apply(DJANGO);
      expect(await plannedChanges(workspace, RULES)).toEqual([
        "delete aws_vpc_security_group_ingress_rule.media-from-web-2049-tcp",
      ]);
      await apply(RULES);
      await describeChange({ port: 8001 }, { database });
      expect((await plannedChanges(workspace, DJANGO)).filter((line) => !/aws_efs_/.test(line))).toEqual([
        "delete aws_security_group.media",
      ]);
      await apply(DJANGO);
      expect(await fileSystemsNamed(emulator.endpoint, "shop-media")).toBe(0);
    },
    TIMEOUT,
  );
});

describe("the cache", () => {
  const CACHE = "aws_elasticache_replication_group.cache";
  const suppress = ["cache-authenticated", "cache-encrypted"].map((policy) => ({
    policy,
    resource: `django/${CACHE}`,
    reason: "The test's image knows neither.",
  }));
  const open = { authentication: "none", transitEncryption: "preferred", nodes: 1 };
  const closed = { authentication: "password", engine: "valkey", applyImmediately: true, nodes: 1 };
  const describeCache = (cache: object, accepted: readonly object[] = []) =>
    describeChange(
      { port: 8001, connectsTo: ["redis"] },
      {
        database: { multiAz: false, engineVersion: "17" },
        cache,
        policies: { suppress: [...SHOP.policies.suppress, ...accepted] },
      },
    );
  const client = () =>
    new ElastiCacheClient({ endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS });
  /** How the services' user proves who it is, as ElastiCache says. */
  const authentication = async () => {
    const { Users = [] } = await client().send(new DescribeUsersCommand({ UserId: "shop-app" }));
    return Users[0]?.Authentication;
  };

  it(
    "is one node that asks nobody, and takes connections without TLS, where the file says why",
    async () => {
      await describeCache(open, suppress);
      await apply(DJANGO);
      expect(await attributes(CACHE)).toMatchObject({
        engine: "redis",
        engine_version: "7.1",
        num_cache_clusters: 1,
        automatic_failover_enabled: false,
        multi_az_enabled: false,
        transit_encryption_mode: "preferred",
      });
      expect((await attributes(CACHE)).user_group_ids ?? []).toEqual([]);
      expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    "takes connections with TLS alone first, then becomes Valkey with a password, as it stands",
    async () => {
      await describeCache({ ...open, transitEncryption: "required" }, suppress.slice(0, 1));
      expect(await plannedChanges(workspace, DJANGO)).toEqual([`update ${CACHE}`]);
      await apply(DJANGO);
      expect(await attributes(CACHE)).toMatchObject({ transit_encryption_mode: "required" });
      await describeCache(closed);
      expect((await plannedChanges(workspace, DJANGO)).filter((line) => !/_ecs_|_iam_/.test(line))).toEqual([
        "create aws_secretsmanager_secret.cache",
        "create aws_secretsmanager_secret_version.cache",
        "create terraform_data.cache",
        "create, delete aws_elasticache_parameter_group.cache",
        "delete, create terraform_data.cache_final_snapshot",
        `update ${CACHE}`,
      ]);
      await apply(DJANGO);
      expect(await attributes(CACHE)).toMatchObject({
        engine: "valkey",
        engine_version: "8.0",
        parameter_group_name: "shop-valkey8",
        transit_encryption_mode: "required",
        user_group_ids: ["shop"],
      });
      // Nobody has a password yet, and no role may prove itself by IAM.
      expect(await authentication()).toMatchObject({ Type: "iam" });
    },
    TIMEOUT,
  );

  it(
    "is given its password by the command, which no plan takes back, and which stands in no state",
    async () => {
      const args = ["cache-user", "--environment", "shop", "--yes", "--json"];
      const { stdout } = expectSuccess("ops cache-user", await workspace.startOps(args).ended);
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, status: "given", user: "shop-app" });
      expect(await authentication()).toEqual({ Type: "password", PasswordCount: 1 });
      expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
      const secrets = new SecretsManagerClient({
        endpoint: emulator.endpoint,
        region: REGION,
        credentials: CREDENTIALS,
      });
      const { SecretString = "{}" } = await secrets.send(
        new GetSecretValueCommand({ SecretId: "shop/cache" }),
      );
      secrets.destroy();
      const { username, password, url } = JSON.parse(SecretString);
      const { primary_endpoint_address: host } = await attributes(CACHE);
      expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
      expect({ username, url }).toEqual({
        username: "shop-app",
        url: `rediss://shop-app:${password}@${host}:6379/0`,
      });
      const { stdout: state } = await workspace.terraform(DJANGO, "state", "pull");
      expect(state).toContain("shop/cache");
      expect(state).not.toContain(password);
    },
    TIMEOUT,
  );
});
