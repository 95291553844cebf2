// The shop, said once for all its stages: one table has what they differ in.
import type { EnvironmentInput } from "../../../src/schema/environment";
import type { DatabaseInput, ServiceInput } from "../../../src/schema/input";

const REGION = "eu-central-1";
const ACCOUNT = "123456789012";

/** From where Flower may be looked at: the office, by its own addresses. */
const OFFICE = ["203.0.113.0/24"];

/** What all stages run: a push deploys it to staging and, once that is verified and somebody has approved it, to production. */
const IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop/web:1.4.0`;

interface Stage {
  /** `/16`, none within another's: stages may be peered one day. */
  readonly cidr: string;
  readonly domain: string;
  readonly natGateways: "single" | "per-zone";
  readonly web: Pick<ServiceInput, "cpu" | "memory" | "autoscaling">;
  /** Fewest and most tasks of the worker. */
  readonly workers: { readonly minimum: number; readonly maximum: number };
  readonly database: Pick<DatabaseInput, "instanceClass" | "multiAz" | "allocatedStorageGib">;
  readonly cacheNodes: string;
}

const STAGES = {
  staging: {
    cidr: "10.40.0.0/16",
    domain: "staging.shop.example.com",
    natGateways: "single",
    web: { cpu: 256, memory: 512, autoscaling: { minimum: 1, maximum: 2 } },
    workers: { minimum: 1, maximum: 2 },
    database: { instanceClass: "db.t4g.small", multiAz: false, allocatedStorageGib: 20 },
    cacheNodes: "cache.t4g.micro",
  },
  production: {
    cidr: "10.41.0.0/16",
    domain: "shop.example.com",
    natGateways: "per-zone",
    web: { cpu: 512, memory: 1024, autoscaling: { minimum: 2, maximum: 10 } },
    workers: { minimum: 2, maximum: 8 },
    database: { instanceClass: "db.t4g.medium", multiAz: true, allocatedStorageGib: 100 },
    cacheNodes: "cache.t4g.small",
  },
} satisfies Readonly<Record<string, Stage>>;

/** A stage of the shop. A further one is a row of the table above, and a file beside those of the others. */
export function shop(stage: keyof typeof STAGES): EnvironmentInput {
  const { cidr, domain, natGateways, web, workers, database, cacheNodes }: Stage = STAGES[stage];
  const isProduction = stage === "production";
  const process = {
    image: IMAGE,
    cpu: 256,
    memory: 512,
    connectsTo: [
      { to: "postgres", reason: "Products, orders, customers" },
      { to: "redis", reason: "Cache, and the tasks that wait" },
    ],
    buckets: [{ bucket: "uploads", access: "read-write" }],
    environment: { SHOP_STAGE: stage },
    bindings: { AWS_STORAGE_BUCKET_NAME: "buckets.uploads.name" },
    django: { settingsModule: "config.settings" },
  } satisfies ServiceInput;
  return {
    name: `shop-${stage}`,
    region: REGION,
    account: ACCOUNT,
    production: isProduction,
    deletionProtection: isProduction,
    tags: { Project: "shop", Stage: stage },
    network: { cidr, availabilityZones: ["eu-central-1a", "eu-central-1b"], natGateways },
    services: {
      web: {
        ...process,
        ...web,
        port: 8000,
        healthCheckPath: "/health/",
        oneOffCommands: { migrate: ["python", "manage.py", "migrate", "--noinput"] },
        schedules: {
          nightly: {
            expression: "cron(30 3 * * ? *)",
            timeZone: "Europe/Berlin",
            command: ["python", "manage.py", "clearsessions"],
          },
        },
      },
      worker: {
        ...process,
        command: ["celery", "--app", "config", "worker", "--loglevel", "INFO"],
        celery: { longestTaskSeconds: 300 },
        // What waits in Redis, which beat counts and publishes; docs/scaling.md has how.
        autoscaling: {
          ...workers,
          metric: {
            namespace: "Shop/Celery",
            name: "Backlog",
            dimensions: { stage, queue: "celery" },
            targetPerTask: 100,
          },
        },
      },
      beat: {
        ...process,
        command: ["celery", "--app", "config", "beat"],
        singleton: true,
        publishesMetrics: ["Shop/Celery"],
        environment: {
          ...process.environment,
          BACKLOG_NAMESPACE: "Shop/Celery",
          BACKLOG_QUEUES: "celery",
          BACKLOG_STAGE: stage,
        },
      },
      flower: {
        ...process,
        command: ["celery", "--app", "config", "flower", "--port=5555"],
        port: 5555,
        desiredCount: 1,
        healthCheckPath: "/healthcheck",
        // user:password, which Flower asks the office for, too.
        secrets: { FLOWER_BASIC_AUTH: { secretsManager: `shop-${stage}/flower` } },
        routes: [{ priority: 10, hosts: [`flower.${domain}`], sourceCidrs: OFFICE }],
      },
    },
    database: { ...database, databaseName: "shop", username: "shop_admin" },
    // Flower and Celery log on with a password, which `npm run ops -- cache-user` gives to the cache.
    cache: { nodeType: cacheNodes, nodes: isProduction ? 2 : 1, authentication: "password" },
    buckets: { uploads: { cors: [{ origins: [`https://${domain}`], methods: ["GET", "PUT"] }] } },
    dns: { domain, alternativeNames: [`flower.${domain}`], hostedZoneName: "example.com" },
    // Both stages run the same images. Production keeps them: its repositories cannot be deleted with images in them.
    ...(isProduction && { registry: { namespace: "shop", repositories: ["web"] } }),
    // For the whole account, which has one of each.
    ...(isProduction && { accountSecurity: {} }),
    monitoring: { emails: [`${stage}@shop.example.com`] },
    state: { backend: "s3", bucket: "example-shop-states", region: REGION, createBucket: !isProduction },
    ci: { github: { repository: "example/shop" }, createProvider: !isProduction },
  };
}
