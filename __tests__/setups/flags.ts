// flags: an off-the-shelf Django image, which cannot be changed, as three services, and a collector of traces beside them.
import type { EnvironmentInput } from "../../src/schema/environment";
import type { ServiceInput } from "../../src/schema/input";

const REGION = "eu-west-2";
const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:123456789012:${resource}`;

const process = {
  image: "flags.example.org/flags/flags:2.100.0",
  imageCredentials: { secretsManager: "flags/registry" },
  cpu: 1024,
  memory: 2048,
  presets: ["urls"],
  environment: {
    DJANGO_ALLOWED_HOSTS: "*",
    PROMETHEUS_ENABLED: "True",
    INGESTION_REDIS_URL: "rediss://ingestion.example.org:6379",
  },
  secrets: {
    DJANGO_SECRET_KEY: { shared: "django" },
    ANALYTICS_KEY: { secretsManager: "flags/keys", jsonKey: "analytics" },
    SENTRY_KEY: { secretsManager: "flags/keys", jsonKey: "sentry" },
    LICENCE: { secretsManager: "flags/licence" },
  },
  bindings: { OTEL_EXPORTER_OTLP_ENDPOINT: "services.collector.url" },
  permissions: [
    {
      actions: [
        "dynamodb:BatchGetItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
      ],
      resources: ["environments", "identities", "projects"].map((table) =>
        arn("dynamodb", `table/flags-${table}`),
      ),
    },
    {
      actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
      resources: [arn("firehose", "deliverystream/flags")],
    },
    { actions: ["events:PutEvents"], resources: [arn("events", "event-bus/flags")] },
  ],
} satisfies Partial<ServiceInput>;

const api = {
  ...process,
  port: 8000,
  command: ["start", "--keep-alive", "75", "api"],
  healthCheckPath: "/health",
  healthCheck: {
    command: "flags healthcheck tcp",
    intervalSeconds: 10,
    timeoutSeconds: 2,
    retries: 5,
    startPeriodSeconds: 5,
  },
} satisfies Partial<ServiceInput>;

export const flags: EnvironmentInput = {
  name: "flags",
  region: REGION,
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-2a", "eu-west-2b"] },
  services: {
    "admin-api": {
      ...api,
      connectsTo: ["postgres", "collector"],
      oneOffCommands: { migrate: ["migrate"] },
      routes: [{ priority: 10, hosts: ["api.example.com"] }],
    },
    "sdk-api": {
      ...api,
      connectsTo: ["postgres", "collector"],
      routes: [{ priority: 20, hosts: ["edge.example.com"] }],
    },
    "task-processor": {
      ...process,
      port: 8000,
      internal: true,
      extraPorts: [9100],
      command: ["start", "task-processor"],
      connectsTo: ["postgres", "collector"],
    },
    collector: {
      image: "otel/opentelemetry-collector-contrib:0.130.0",
      cpu: 256,
      memory: 512,
      port: 4318,
      internal: true,
      presets: [],
      connectsTo: [{ to: "task-processor", ports: [8000, 9100], reason: "Its metrics and its health" }],
    },
  },
  sharedSecrets: { django: { generate: { length: 64 } } },
  database: {
    applicationUser: {
      name: "flags",
      image: "123456789012.dkr.ecr.eu-west-2.amazonaws.com/flags/psql:1.0.0",
    },
  },
  dns: { domain: "api.example.com", alternativeNames: ["edge.example.com"], hostedZoneName: "example.com" },
};
