// exports: uWSGI and two Celery workers that scale on their backlog, in two stages of one definition.
import type { EnvironmentInput } from "../../src/schema/environment";
import type { SecretInput, ServiceInput } from "../../src/schema/input";

const REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/exports";

/** Half of them are no secrets, but all stand in one path of the stage. */
const PARAMETERS = [
  "ALLOWED_HOSTS",
  "CSRF_COOKIE_DOMAIN",
  "DEFAULT_FROM_EMAIL",
  "FRONTEND_HOST",
  "SESSION_COOKIE_DOMAIN",
  "SITE_ADMINS",
  "SOCIAL_KEY",
  "SOCIAL_SECRET",
];

export function exportsSetup(stage: "staging" | "prod"): EnvironmentInput {
  const isProduction = stage === "prod";
  const parameter = (name: string): SecretInput => ({ ssmParameter: `/exports/${stage}/${name}` });
  const shared = {
    presets: [],
    connectsTo: ["postgres", "redis"],
    buckets: [
      { bucket: "static", access: "read-write" },
      { bucket: "media", access: "read-write" },
    ],
    permissions: [
      {
        actions: ["ses:SendEmail", "ses:SendRawEmail"],
        resources: ["arn:aws:ses:us-east-1:123456789012:identity/*"],
      },
    ],
    stopTimeoutSeconds: 120,
    logRetentionDays: isProduction ? 180 : 30,
    secrets: Object.fromEntries(PARAMETERS.map((name) => [name, parameter(name)])),
  } satisfies Partial<ServiceInput>;
  const bindings = {
    CACHE_ADDRESS: "cache.host",
    CACHE_PORT: "cache.port",
    STATIC_BUCKET_NAME: "buckets.static.name",
    MEDIA_BUCKET_NAME: "buckets.media.name",
    SERVICE_NAME: "service.name",
  } as const;
  const environment = { APP_NAME: "exports", STAGE_NAME: stage, DJANGO_DEBUG: "False" };
  const worker = (queue: string, target: number, more: Readonly<Record<string, string>>) =>
    ({
      ...shared,
      image: `${REGISTRY}/worker:1.0.0`,
      cpu: 1024,
      memory: 2048,
      environment: { ...environment, CELERY_QUEUE: queue, ...more },
      bindings: { ...bindings, DB_SECRET_ARN: "database.secretArn" },
      writablePaths: ["/tmp", "/app/state"],
      healthCheck: {
        command: "celery -A exports inspect ping -d celery@$HOSTNAME",
        intervalSeconds: 30,
        timeoutSeconds: 5,
        retries: 3,
        startPeriodSeconds: 30,
      },
      publishesMetrics: ["Exports/Celery"],
      ...(isProduction
        ? { desiredCount: 2 }
        : {
            capacity: { base: 0, fargateWeight: 0, spotWeight: 1 },
            autoscaling: {
              minimum: 1,
              maximum: 3,
              metric: {
                namespace: "Exports/Celery",
                name: "BacklogPerWorker",
                dimensions: { stage, queue },
                target,
              },
              scaleOutCooldownSeconds: 60,
              scaleInCooldownSeconds: 240,
            },
          }),
    }) satisfies ServiceInput;
  return {
    name: `exports-${stage}`,
    region: "us-east-1",
    production: isProduction,
    network: {
      cidr: isProduction ? "10.2.0.0/16" : "10.1.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b"],
      natGateways: "single",
    },
    services: {
      web: {
        ...shared,
        image: `${REGISTRY}/web:1.0.0`,
        port: 80,
        cpu: isProduction ? 2048 : 1024,
        memory: isProduction ? 4096 : 2048,
        healthCheckPath: "/",
        targetHealthCheck: { successCodes: "200", intervalSeconds: 30, timeoutSeconds: 15 },
        environment,
        secrets: {
          ...shared.secrets,
          MEDIA_SIGNING_KEY: { secretsManager: `exports/${stage}/media-signing-key` },
        },
        bindings: { ...bindings, DB_SECRET: "database.secret" },
        writablePaths: ["/tmp", "/var/log/uwsgi"],
        oneOffCommands: {
          collectstatic: ["python", "manage.py", "collectstatic", "--noinput"],
          migrate: ["python", "manage.py", "migrate", "--noinput"],
        },
        ...(isProduction
          ? {
              autoscaling: { minimum: 2, maximum: 4, requestsPerTarget: 1000 },
              capacity: { base: 1, fargateWeight: 0, spotWeight: 1 },
            }
          : { desiredCount: 1, capacity: { base: 0, fargateWeight: 0, spotWeight: 1 } }),
      },
      worker: worker("celery", 500, { CELERY_RUN_BEAT: "1" }),
      "export-worker": worker("heavy", 5, { CELERY_RUN_BEAT: "0", CELERY_MAX_TASKS_PER_CHILD: "5" }),
    },
    database: {
      engineVersion: "13",
      allocatedStorageGib: 20,
      maxAllocatedStorageGib: 50,
      backupRetentionDays: 7,
      multiAz: isProduction,
    },
    cache: { authentication: "none", transitEncryption: "preferred", nodes: isProduction ? 2 : 1 },
    buckets: { static: { cors: [{ origins: ["*"], methods: ["GET"] }] }, media: {} },
    encryption: { key: "own" },
    dns: { domain: `${stage}-api.example.com`, hostedZoneName: "example.com" },
    policies: {
      suppress: [
        {
          policy: "cache-authenticated",
          reason: "Its settings read an address and a port, and nothing else, for Redis.",
        },
        { policy: "cache-encrypted", reason: "Its client speaks no TLS yet." },
      ],
    },
  };
}
