// The schema takes every valid environment, and says everything that is wrong with any other.
import fc from "fast-check";
import type { Environment } from "../../src/model/environment";
import type { EnvironmentInput } from "../../src/schema/environment";
import type { ServiceInput } from "../../src/schema/input";
import { EnvironmentError } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";
import { arbitraryEnvironment, isNumberClash } from "../support/arbitrary-environment";
import { problemsIn as problemsOf } from "../support/problems";

const valid: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512, connectsTo: ["postgres"] },
  },
  database: {},
};

/** A service without a port. */
const job: ServiceInput = { image: "shop/job:1.0.0", cpu: 256, memory: 512 };

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";

/** Environment files are TypeScript, but nothing keeps a bad value from being cast or computed. */
function define(input: unknown): Environment {
  return Reflect.apply(defineEnvironment, undefined, [input]);
}

/** A copy of `valid` with one value set, at a path such as `services.web.port`. */
function edited(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(valid);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let parent: unknown = copy;
  for (const key of keys) {
    if (typeof parent === "object" && parent !== null) {
      if (!Reflect.has(parent, key)) {
        Reflect.set(parent, key, {});
      }
      parent = Reflect.get(parent, key);
    }
  }
  if (typeof parent === "object" && parent !== null) {
    Reflect.set(parent, last, value);
  }
  return copy;
}

/** The paths of everything in a value. */
function places(value: unknown): string[][] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[key], ...places(inner).map((path) => [key, ...path])])
    : [];
}

/** A copy with one value set, at a path that exists. */
function withValue(parent: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined || typeof parent !== "object" || parent === null) {
    return value;
  }
  const copy = Array.isArray(parent) ? [...parent] : { ...parent };
  Reflect.set(copy, key, withValue(Reflect.get(parent, key), rest, value));
  return copy;
}

