// alpha: an API, a Nuxt front end, a worker, beat, and a command that runs once with each release.
import type { EnvironmentInput } from "../../src/schema/environment";
import type { ServiceInput } from "../../src/schema/input";

const REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/alpha";

const backend = {
  image: `${REGISTRY}/backend:1.0.0`,
  presets: [],
  connectsTo: ["postgres", "redis"],
  buckets: [{ bucket: "assets", access: "read-write" }],
  environment: {
    DJANGO_SETTINGS_MODULE: "backend.settings.production",
    APP_NAME: "alpha",
    EMAIL_HOST: "smtp.example.com",
    EMAIL_PORT: "587",
    EMAIL_HOST_USER: "alpha",
  },
  secrets: {
    EMAIL_HOST_PASSWORD: { secretsManager: "alpha/mail" },
    SENTRY_DSN: { secretsManager: "alpha/sentry" },
    PAYMENTS_API_KEY: { secretsManager: "alpha/payments" },
  },
  bindings: {
    POSTGRES_SERVICE_HOST: "database.host",
    POSTGRES_NAME: "database.name",
    POSTGRES_USER: "database.user",
    POSTGRES_PASSWORD: "database.password",
    REDIS_SERVICE_HOST: "cache.host",
    S3_BUCKET_NAME: "buckets.assets.name",
    BASE_STACK_NAME: "environment.name",
  },
} satisfies Partial<ServiceInput>;

export const alpha: EnvironmentInput = {
  name: "alpha",
  region: "us-east-1",
  network: {
    cidr: "10.0.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    natGateways: "single",
  },
  services: {
    gunicorn: {
      ...backend,
      cpu: 1024,
      memory: 2048,
      desiredCount: 1,
      port: 8000,
      healthCheckPath: "/api/health-check/",
      routes: [
        { priority: 10, hosts: ["alpha.example.com"], paths: ["/api/*", "/admin/*", "/graphql/*", "/mtv/*"] },
      ],
      command: ["gunicorn", "backend.wsgi", "--bind", "0.0.0.0:8000", "--timeout", "1000"],
      oneOffCommands: { "pre-update": ["python", "manage.py", "pre_update"] },
    },
    "web-ui": {
      image: `${REGISTRY}/web-ui:1.0.0`,
      cpu: 256,
      memory: 512,
      desiredCount: 1,
      port: 3000,
      presets: [],
      routes: [{ priority: 20, hosts: ["alpha.example.com"] }],
      healthCheckPath: "/",
      healthCheck: { command: "node -e \"fetch('http://127.0.0.1:3000').catch(() => process.exit(1))\"" },
    },
    worker: {
      ...backend,
      cpu: 512,
      memory: 1024,
      command: ["celery", "--app=backend.celery_app:app", "worker", "-Q", "default"],
    },
    beat: {
      ...backend,
      cpu: 256,
      memory: 512,
      command: ["celery", "--app=backend.celery_app:app", "beat"],
      singleton: true,
    },
  },
  database: {
    engineVersion: "17",
    instanceClass: "db.t4g.micro",
    multiAz: false,
    databaseName: "alpha",
    username: "alpha",
  },
  cache: { authentication: "none", nodes: 1 },
  buckets: { assets: { cors: [{ origins: ["https://alpha.example.com"], methods: ["GET"] }] } },
  dns: { domain: "alpha.example.com", hostedZoneName: "example.com" },
  loadBalancer: { idleTimeoutSeconds: 1000 },
  production: false,
  policies: {
    suppress: [
      { policy: "cache-authenticated", reason: "Its settings read a host, and nothing else, for Redis." },
    ],
  },
};
