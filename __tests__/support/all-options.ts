// An environment with every option that none of the documented ones uses: endpoints instead of NAT, a key of its own,
// repositories, backups with copies elsewhere.

import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";

/** In the repository that the environment makes itself. */
const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/all-options/web:1.0.0";
const besideImage = (name: string) =>
  `123456789012.dkr.ecr.us-east-1.amazonaws.com/all-options/${name}:2.0.0`;

export const allOptionsInput: EnvironmentInput = {
  name: "all-options",
  region: "us-east-1",
  network: {
    cidr: "10.70.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "none",
    vpcEndpoints: true,
    privateDomain: "options.internal",
  },
  services: {
    web: {
      image,
      port: 8001,
      // Where the example's servers listen.
      environment: { PORT: "8001" },
      cpu: 256,
      memory: 512,
      connectsTo: ["postgres", "redis", "collector"],
      mounts: [{ fileSystem: "media", path: "/app/media", reason: "Uploads of users" }],
      sendsTo: ["jobs"],
      buckets: [{ bucket: "media", access: "read-write" }],
      databaseUser: "master",
      secrets: { MARK: { shared: "mark" } },
      bindings: {
        MARK_ARN: "secrets.mark.arn",
        CELERY_BROKER_URL: "cache.url",
        CACHE_SECRET_ARN: "cache.secretArn",
      },
      permissions: [
        {
          actions: ["cloudwatch:PutMetricData"],
          resources: ["*"],
          conditions: { StringEquals: { "cloudwatch:namespace": "AllOptions" } },
          reason: "IAM knows no resource for it",
        },
        {
          actions: ["ses:SendEmail"],
          resources: ["arn:aws:ses:us-east-1:123456789012:identity/example.com"],
        },
      ],
      django: { interface: "wsgi" },
      entryPoint: ["/usr/bin/tini", "--"],
      command: ["gunicorn", "web.wsgi", "--timeout", "45", "--graceful-timeout", "60", "--keep-alive", "75"],
      oneOffCommands: {
        migrate: { entryPoint: ["sh", "-c"], command: ["python manage.py migrate ${APP:-} --noinput"] },
      },
      schedules: {
        clearsessions: {
          expression: "cron(30 3 * * ? *)",
          timeZone: "Europe/Berlin",
          command: ["python", "manage.py", "clearsessions"],
          timeLimitMinutes: 15,
          retries: 1,
          startWithinMinutes: 30,
        },
        migrate: { expression: "at(2027-01-31T03:00:00)", enabled: false },
      },
      ulimits: [{ name: "nofile", softLimit: 100_000, hardLimit: 1_048_576 }],
      targetHealthCheck: {
        successCodes: "200-299",
        intervalSeconds: 15,
        timeoutSeconds: 6,
        healthyThreshold: 3,
        unhealthyThreshold: 4,
      },
      deployment: { minimumHealthyPercent: 50, maximumPercent: 150 },
      autoscaling: {
        minimum: 2,
        maximum: 4,
        cpuPercent: 50,
        responseTime: { targetSeconds: 0.8, statistic: "p95" },
        metric: {
          namespace: "AllOptions/Celery",
          name: "Backlog",
          dimensions: { stage: "all-options", queue: "jobs" },
          targetPerTask: 200,
        },
        schedule: {
          night: {
            time: "20:00",
            days: ["FRI", "SAT", "SUN"],
            timeZone: "Europe/Berlin",
            minimum: 0,
            maximum: 0,
          },
          morning: {
            time: "06:30",
            days: ["MON"],
            timeZone: "Europe/Berlin",
            minimum: 2,
            maximum: 4,
          },
        },
        scaleOutCooldownSeconds: 30,
        scaleInCooldownSeconds: 240,
      },
      deregistrationDelaySeconds: 60,
      stopTimeoutSeconds: 90,
      executeCommand: false,
      targetContainer: "nginx",
      targetProtocol: "HTTPS",
      sharedVolumes: { static: { path: "/app/static" } },
      sidecars: {
        nginx: {
          image: besideImage("nginx"),
          port: 8000,
          user: "101",
          command: ["nginx", "-g", "daemon off;"],
          dependsOn: { web: "HEALTHY" },
          healthCheck: { command: ["/bin/check", "8000"], startPeriodSeconds: 5 },
          sharedVolumes: { static: { path: "/usr/share/nginx/html", readOnly: true } },
          mounts: [{ fileSystem: "public", path: "/usr/share/nginx/public", readOnly: true }],
          writablePaths: ["/tmp", "/var/cache/nginx"],
          environment: { UPSTREAM: "http://127.0.0.1:8001" },
        },
      },
    },
    worker: {
      image,
      healthCheck: {
        command: "test -f /tmp/alive",
        intervalSeconds: 20,
        timeoutSeconds: 4,
        retries: 2,
        startPeriodSeconds: 90,
      },
      cpu: 256,
      memory: 512,
      singleton: true,
      ephemeralStorageGib: 50,
      connectsTo: [
        { to: "postgres", description: "Jobs to PostgreSQL", reason: "What is to be done" },
        { to: "collector", ports: [4318, 8888], reason: "Traces and metrics" },
        "web",
      ],
      databaseLogin: "at-connection",
      mounts: [{ fileSystem: "media", path: "/srv/media", readOnly: true }],
      consumesFrom: ["jobs"],
      buckets: [
        { bucket: "media", access: "read" },
        { bucket: "media", access: "write", prefix: "exports/" },
      ],
      publishesMetrics: ["AllOptions/Celery"],
      celery: { longestTaskSeconds: 240 },
      schedules: { report: { expression: "rate(15 minutes)", command: ["report"], overlap: "allowed" } },
      secrets: {
        SIGNING_KEY: { generate: { length: 40 } },
        MAIL_KEY: { ssmParameter: "/mail/all-options/KEY" },
        MARK: { shared: "mark" },
      },
      bindings: {
        jobs_queue: "queues.jobs.name",
        AWS_STORAGE_BUCKET_NAME: "buckets.media.name",
        MEDIA_HOST: "buckets.media.domainName",
        MEDIA_ARN: "buckets.media.arn",
        DB_SECRET_ARN: "database.secretArn",
        STAGE: "environment.name",
        MAIL_KEY_ARN: "secrets.mail.arn",
        OTEL_EXPORTER_OTLP_ENDPOINT: "services.collector.url",
        WEB_HOST: "services.web.host",
        DATABASE_URL: "database.url",
      },
      openTelemetry: { image: besideImage("collector"), samplePercent: 10 },
      dependsOn: { setup: "SUCCESS" },
      sidecars: {
        setup: { image, essential: false, command: ["python", "manage.py", "check"] },
        reporter: {
          image: besideImage("reporter"),
          cpu: 32,
          memory: 128,
          memoryReservation: 64,
          stopTimeoutSeconds: 10,
          secrets: { REPORTER_KEY: { generate: { length: 40 } } },
          bindings: { REPORTER_STAGE: "environment.name" },
        },
      },
    },
    collector: {
      image,
      port: 4318,
      internal: true,
      extraPorts: [8888],
      privateName: true,
      cpu: 256,
      memory: 512,
      desiredCount: 1,
    },
  },
  sharedSecrets: { mark: { generate: { length: 40 } }, mail: { ssmParameter: "/mail/all-options/OTHER" } },
  database: {
    developerAddress: "203.0.113.7/32",
    passwordRotation: { schedule: "rate(90 days)", windowHours: 2 },
    applicationUser: { name: "shop", image },
  },
  cache: { authentication: "password" },
  fileSystems: {
    media: {
      label: "Uploads",
      owner: { uid: 10_001, gid: 10_002 },
      throughput: "bursting",
      infrequentAccessAfterDays: 90,
    },
    public: { infrequentAccessAfterDays: false, backup: false },
  },
  queues: { jobs: {} },
  buckets: {
    media: {
      oldVersionDays: 90,
      lifecycle: [
        { prefix: "exports/", expireAfterDays: 365, transition: { storageClass: "GLACIER", afterDays: 90 } },
        { prefix: "drafts/", expireAfterDays: 7 },
        { transition: { storageClass: "INTELLIGENT_TIERING", afterDays: 30 } },
      ],
      cors: [
        {
          origins: ["https://all-options.example.com", "https://*.example.com"],
          methods: ["PUT", "POST"],
          headers: ["Content-Type", "x-amz-*"],
          maxAgeSeconds: 600,
        },
        { origins: ["*"], methods: ["GET", "HEAD"], exposedHeaders: [] },
      ],
    },
    scratch: { versioned: false },
  },
  encryption: { key: "own" },
  registry: { namespace: "all-options", pulledBy: ["210987654321"], repositories: ["web"] },
  dns: { domain: "all-options.example.com" },
  outputs: { parameterPrefix: "/platforms" },
  describedFlows: [{ source: "alb", destination: "web", reason: "Pages" }],
  backup: { copyTo: { region: "us-west-2", retentionDays: 90 } },
};

export const allOptions = defineEnvironment(allOptionsInput);
