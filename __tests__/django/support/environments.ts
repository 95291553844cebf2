// The environments whose containers the tests run: three documented ones, the one with every option, a shop that has each kind
// of process of the example, and a plain one.
import type { Environment } from "../../../src/model/environment";
import { defineEnvironment } from "../../../src/validation/define-environment";
import { allOptions } from "../../support/all-options";
import { documentedEnvironment } from "../../support/documented-environment";
import { systems } from "../../support/systems";

const image = "shop:1.0.0";
const small = {
  image,
  cpu: 256,
  memory: 512,
  django: { settingsModule: "config.settings.production" },
} as const;
/** Shorter than usual, for the tests wait for them. */
const release = { deregistrationDelaySeconds: 10, stopTimeoutSeconds: 30 } as const;
const stores = ["postgres", "redis"] as const;

/** Seconds that a message of the queue stays hidden: short, so that the tests see it come back. */
const VISIBILITY = 15;

/** The shop's bucket, by a name of its own: the account's number is nothing that the tests need to know. */
export const UPLOADS = "shop-uploads";

const shop = defineEnvironment({
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.90.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: {
    web: {
      ...small,
      port: 8000,
      connectsTo: [...stores],
      sendsTo: ["jobs"],
      databaseLogin: "at-connection",
      healthCheckPath: "/health/live/",
      ...release,
      environment: {
        DATABASE_SSLMODE: "verify-full",
        PGSSLROOTCERT: "/etc/ssl/rds.pem",
        TASK_BROKER: "sqs",
      },
      buckets: [{ bucket: "uploads", access: "read-write" }],
    },
    live: {
      ...small,
      port: 8000,
      connectsTo: [...stores],
      databaseLogin: "at-connection",
      django: { settingsModule: "config.settings.production", interface: "asgi" },
      healthCheckPath: "/health/live/",
      ...release,
      routes: [{ priority: 10, paths: ["/ws/*"] }],
    },
    worker: {
      ...small,
      connectsTo: [...stores],
      databaseLogin: "at-connection",
      // With what a release may take, these are as many seconds as on SQS.
      celery: { longestTaskSeconds: VISIBILITY - 10 },
      stopTimeoutSeconds: 20,
      healthCheck: { command: "python -m django_on_aws.heartbeat /tmp/worker.heartbeat 60" },
    },
    jobs: {
      ...small,
      connectsTo: [...stores],
      databaseLogin: "at-connection",
      consumesFrom: ["jobs"],
      celery: {},
      stopTimeoutSeconds: 20,
      environment: { TASK_BROKER: "sqs" },
      healthCheck: { command: "python -m django_on_aws.heartbeat /tmp/worker.heartbeat 60" },
    },
    beat: {
      ...small,
      connectsTo: [...stores],
      databaseLogin: "at-connection",
      celery: {},
      environment: { REPORT_SECONDS: "2" },
      healthCheck: { command: "python -m django_on_aws.heartbeat /tmp/beat.heartbeat 120" },
    },
  },
  database: { databaseName: "shop", username: "shop" },
  cache: {},
  queues: { jobs: { visibilityTimeoutSeconds: VISIBILITY, maxReceiveCount: 3 } },
  buckets: {
    uploads: {
      cors: [{ origins: ["https://shop.example.com"], methods: ["PUT"], headers: ["Content-Type"] }],
    },
  },
  names: { buckets: { uploads: UPLOADS } },
  dns: { domain: "shop.example.com" },
});

/** What docs/django-settings.md shows, where this run's servers are, and beside the shop's database. */
const page = documentedEnvironment("docs/django-settings.md", (input) =>
  defineEnvironment({
    ...input,
    region: shop.region,
    network: shop.network,
    database: { databaseName: "page", username: "page" },
  }),
);

/**
 * A shop without a domain, whose tasks have the passwords of the database and the cache from their start, and do one thing at a time;
 * with RQ and Flower.
 */
const plain = defineEnvironment({
  name: "plain",
  region: "us-east-1",
  network: { cidr: "10.91.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: {
    web: {
      ...small,
      port: 8000,
      connectsTo: [...stores],
      healthCheckPath: "/health/live/",
      environment: { WORKER_PROCESSES: "1", WORKER_THREADS: "1" },
    },
    live: {
      ...small,
      port: 8000,
      connectsTo: [...stores],
      django: { settingsModule: "config.settings.production", interface: "asgi" },
      healthCheckPath: "/health/live/",
      routes: [{ priority: 10, paths: ["/ws/*"] }],
    },
    worker: {
      ...small,
      connectsTo: [...stores],
      celery: { longestTaskSeconds: 1 },
      environment: { WORKER_PROCESSES: "1" },
      healthCheck: { command: "python -m django_on_aws.heartbeat /tmp/worker.heartbeat 60" },
    },
    flower: {
      ...small,
      connectsTo: [...stores],
      secrets: { FLOWER_BASIC_AUTH: { generate: { length: 40 } } },
    },
    // It knows nothing of Django, nor of the platform's names.
    rq: { image, cpu: 256, memory: 512, connectsTo: ["redis"], bindings: { RQ_REDIS_URL: "cache.url" } },
  },
  database: { databaseName: "plain", username: "plain" },
  cache: { authentication: "password" },
});

export const ENVIRONMENTS = {
  shop,
  page,
  plain,
  "lightwave-prod": systems.load("lightwave-prod"),
  "pdf-excel-prod": systems.load("pdf-excel-prod"),
  helloapi: systems.load("helloapi"),
  "all-options": allOptions,
} satisfies Record<string, Environment>;

export type EnvironmentName = keyof typeof ENVIRONMENTS;