describe("defineEnvironment", () => {
  it("takes any bucket and key that S3 takes for the state", () => {
    const state = { backend: "s3", region: "eu-west-1" } as const;
    const key = "arn:aws:kms:eu-west-1:123456789012:";
    const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
    for (const kmsKeyId of [id, `mrk-${"0a".repeat(16)}`, "alias/a/b", `${key}key/${id}`, `${key}alias/a`]) {
      expect(problemsOf({ ...valid, state: { ...state, bucket: "a".repeat(63), kmsKeyId } })).toEqual([]);
    }
    const bucket = "a".repeat(58);
    expect(problemsOf({ ...valid, state: { ...state, bucket, createBucket: true } })).toEqual([]);
  });

  it("fills in what production needs", () => {
    const environment = defineEnvironment(valid);
    expect(environment).toMatchObject({
      state: { backend: "local" },
      production: true,
      deletionProtection: true,
      encryption: { key: "aws-managed" },
      network: { natGateways: "per-zone", vpcEndpoints: false },
      loadBalancer: { ingressCidrs: ["0.0.0.0/0"], ports: [80, 443], idleTimeoutSeconds: 60 },
      database: { multiAz: true, backupRetentionDays: 7, credentials: "rds-managed" },
      services: { web: { desiredCount: 2, healthCheckGracePeriodSeconds: 60, egress: "all" } },
    });
  });

  it("names resources by convention", () => {
    expect(defineEnvironment(valid).names).toMatchObject({
      vpc: "shop-vpc",
      cluster: "shop",
      loadBalancer: "shop",
      database: "shop",
      securityGroups: { alb: "shop-alb-sg", web: "shop-ecs-web-sg", postgres: "shop-postgres-sg" },
      services: { web: { service: "shop-web", targetGroup: "shop-web", logGroup: "/ecs/shop/web" } },
    });
  });

  it("has no load balancer where no service has a port", () => {
    const worker: ServiceInput = { image: "shop/worker:1.0.0", cpu: 256, memory: 512 };
    expect(defineEnvironment({ ...valid, services: { worker } }).loadBalancer).toBeUndefined();
  });

  it("reports every problem at once, each with path, value and remedy", () => {
    const problems = problemsOf({
      name: "Shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.1/16", availabilityZones: ["eu-west-1a", "us-east-1b"] },
      services: {
        web: {
          image: "shop/web:latest",
          port: 70_000,
          cpu: 256,
          memory: 4096,
          connectsTo: ["redis", "postgres"],
        },
        job: { image: "shop/job", cpu: 300, memory: 512 },
      },
      cahce: {},
      extraFlows: [{ source: "web", destination: "postgers", port: 1, description: "x" }],
    });
    const at = (path: string) => problems.find((problem) => problem.path === path);
    expect(at("name")).toEqual({
      path: "name",
      value: '"Shop"',
      remedy: "Use lower-case letters, digits and single hyphens, starting with a letter.",
    });
    expect(at("network.cidr")?.remedy).toContain("10.0.0.0/16");
    expect(at("services.web.image")?.remedy).toContain("latest");
    expect(at("services.web.port")?.value).toBe("70000");
    expect(at("services.web.memory")?.remedy).toContain("1024 to 2048 MiB");
    expect(at("services.web.connectsTo[1]")?.remedy).toContain('"database"');
    expect(at("services.job.image")?.remedy).toContain("repository:tag");
    expect(at("services.job.cpu")?.remedy).toContain("256, 512, 1024");
    expect(at("cahce")).toEqual({
      path: "cahce",
      value: "{}",
      remedy: 'Unknown field "cahce"; did you mean "cache"?',
    });
    expect(at("extraFlows[0].destination")?.remedy).toContain("alb, web, job");
    expect(problems).toHaveLength(10);
  });

  it.each<[path: string, value: unknown, at: string, remedy: RegExp]>([
    ["production", "yes", "production", /^Give true or false here\.$/],
    [
      "policies.suppress",
      [{ policy: "HTTP", reason: "It is a test." }],
      "policies.suppress[0].policy",
      /^Write a policy's ID/,
    ],
    [
      "policies.suppress",
      [{ policy: "http-redirects", reason: "Because." }],
      "policies.suppress[0].reason",
      /^Say why this is acceptable here, in 3 words or more/,
    ],
    [
      "policies.suppress",
      [{ policy: "http-redirects" }],
      "policies.suppress[0].reason",
      /^Give a value here/,
    ],
    [
      "policies.suppress",
      [{ policy: "http-redirects", resource: "*_lb", reason: "It is a test." }],
      "policies.suppress[0].resource",
      /\* only at its end/,
    ],
    [
      "policies",
      { ignore: [] },
      "policies.ignore",
      /^Unknown field "ignore": remove it; known here: suppress\.$/,
    ],
    ["name", "a".repeat(41), "name", /40 characters/],
    ["region", "europe", "region", /us-east-1/],
    ["account", "12345", "account", /twelve digits/],
    ["network.cidr", "10.0.0.0", "network.cidr", /10\.0\.0\.0\/16/],
    ["network.cidr", "10.0.0.0/8", "network.cidr", /\/16 to \/28/],
    ["network.cidr", "10.0.0.0/24", "network.cidr", /\/22 or larger/],
    ["network.cidr", "8.8.0.0/16", "network.cidr", /private/],
    ["network.availabilityZones", ["eu-west-1a"], "network.availabilityZones", /two zones/],
    ["network.availabilityZones", ["eu-west-1a", "eu-west-1a"], "network.availabilityZones", /once/],
    ["network.availabilityZones", ["eu-west-1a", "us-east-1a"], "network.availabilityZones[1]", /eu-west-1/],
    ["network.natGateways", "two", "network.natGateways", /"none" or "single" or "per-zone"/],
    ["network.flowLogRetentionDays", 100, "network.flowLogRetentionDays", /90, 120/],
    ["network.vpcEndpoints", "all", "network.vpcEndpoints", /true for all .* ecr\.api, ecr\.dkr, logs/],
    [
      "network.vpcEndpoints",
      ["ecr"],
      "network.vpcEndpoints[0]",
      /Choose one of: ecr\.api, ecr\.dkr|Choose "ecr\.api"/,
    ],
    ["network.vpcEndpoints", [], "network.vpcEndpoints", /at least one service, or write false/],
    ["network.vpcEndpoints", ["logs", "logs"], "network.vpcEndpoints", /once/],
    ["network.dataSubnetAcl", "yes", "network.dataSubnetAcl", /true or false/],
    ["production", "yes", "production", /true or false/],
    ["encryption.key", "mine", "encryption.key", /"aws-managed" or "own", or write the ARN of a KMS key/],
    ["encryption.key", "alias/mine", "encryption.key", /ARN of a KMS key/],
    ["encryption.key", KEY.replace("eu-west-1", "us-east-1"), "encryption.key", /a key in eu-west-1/],
    ["backup", { schedule: "rate(1 day)" }, "backup.schedule", /six fields in UTC, such as cron/],
    ["backup", { schedule: "cron(0 6 * * *)" }, "backup.schedule", /six fields/],
    ["backup", { retentionDays: 0 }, "backup.retentionDays", /1 to 36500/],
    ["backup", { copyTo: { region: "eu-west-1" } }, "backup.copyTo.region", /another region/],
    ["backup", { copyTo: { region: "mars" } }, "backup.copyTo.region", /us-east-1/],
    ["registry", {}, "registry.repositories", /list/],
    ["registry", { repositories: [] }, "registry.repositories", /at least one/],
    ["registry", { repositories: ["web", "web"] }, "registry.repositories", /once/],
    ["registry", { repositories: ["api"] }, "registry.repositories[0]", /Name a service: web/],
    ["registry", { repositories: ["a--b"] }, "registry.repositories[0]", /no two hyphens/],
    ["registry", { repositories: ["web"], keepImages: 0 }, "registry.keepImages", /1 to 100000/],
    ["registry", { repositories: ["web"], untaggedDays: 0 }, "registry.untaggedDays", /1 to 3650/],
    ["services.endpoints", job, "services.endpoints", /are taken/],
    ["services.waf", job, "services.waf", /are taken/],
    ["tags", { "AWS:owner": "x" }, "tags.AWS:owner", /begin with "aws:"/],
    ["tags", { "": "x" }, "tags.", /Give it a name/],
    ["state", { backend: "gcs" }, "state.backend", /^Choose "local" or "s3" or "none"\.$/],
    ["services", {}, "services", /at least one/],
    ["services.alb", { image: "a/b:1", cpu: 256, memory: 512 }, "services.alb", /are taken/],
    ["services.Web", { image: "a/b:1", cpu: 256, memory: 512 }, "services.Web", /lower-case/],
    ["services.web.image", "shop/web", "services.web.image", /repository:tag/],
    ["services.web.image", "localhost:5000/web", "services.web.image", /repository:tag/],
    ["services.web.image", "shop/web@sha256:abc", "services.web.image", /digest/],
    ["services.web.port", 0, "services.web.port", /1 to 65535/],
    ["services.web.port", 80.5, "services.web.port", /1 to 65535/],
    ["services.web.memory", 768, "services.web.memory", /512 MiB or 1024/],
    ["services.web.connectsTo", ["postgres", "postgres"], "services.web.connectsTo", /once/],
    ["services.web.connectsTo", ["redis"], "services.web.connectsTo[0]", /"cache"/],
    [
      "services.web.environment",
      { DB_PASSWORD: "hunter2" },
      "services.web.environment.DB_PASSWORD",
      /secrets/,
    ],
    ["services.web.environment", { "a-b": "x" }, "services.web.environment.a-b", /underscores/],
    ["services.web.secrets", { DSN: "value" }, "services.web.secrets.DSN", /secretsManager/],
    [
      "services.web.autoscaling",
      { minimum: 5, maximum: 3 },
      "services.web.autoscaling",
      /minimum <= maximum/,
    ],
    [
      "services.web",
      {
        image: "a/b:1",
        port: 1,
        cpu: 256,
        memory: 512,
        desiredCount: 2,
        autoscaling: { minimum: 3, maximum: 5 },
      },
      "services.web.desiredCount",
      /3 to 5/,
    ],
    ["services.web.capacity", { fargateWeight: 0, spotWeight: 0 }, "services.web.capacity", /above 0/],
    ["services.web.healthCheckPath", "health", "services.web.healthCheckPath", /starts with/],
    ["services.web.routes", [{ priority: 1 }], "services.web.routes[0]", /hosts, paths/],
    [
      "services.web.egress",
      [{ cidr: "1.2.3.4/8", port: 1, description: "x" }],
      "services.web.egress[0].cidr",
      /1\.0\.0\.0\/8/,
    ],
    ["services.api", { image: "a/b:1", port: 1, cpu: 256, memory: 512 }, "services.api.routes", /only one/],
    [
      "services.job",
      { image: "a/b:1", cpu: 256, memory: 512, routes: [{ priority: 1, paths: ["/"] }] },
      "services.job.routes",
      /port/,
    ],
    ["database.engineVersion", "9.6", "database.engineVersion", /"16"/],
    ["database.backupRetentionDays", 6, "database.backupRetentionDays", /7 to 35/],
    ["database.username", "postgres", "database.username", /reserve/],
    ["database.maxAllocatedStorageGib", 50, "database.maxAllocatedStorageGib", /allocatedStorageGib/],
    ["database.maxAllocatedStorageGib", 109, "database.maxAllocatedStorageGib", /at least 10 percent more/],
    ["database.performanceInsightsRetentionDays", 8, "database.performanceInsightsRetentionDays", /731/],
    ["cache.nodes", 7, "cache.nodes", /1 to 6/],
    // It is production.
    ["cache.nodes", 1, "cache.nodes", /^Give 2 or more: .*What is not production may have one/],
    ["cache.engineVersion", "8.0", "cache.engineVersion", /^Give a version of redis: "7.0" or "7.1"/],
    [
      "cache.transitEncryption",
      "preferred",
      "cache.transitEncryption",
      /^Set it to "required", or authentication to "none"/,
    ],
    ["loadBalancer.ingressCidrs", [], "loadBalancer.ingressCidrs", /nobody/],
    ["loadBalancer.ports", [8080], "loadBalancer.ports[0]", /80, 443/],
    ["dns.domain", "https://shop.example.com", "dns.domain", /DNS name/],
    ["dns.certificateArn", "arn:aws:iam::1:x", "dns.certificateArn", /ACM/],
    ["state", { backend: "s3", bucket: "B", region: "eu-west-1" }, "state.bucket", /3 to 63 lower-case/],
    ...["a..b", "192.0.2.1", "xn--states", "states--x-s3"].map(
      (bucket): [string, unknown, string, RegExp] => [
        "state",
        { backend: "s3", bucket, region: "eu-west-1" },
        "state.bucket",
        /^Choose another name: S3 takes/,
      ],
    ),
    [
      "state",
      {
        backend: "s3",
        bucket: "states",
        region: "eu-west-1",
        kmsKeyId: "arn:aws:kms:us-east-1:111122223333:alias/a",
      },
      "state.kmsKeyId",
      /^Give a key in eu-west-1, where the bucket is\.$/,
    ],
    ["state", { backend: "s3", bucket: "states", region: "europe" }, "state.region", /us-east-1/],
    [
      "state",
      { backend: "s3", bucket: "states", region: "cn-north-1" },
      "state.region",
      /commercial partition/,
    ],
    [
      "state",
      { backend: "s3", bucket: "states", region: "eu-west-1", keyPrefix: "/a" },
      "state.keyPrefix",
      /without a slash at either end/,
    ],
    [
      "state",
      { backend: "s3", bucket: "states", region: "eu-west-1", kmsKeyId: "terraform-state" },
      "state.kmsKeyId",
      /alias\/terraform-state/,
    ],
    [
      "state",
      { backend: "s3", bucket: "a".repeat(59), region: "eu-west-1", createBucket: true },
      "state.bucket",
      /58 characters at most.*"a{59}-logs"/,
    ],
    ["names.loadBalancer", "a".repeat(33), "names.loadBalancer", /33 characters; AWS takes 32/],
    ["names.loadBalancer", "internal-shop", "names.loadBalancer", /hyphens/],
    ["names.database", "Shop--db", "names.database", /lower-case/],
    ["names.database", "a".repeat(64), "names.database", /64 characters; AWS takes 63/],
    ["names.securityGroups", { web: "sg-web" }, "names.securityGroups.web", /sg-/],
    [
      "names.securityGroups",
      { wbe: "x" },
      "names.securityGroups.wbe",
      /alb, web, postgres, redis, endpoints/,
    ],
    ["names.securityGroups", { web: "shop-alb-sg" }, "names.securityGroups.web", /"alb" has it/],
    ["names.services", { api: {} }, "names.services.api", /web/],
    ["names.database", "default", "names.database", /not "default"/],
    ["names.secrets", "shop/", "names.secrets", /letters, digits/],
    ["names.secrets", "*", "names.secrets", /letters, digits/],
    ["names.secrets", "a".repeat(257), "names.secrets", /257 characters; AWS takes 256/],
    ["names.services", { web: { logGroup: "a".repeat(257) } }, "names.services.web.logGroup", /takes 256/],
    [
      "names.cluster",
      "a".repeat(241),
      "names.cluster",
      /Use 237 characters at most: what is typed into containers would be called/,
    ],
    [
      "extraFlows",
      [{ source: "1.2.3.0/24", destination: "8.8.8.8/32", port: 1, description: "x" }],
      "extraFlows[0]",
      /one end a group/,
    ],
    [
      "extraFlows",
      [{ source: "internet", destination: "postgres", port: 5432, description: "x" }],
      "extraFlows[0].source",
      /\/32/,
    ],
    [
      "extraFlows",
      [{ source: "203.0.113.0/24", destination: "postgres", port: 5432, description: "x" }],
      "extraFlows[0].source",
      /\/32/,
    ],
    [
      "extraFlows",
      [{ source: "web", destination: "web", port: 1, description: "x" }],
      "extraFlows[0].destination",
      /different/,
    ],
    [
      "extraFlows",
      [{ source: "alb", destination: "web", port: 8000, description: "x" }],
      "extraFlows",
      /twice/,
    ],
    [
      "extraFlows",
      [{ source: "alb", destination: "web", port: 1, description: "naïve" }],
      "extraFlows[0].description",
      /letters/,
    ],
    ["quotas", { rulesPerSecurityGroup: 0 }, "quotas.rulesPerSecurityGroup", /1 to 1000/],
    ["quotas", { rulesPerNetworkAcl: 41 }, "quotas.rulesPerNetworkAcl", /1 to 40/],
    ["region", "us-gov-west-1", "region", /commercial partition/],
    ["region", "cn-north-1", "region", /commercial partition/],
    ["region", "us-isob-east-1", "region", /commercial partition/],
    [`services.${"a".repeat(65)}`, job, `services.${"a".repeat(65)}`, /64 characters at most/],
    [
      `services.${"a".repeat(50)}`,
      job,
      `services.${"a".repeat(50)}`,
      /Use 49 characters .* called "shop-a{50}-execution", and AWS takes 64/,
    ],
    ["services.web.label", "a".repeat(65), "services.web.label", /64 characters/],
    ["services.web.writablePaths", ["/"], "services.web.writablePaths[0]", /Name a folder/],
    ["services.web.writablePaths", ["//"], "services.web.writablePaths[0]", /Name a folder/],
    ["services.web.consumesFrom", ["jobs", "jobs"], "services.web.consumesFrom", /once/],
    ["services.web.sendsTo", ["jobs", "jobs"], "services.web.sendsTo", /once/],
    ["services.web.environment", { SENTRY_DSN: "x" }, "services.web.environment.SENTRY_DSN", /secrets/],
    ["services.web.environment", { db_password: "x" }, "services.web.environment.db_password", /secrets/],
    ["database.username", "_x", "database.username", /letter first/],
    ["database.databaseName", "_x", "database.databaseName", /letter first/],
    ["database.backupWindow", "04:00-04:00", "database.backupWindow", /no length/],
    ["database.backupWindow", "04:30-05:30", "database.backupWindow", /RDS refuses the two together/],
    [
      "database.maintenanceWindow",
      "mon:01:30-mon:02:30",
      "database.backupWindow",
      /maintenanceWindow does not/,
    ],
    ["database.maintenanceWindow", "sun:04:00-sun:04:00", "database.maintenanceWindow", /no length/],
    ["cache.snapshotWindow", "04:00-04:00", "cache.snapshotWindow", /no length/],
    ["loadBalancer.ingressCidrs", ["1.2.3.4/32", "1.2.3.4/32"], "loadBalancer.ingressCidrs", /once/],
    ["loadBalancer.ports", [443], "loadBalancer.ports", /Add 80/],
    [
      "dns.domain",
      `${"a".repeat(53)}.example.com`,
      "dns.domain",
      /64 characters at most, or give certificateArn/,
    ],
    ["names.vpc", "shop-*", "names.vpc", /wildcards/],
    ["names.securityGroups", { web: "shop-*" }, "names.securityGroups.web", /but \* and \?/],
    ["names.securityGroups", { web: "shop-?" }, "names.securityGroups.web", /but \* and \?/],
    ["names.securityGroups", { web: "a".repeat(234) }, "names.securityGroups.web", /AWS takes 233/],
  ])("refuses %s = %j", (path, value, at, remedy) => {
    const problems = problemsOf(edited(path, value));
    expect(problems.map((problem) => problem.path)).toContain(at);
    expect(problems.find((problem) => problem.path === at && remedy.test(problem.remedy))).toBeDefined();
  });

  it.each([
    ["ElastiCache's 40 characters, of which four are the user's", { cache: "a".repeat(37) }, "names.cache"],
    [
      "32 characters of a target group",
      { services: { web: { targetGroup: "a".repeat(33) } } },
      "names.services.web.targetGroup",
    ],
  ])("keeps names within %s", (_limit, names, at) => {
    expect(problemsOf({ ...valid, cache: {}, names }).map(({ path }) => path)).toEqual([at]);
  });

  it("says how long a name may be where another one is made of it, once for each place", () => {
    const environment = {
      ...valid,
      cache: {},
      queues: { jobs: {} },
      names: { cache: "a".repeat(37), database: "Shop--db", queues: { jobs: "b".repeat(77) } },
    };
    expect(problemsOf(environment).map(({ path, remedy }) => [path, remedy])).toEqual([
      ["names.database", "Use lower-case letters, digits and hyphens."],
      [
        "names.cache",
        `Use 36 characters at most: the services' user would be called "${"a".repeat(37)}-app", and AWS takes 40.`,
      ],
      [
        "names.queues.jobs",
        'Use 76 characters at most: the dead-letter queue of "jobs" would be called ' +
          `"${"b".repeat(77)}-dlq", and AWS takes 80.`,
      ],
    ]);
  });

  it("takes a key of its own account only", () => {
    const environment = { ...valid, encryption: { key: KEY } };
    expect(problemsOf(environment)).toEqual([]);
    expect(problemsOf({ ...environment, account: "111122223333" })).toEqual([]);
    expect(problemsOf({ ...environment, account: "999988887777" })).toEqual([
      {
        path: "encryption.key",
        value: `"${KEY}"`,
        remedy: "Give a key of the account 999988887777: its policy and the roles' must allow each other.",
      },
    ]);
  });

  it("backs up nothing where there is no database", () => {
    const { database: _, ...rest } = valid;
    const services = { job };
    expect(problemsOf({ ...rest, services, backup: {} }).map(({ path, remedy }) => [path, remedy])).toEqual([
      ["backup", 'Add the section "database", or remove this: there is nothing to back up.'],
    ]);
  });

  describe("without NAT gateways, with VPC endpoints", () => {
    const ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.0.0";
    const web = { ...valid.services.web, image: ecr };
    const isolated = (vpcEndpoints: unknown, service: object = {}) => ({
      ...valid,
      network: { ...valid.network, natGateways: "none", vpcEndpoints },
      services: { web: { ...web, ...service } },
      queues: { jobs: {} },
    });

    it("takes all that the platform uses", () => {
      expect(problemsOf(isolated(true))).toEqual([]);
      expect(problemsOf(isolated(["ecr.api", "ecr.dkr", "logs", "secretsmanager"]))).toEqual([]);
      expect(problemsOf(isolated(false, { image: "shop/web:1.0.0" }))).toEqual([]);
    });

    it.each([
      [["logs", "secretsmanager"], {}, "Add ecr.api, ecr.dkr"],
      [["ecr.api", "ecr.dkr", "logs"], {}, "Add secretsmanager"],
      [["ecr.api", "ecr.dkr", "logs", "secretsmanager"], { sendsTo: ["jobs"] }, "Add sqs"],
    ])("refuses %j for a service with %j", (vpcEndpoints, service, remedy) => {
      expect(problemsOf(isolated(vpcEndpoints, service))).toEqual([
        {
          path: "network.vpcEndpoints",
          value: JSON.stringify(vpcEndpoints),
          remedy: `${remedy}: without NAT gateways, nothing else leads there. Or write true.`,
        },
      ]);
    });

    it.each(["shop/web:1.0.0", ecr.replace("eu-west-1", "us-east-1")])("refuses the image %s", (image) => {
      expect(problemsOf(isolated(true, { image }))).toEqual([
        {
          path: "services.web.image",
          value: `"${image}"`,
          remedy:
            "Give an image in ECR in eu-west-1: without NAT gateways, no other registry can be reached (the section " +
            '"registry" makes repositories there).',
        },
      ]);
    });

    const to = (cidr: string, port: unknown, protocol = "tcp") => [
      { cidr, port, protocol, description: "x" },
    ];

    it.each([
      [[]],
      [to("0.0.0.0/0", 80)],
      [to("0.0.0.0/0", 443, "udp")],
      [to("10.0.0.0/8", 443)],
      [to("0.0.0.0/0", { from: 444, to: 500 })],
    ])("refuses a way out that leads to no image layers: %j", (egress) => {
      expect(problemsOf(isolated(true, { egress }))).toEqual([
        {
          path: "services.web.egress",
          value: expect.any(String),
          remedy: expect.stringMatching(
            /^Allow TCP 443 to 0\.0\.0\.0\/0: ECR keeps the layers of images in S3/,
          ),
        },
      ]);
    });

    it("takes any way out that leads there", () => {
      for (const egress of [to("0.0.0.0/0", 443), to("52.216.0.0/15", { from: 400, to: 500 })]) {
        expect(problemsOf(isolated(true, { egress }))).toEqual([]);
      }
    });

    it("leaves the same to NAT gateways where there are any", () => {
      const network = { ...valid.network, vpcEndpoints: ["logs"] };
      const web = { ...valid.services.web, egress: [] };
      expect(problemsOf({ ...valid, network, services: { web } })).toEqual([]);
    });

    it("knows the endpoints as an end of further flows", () => {
      const flow = { source: "alb", destination: "endpoints", port: 443, description: "x" };
      expect(problemsOf({ ...isolated(true), extraFlows: [flow] })).toEqual([]);
      expect(problemsOf({ ...valid, extraFlows: [flow] }).map(({ path }) => path)).toEqual([
        "extraFlows[0].destination",
      ]);
    });
  });

  it("refuses more entries than the data subnets' network ACL holds, unless there is none", () => {
    const extraFlows = Array.from({ length: 19 }, (_, index) => ({
      source: `192.168.${2 * index}.0/24`,
      destination: "postgres",
      port: 5432,
      description: "An office",
    }));
    expect(problemsOf({ ...valid, extraFlows })).toEqual([
      {
        path: "network.dataSubnetAcl",
        value: "(nothing)",
        remedy: expect.stringMatching(
          /would hold 22 ingress rules; the limit is 20\. .*or write false here\.$/,
        ),
      },
      expect.objectContaining({ remedy: expect.stringContaining("22 egress rules") }),
    ]);
    expect(problemsOf({ ...valid, extraFlows, quotas: { rulesPerNetworkAcl: 22 } })).toEqual([]);
    expect(problemsOf({ ...valid, extraFlows, network: { ...valid.network, dataSubnetAcl: false } })).toEqual(
      [],
    );
    expect(problemsOf({ ...valid, extraFlows, production: false })).toEqual([]);
  });

  describe("two entries of the data subnets' network ACL that would have one number", () => {
    // Found by counting ports up until two numbers met: 1000 + FNV-1a of "<port>/tcp <block>" modulo 31767.
    const flow = (port: number) => ({
      source: "192.168.0.0/24",
      destination: "postgres",
      port,
      description: `Port ${port}`,
    });
    const extraFlows = [flow(157), flow(161)];
    const [first, second] = ["157/tcp 192.168.0.0/24", "161/tcp 192.168.0.0/24"];

    it("are refused, with the line that tells them apart", () => {
      expect(problemsOf({ ...valid, extraFlows })).toEqual([
        {
          path: "network.dataSubnetAclNumbers",
          value: "6629",
          remedy:
            `Two entries of the data subnets' network ACL would have this number: "${first}" and "${second}". Give one ` +
            `that is not deployed yet a number of its own here, such as { "${second}": 500 }.`,
        },
      ]);
      const network = { ...valid.network, dataSubnetAclNumbers: { [second]: 500 } };
      expect(problemsOf({ ...valid, network, extraFlows })).toEqual([]);
    });

    it("are refused, too, where the environment gives them one number", () => {
      const network = { ...valid.network, dataSubnetAclNumbers: { [first]: 500, [second]: 500 } };
      expect(problemsOf({ ...valid, network, extraFlows }).map(({ value }) => value)).toEqual(["500"]);
    });
  });

  it("refuses a number for an entry of the data subnets' network ACL that there is not", () => {
    const network = { ...valid.network, dataSubnetAclNumbers: { "6379/tcp 10.0.64.0/21": 500 } };
    expect(problemsOf({ ...valid, network })).toEqual([
      {
        path: "network.dataSubnetAclNumbers",
        value: '{"6379/tcp 10.0.64.0/21":500}',
        remedy: expect.stringMatching(/^Remove it: there is no such entry\. .*5432\/tcp 10\.0\.64\.0\/21/),
      },
    ]);
  });

  it("accepts a developer's single public address at the database", () => {
    const flow = { source: "203.0.113.7/32", destination: "postgres", port: 5432, description: "Office" };
    expect(problemsOf(edited("extraFlows", [flow]))).toEqual([]);
  });

  it("checks explicit subnets: within the VPC, of zones that there are, none overlapping", () => {
    const subnets = {
      "eu-west-1a": { public: "10.0.0.0/24", private: "10.0.1.128/25", data: "10.0.4.0/24" },
      "eu-west-1b": { public: "10.0.1.0/24", private: "10.1.0.0/24", data: "10.0.5.0/24" },
      "eu-west-1c": { public: "10.0.6.0/24", private: "10.0.7.0/24", data: "10.0.8.0/24" },
    };
    const problems = problemsOf(edited("network.subnets", subnets));
    expect(problems.map(({ path, remedy }) => [path, remedy])).toEqual([
      ["network.subnets.eu-west-1c", "Remove it, or add eu-west-1c to network.availabilityZones."],
      ["network.subnets.eu-west-1b.private", "Choose a block within the VPC's 10.0.0.0/16."],
      [
        "network.subnets.eu-west-1b.public",
        "It overlaps the private subnet of eu-west-1a, 10.0.1.128/25: move one of them.",
      ],
    ]);
  });

  it("says which zone needs explicit subnets, where those of another are in the way of its own", () => {
    // What a platform of the zones a and c has, since blocks once followed from the place in the list.
    const second = { public: "10.0.8.0/21", private: "10.0.72.0/21", data: "10.0.136.0/21" };
    const network = { ...valid.network, subnets: { "eu-west-1a": second } };
    expect(problemsOf({ ...valid, network })).toContainEqual({
      path: "network.subnets.eu-west-1b",
      value: '"10.0.8.0/21"',
      remedy:
        "It overlaps the public subnet of eu-west-1a, 10.0.8.0/21: give eu-west-1b blocks of its own here.",
    });
  });

  it("refuses a zone of a letter that no block is set aside for, unless it has blocks of its own", () => {
    const availabilityZones = ["eu-west-1a", "eu-west-1i"];
    const network = { ...valid.network, availabilityZones };
    expect(problemsOf({ ...valid, network })).toEqual([
      {
        path: "network.availabilityZones[1]",
        value: '"eu-west-1i"',
        remedy:
          "Say in network.subnets which blocks eu-west-1i has: there are some by default for the letters a to h.",
      },
    ]);
    const blocks = { public: "10.0.200.0/24", private: "10.0.201.0/24", data: "10.0.202.0/24" };
    expect(problemsOf({ ...valid, network: { ...network, subnets: { "eu-west-1i": blocks } } })).toEqual([]);
  });

  it("answers subnets by tier with how to write them by zone", () => {
    const subnets = { public: ["10.0.0.0/24"], private: ["10.0.1.0/24"], data: ["10.0.2.0/24"] };
    expect(problemsOf(edited("network.subnets", subnets)).map(({ remedy }) => remedy)).toContainEqual(
      'Write the blocks by zone: { "us-east-1a": { public: "10.0.0.0/21", private: "10.0.64.0/21", data: "10.0.128.0/21" } }.',
    );
  });

  it.each([
    [{ natGateways: "single", natGatewayZone: "eu-west-1c" }, /Name one of network\.availabilityZones/],
    [{ natGatewayZone: "eu-west-1a" }, /natGateways is "per-zone"/],
  ] as const)("refuses the single NAT gateway where it cannot stand: %j", (changes, remedy) => {
    expect(problemsOf({ ...valid, network: { ...valid.network, ...changes } })).toEqual([
      {
        path: "network.natGatewayZone",
        value: `"${changes.natGatewayZone}"`,
        remedy: expect.stringMatching(remedy),
      },
    ]);
  });

  it("refuses more rules than a group holds, with the group, the count and the limit", () => {
    const worker = { image: "a/b:1", cpu: 256, memory: 512, connectsTo: ["postgres"] };
    const services = Object.fromEntries(
      Array.from({ length: 61 }, (_, index) => [`worker-${index}`, worker]),
    );
    const problems = problemsOf({ ...valid, services });
    expect(problems).toEqual([
      {
        path: 'security group "postgres"',
        value: "61",
        remedy: expect.stringMatching(/61 ingress rules; the limit is 60/),
      },
    ]);
    expect(problemsOf({ ...valid, services, quotas: { rulesPerSecurityGroup: 100 } })).toEqual([]);
  });

  it("refuses subnets that are smaller than AWS takes", () => {
    const subnets = {
      "eu-west-1a": { public: "10.0.0.0/28", private: "10.0.1.0/29", data: "10.0.2.0/28" },
      "eu-west-1b": { public: "10.0.0.32/27", private: "10.0.1.16/28", data: "10.0.2.16/28" },
    };
    expect(problemsOf(edited("network.subnets", subnets)).map(({ path }) => path)).toEqual([
      "network.subnets.eu-west-1a.public",
      "network.subnets.eu-west-1a.private",
    ]);
  });

  it("takes a long domain with a certificate that exists", () => {
    const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    expect(
      problemsOf({ ...valid, dns: { domain: `${"a".repeat(53)}.example.com`, certificateArn } }),
    ).toEqual([]);
  });

  it("starts as many tasks as autoscaling's minimum, unless told otherwise", () => {
    const autoscaling = { minimum: 3, maximum: 5 };
    const services = { web: { ...job, autoscaling }, job: { ...job, autoscaling, desiredCount: 4 } };
    expect(defineEnvironment({ ...valid, services }).services).toMatchObject({
      web: { desiredCount: 3 },
      job: { desiredCount: 4 },
    });
  });

  it.each<[what: string, change: Record<string, unknown>, paths: string[]]>([
    [
      "two ECS services",
      { names: { services: { job: { service: "shop-web" } } } },
      ["names.services.job.service", "names.services.job.taskDefinition"],
    ],
    [
      "two families of task definitions",
      { names: { services: { job: { taskDefinition: "shop-web" } } } },
      ["names.services.job.taskDefinition"],
    ],
    [
      "a family and that of a command",
      {
        names: { services: { job: { taskDefinition: "shop-web-seed" } } },
        services: { web: { ...job, oneOffCommands: { seed: ["seed"] } }, job },
      },
      ["names.services.job.taskDefinition"],
    ],
    [
      "two log groups",
      { names: { services: { job: { logGroup: "/ecs/shop/web" } } } },
      ["names.services.job.logGroup"],
    ],
    [
      "a log group and the flow logs",
      { names: { services: { job: { logGroup: "/vpc/shop/flow-logs" } } } },
      ["names.services.job.logGroup"],
    ],
    [
      "two target groups",
      {
        names: { services: { api: { targetGroup: "shop-web" } } },
        services: {
          web: { ...job, port: 80 },
          api: { ...job, port: 81, routes: [{ priority: 1, paths: ["/api"] }] },
        },
      },
      ["names.services.api.targetGroup"],
    ],
    [
      "a service's log group and that of what is typed into containers",
      { services: { ...valid.services, "exec-sessions": job } },
      ["names.services.exec-sessions.logGroup"],
    ],
    [
      "a log group and RDS's own",
      { names: { services: { job: { logGroup: "/aws/rds/instance/shop/upgrade" } } } },
      ["names.services.job.logGroup"],
    ],
    ["a queue and a dead-letter queue", { queues: { jobs: {}, "jobs-dlq": {} } }, ["names.queues.jobs-dlq"]],
  ])("refuses one name for %s", (_what, change, paths) => {
    const problems = problemsOf({ ...valid, services: { ...valid.services, job }, ...change });
    expect(problems.map(({ path }) => path)).toEqual(paths);
  });

  it("checks no name of what is not there: target groups without ports, a load balancer for nobody", () => {
    expect(problemsOf({ ...valid, name: "a".repeat(36), services: { worker: job } })).toEqual([]);
  });

  it.each<[path: string, value: unknown, at: string]>([
    ["names.vpc", "vpc-${foo}", "names.vpc"],
    ["services.web.healthCheckPath", "/${foo}", "services.web.healthCheckPath"],
    [
      "services.web.secrets",
      { A: { secretsManager: "a", jsonKey: "%{if}" } },
      "services.web.secrets.A.jsonKey",
    ],
    ["database.parameters", { search_path: "${x}" }, "database.parameters.search_path"],
    [
      "extraFlows",
      [{ source: "alb", destination: "web", port: 1, description: "why ${foo.bar}" }],
      "extraFlows[0].description",
    ],
  ])("refuses what Terraform would take for its own in %s = %j", (path, value, at) => {
    expect(problemsOf(edited(path, value))).toEqual([
      expect.objectContaining({ path: at, remedy: expect.stringMatching(/Terraform would read/) }),
    ]);
  });

  it("leaves to a container what is escaped for it", () => {
    const web = {
      ...job,
      command: ["sh", "-c", "echo ${HOME}"],
      environment: { FORMAT: "%{date} ${time}", WORDSNAKE: "x" },
      healthCheck: { command: "test ${HOME}" },
      oneOffCommands: { show: ["sh", "-c", "echo ${HOME}"] },
    };
    expect(problemsOf({ ...valid, services: { web } })).toEqual([]);
  });

  it.each<[change: Record<string, unknown>]>([
    [{ database: { password: "hunter2" } }],
    [{ database: "x", apiKey: "hunter2" }],
    [{ services: { web: { ...job, environment: { db_password: "hunter2" } } } }],
    [{ services: { web: { ...job, environment: { "a-b": "hunter2" } } } }],
    [{ services: { web: { ...job, environment: "hunter2" } } }],
    [{ services: { web: { ...job, secrets: { STRIPE_KEY: "hunter2" } } } }],
    [{ services: { web: { ...job, secrets: { STRIPE_KEY: { secretsManager: "${hunter2}" } } } } }],
    [{ services: { web: { secrets: { STRIPE_KEY: "hunter2" }, extra: 1 } } }],
    [{ services: { web: { env: { STRIPE: "hunter2" }, ...job } } }],
    [{ services: [{ environment: { STRIPE: "hunter2" } }] }],
  ])("withholds what may be a secret in %j", (change) => {
    const problems = problemsOf({ ...valid, ...change });
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });

  it("never repeats the value of something that may be a secret", () => {
    const services = {
      web: { image: 7, environment: { API_TOKEN: "hunter2" }, secrets: { API_KEY: "hunter2" } },
    };
    try {
      define({ ...valid, services });
      throw new Error("accepted");
    } catch (error) {
      expect(error).toBeInstanceOf(EnvironmentError);
      expect(String(error)).not.toContain("hunter2");
    }
  });

  it("accepts every environment that is valid", () => {
    fc.assert(
      fc.property(arbitraryEnvironment, (input) => {
        const problems = problemsOf(input);
        fc.pre(!problems.some(isNumberClash));
        expect(problems).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("has its own error for any value at any place of a complete environment", () => {
    const web = {
      ...job,
      port: 80,
      autoscaling: { minimum: 2, maximum: 3 },
      connectsTo: ["postgres", "redis"],
      consumesFrom: ["jobs"],
      environment: { A: "b" },
      secrets: { S: { secretsManager: "x" } },
      egress: [{ cidr: "0.0.0.0/0", port: 443, description: "x" }],
      routes: [{ priority: 1, paths: ["/x"] }],
    };
    const complete = {
      ...valid,
      tags: { A: "b" },
      names: { securityGroups: { alb: "q" }, services: { web: { service: "z" } } },
      services: { web, job },
      database: { parameters: { a: "b" } },
      cache: {},
      queues: { jobs: {} },
      loadBalancer: { ingressCidrs: ["1.2.3.4/32"] },
      dns: { domain: "a.example.com" },
      state: { backend: "s3", bucket: "abc", region: "us-east-1" },
      encryption: { key: "own" },
      backup: { copyTo: { region: "us-east-1" } },
      registry: { repositories: ["web"] },
      extraFlows: [{ source: "10.0.0.0/8", destination: "postgres", port: 5432, description: "x" }],
    };
    expect(problemsOf(complete)).toEqual([]);
    const circular: Record<string, unknown> = {};
    circular.itself = circular;
    /** What a place may take, or what looks like it. */
    const values: unknown[] = [
      ...[null, undefined, {}, [], "", "x", -1, 1e9, true, circular],
      ...[[null], { a: null }, [[1]], { constructor: 1 }, Object.create(null)],
    ];
    /** What no place takes, whatever it is: these differ in how they are shown. */
    const strangers: unknown[] = [
      ...[() => 1, Symbol("s"), 1n, Number.NaN, new Date(), new Date(Number.NaN), new Map()],
    ];
    const all = places(complete);
    for (const path of all) {
      for (const value of values) {
        expect(() => problemsOf(withValue(complete, path, value))).not.toThrow();
      }
    }
    const depths = [...new Set(all.map(({ length }) => length))];
    for (const depth of depths) {
      const level = all.filter(({ length }) => length === depth);
      for (const value of strangers) {
        const changed = level.reduce<unknown>((input, path) => withValue(input, path, value), complete);
        expect(problemsOf(changed).length).toBeGreaterThan(0);
      }
    }
    expect(depths).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("rejects anything else with its own error, and never throws another", () => {
    const circular: Record<string, unknown> = {};
    circular.itself = circular;
    const unshowable = {
      toJSON: () => {
        throw new TypeError("not as JSON");
      },
    };
    const junk = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, maxDepth: 3 }),
      fc.constantFrom<unknown>(
        circular,
        [circular],
        unshowable,
        () => 1,
        Symbol("s"),
        1n,
        { a: 1n },
        [[1]],
        null,
      ),
      fc.constantFrom("0.0.0.0/99", "a:b:c", "../..", "${aws_vpc.x.id}", "", -1, 1e99, Number.NaN),
    );
    const keys = [
      "name",
      "region",
      "names",
      "network",
      "services",
      "database",
      "cache",
      "dns",
      "extraFlows",
      "state",
      "encryption",
      "backup",
      "registry",
    ];
    const serviceKeys = [
      "image",
      "port",
      "cpu",
      "memory",
      "routes",
      "egress",
      "secrets",
      "connectsTo",
      "autoscaling",
    ];
    const anything = fc.oneof(
      junk,
      fc.record({ ...Object.fromEntries(keys.map((key) => [key, junk])) }),
      fc.tuple(fc.constantFrom(...keys), junk).map(([key, value]) => edited(key, value)),
      fc
        .tuple(fc.constantFrom(...serviceKeys), junk)
        .map(([key, value]) => edited(`services.web.${key}`, value)),
    );
    let rejected = 0;
    fc.assert(
      fc.property(anything, (input) => {
        rejected += problemsOf(input).length > 0 ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    expect(rejected).toBeGreaterThan(250);
  });
});
