// chatbot: nginx beside gunicorn, a worker and a scheduler, in three stages of one definition; it came from AWS Copilot.
import type { EnvironmentInput } from "../../src/schema/environment";
import type { SecretInput, ServiceInput } from "../../src/schema/input";

const REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/chatbot";

const STAGES = {
  dev: {
    cidr: "10.1.0.0/16",
    domain: "dev.chatbot.example.com",
    cpu: 512,
    memory: 1024,
    count: 1,
    spot: true,
  },
  test: {
    cidr: "10.2.0.0/16",
    domain: "test.chatbot.example.com",
    cpu: 512,
    memory: 1024,
    count: 1,
    spot: true,
  },
  prod: {
    cidr: "10.3.0.0/16",
    domain: "chatbot.example.com",
    cpu: 1024,
    memory: 2048,
    count: 2,
    spot: false,
  },
} as const;

export function chatbot(stage: keyof typeof STAGES): EnvironmentInput {
  const { cidr, domain, cpu, memory, count, spot } = STAGES[stage];
  const parameter = (name: string): SecretInput => ({
    ssmParameter: `/copilot/chatbot/${stage}/secrets/${name}`,
  });
  const app = {
    image: `${REGISTRY}/app:1.0.0`,
    presets: [],
    logRetentionDays: 30,
    connectsTo: ["postgres", "redis"],
    secrets: {
      DJANGO_SECRET_KEY: parameter("DJANGO_SECRET_KEY"),
      OPENAI_API_KEY: parameter("OPENAI_API_KEY"),
    },
    bindings: { DB_SECRET: "database.secret", REDIS_HOST: "cache.host" },
    capacity: spot ? { base: 0, fargateWeight: 0, spotWeight: 1 } : {},
  } satisfies Partial<ServiceInput>;
  return {
    name: `chatbot-${stage}`,
    region: "us-east-1",
    production: stage === "prod",
    network: { cidr, availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
    services: {
      web: {
        ...app,
        cpu,
        memory,
        desiredCount: count,
        port: 8000,
        privateName: true,
        targetContainer: "nginx",
        targetProtocol: "HTTPS",
        healthCheckPath: "/api/health/",
        healthCheckGracePeriodSeconds: 120,
        entryPoint: ["/app/entrypoint.prod.sh"],
        oneOffCommands: { migrate: ["python", "manage.py", "migrate"] },
        sidecars: {
          nginx: { image: `${REGISTRY}/nginx:1.0.0`, port: 443, dependsOn: { web: "START" }, bindings: {} },
        },
      },
      worker: {
        ...app,
        cpu: 512,
        memory: 1024,
        desiredCount: 1,
        connectsTo: ["postgres", "redis", { to: "web", reason: "Its own API" }],
        command: ["celery", "-A", "chatbot", "worker", "--concurrency", "2"],
      },
      scheduler: {
        ...app,
        cpu: 256,
        memory: 512,
        singleton: true,
        command: [
          "celery",
          "-A",
          "chatbot",
          "beat",
          "--scheduler",
          "django_celery_beat.schedulers:DatabaseScheduler",
        ],
      },
    },
    database: { databaseName: "chatbot", username: "chatbot", multiAz: stage === "prod" },
    cache: { authentication: "none", nodes: stage === "prod" ? 2 : 1 },
    dns: { domain, hostedZoneName: "example.com" },
    policies: {
      suppress: [
        { policy: "cache-authenticated", reason: "Its settings read a host, and nothing else, for Redis." },
      ],
    },
  };
}
