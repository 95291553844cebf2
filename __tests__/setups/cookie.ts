// cookie: a project as the best-known Django template makes it, unchanged.
import type { EnvironmentInput } from "../../src/schema/environment";
import type { ServiceInput } from "../../src/schema/input";

const process = {
  image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/cookie/django:1.0.0",
  cpu: 512,
  memory: 1024,
  presets: ["cookiecutter-django"],
  connectsTo: ["postgres", "redis"],
  buckets: [{ bucket: "media", access: "read-write" }],
  environment: { DJANGO_SETTINGS_MODULE: "config.settings.production", WEB_CONCURRENCY: "4" },
  django: {},
  secrets: {
    DJANGO_ADMIN_URL: { secretsManager: "cookie/admin-url" },
    MAILGUN_API_KEY: { secretsManager: "cookie/mailgun" },
  },
} satisfies Partial<ServiceInput>;

export const cookie: EnvironmentInput = {
  name: "cookie",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: {
    django: {
      ...process,
      port: 5000,
      command: ["/start"],
      writablePaths: ["/tmp", "/app/staticfiles"],
      // It has no page for it: any answer of the application will do, a redirect or a refused host among them.
      healthCheckPath: "/",
      targetHealthCheck: { successCodes: "200-499" },
      healthCheck: {
        command: "python -c \"import socket; socket.create_connection(('127.0.0.1', 5000), 2)\"",
      },
    },
    celeryworker: { ...process, command: ["/start-celeryworker"] },
    celerybeat: { ...process, command: ["/start-celerybeat"], singleton: true },
    flower: {
      ...process,
      port: 5555,
      command: ["/start-flower"],
      desiredCount: 1,
      healthCheckPath: "/healthcheck",
      routes: [{ priority: 10, hosts: ["flower.example.com"], sourceCidrs: ["203.0.113.0/24"] }],
      secrets: {
        ...process.secrets,
        CELERY_FLOWER_USER: { secretsManager: "cookie/flower", jsonKey: "user" },
        CELERY_FLOWER_PASSWORD: { secretsManager: "cookie/flower", jsonKey: "password" },
      },
    },
  },
  database: { engineVersion: "18", applicationUser: { name: "cookie", image: process.image } },
  cache: { authentication: "password" },
  buckets: { media: {} },
  dns: {
    domain: "cookie.example.com",
    alternativeNames: ["flower.example.com"],
    hostedZoneName: "example.com",
  },
};
