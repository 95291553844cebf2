// A running platform with a value in every field that a change of the environment file can touch: what the rows change.
import type { EnvironmentInput } from "../../src/schema/environment";

/** The account that the emulator knows. */
const ACCOUNT = "123456789012";

export const ZONE = "example.com";

export const OUTSIDE_SECRETS = ["fields-outside", "fields-outside-2"] as const;

const image = (name: string) => `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/fields/${name}:1.0.0`;

export const broadEnvironment: EnvironmentInput = {
  name: "fields",
  region: "us-east-1",
  account: ACCOUNT,
  tags: { Team: "one" },
  network: {
    cidr: "10.80.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "single",
    vpcEndpoints: true,
  },
  services: {
    web: {
      image: image("web"),
      port: 8000,
      cpu: 512,
      memory: 1024,
      autoscaling: { minimum: 2, maximum: 4 },
      stickySessions: {},
      connectsTo: [{ to: "postgres", reason: "Orders" }, "redis"],
      sendsTo: ["jobs"],
      django: { settingsModule: "shop.settings", allowedHosts: ["shop.internal"] },
      secrets: { PARTNER: { shared: "partner" }, MARK: { shared: "mark" } },
    },
    api: {
      image: image("web"),
      port: 9000,
      privateName: true,
      cpu: 256,
      memory: 512,
      routes: [{ priority: 10, hosts: ["api.fields.example.com"], paths: ["/api/*"] }],
      healthCheck: { command: "true" },
      command: ["serve"],
      environment: { MODE: "one" },
      secrets: {
        SIGNING_KEY: { generate: { length: 40 } },
        PARTNER_KEY: { secretsManager: OUTSIDE_SECRETS[0], jsonKey: "one" },
      },
      egress: [
        { cidr: "203.0.113.0/24", port: 443, description: "Partner" },
        {
          cidr: "198.51.100.0/24",
          port: { from: 5000, to: 5010 },
          protocol: "udp",
          description: "Telemetry",
        },
        { cidr: "0.0.0.0/0", port: 443, description: "AWS and the layers of images" },
      ],
      connectsTo: ["postgres"],
      mounts: [{ fileSystem: "media", path: "/media", reason: "Uploads" }],
    },
    worker: {
      image: image("web"),
      cpu: 256,
      memory: 512,
      connectsTo: ["redis"],
      consumesFrom: ["jobs"],
      buckets: [{ bucket: "media", access: "read", prefix: "exports/" }],
      permissions: [
        { actions: ["events:PutEvents"], resources: [`arn:aws:events:us-east-1:${ACCOUNT}:event-bus/shop`] },
      ],
      oneOffCommands: { report: ["report"] },
      openTelemetry: {},
      sharedVolumes: { spool: { path: "/spool" } },
      sidecars: {
        helper: {
          image: image("helper"),
          port: 9300,
          cpu: 64,
          memory: 128,
          healthCheck: { command: "true" },
          environment: { MODE: "one" },
          secrets: {
            HELPER_KEY: { generate: { length: 40 } },
            PARTNER_KEY: { secretsManager: OUTSIDE_SECRETS[0], jsonKey: "one" },
          },
          sharedVolumes: { spool: { path: "/spool", readOnly: true } },
        },
      },
      schedules: {
        nightly: { expression: "cron(0 3 * * ? *)", command: ["sweep"] },
        hourly: { expression: "rate(1 hour)", command: "report" },
        weekly: {
          expression: "cron(0 3 ? * MON *)",
          command: { entryPoint: ["sh", "-c"], command: ["tidy"] },
        },
      },
    },
  },
  sharedSecrets: {
    partner: { secretsManager: OUTSIDE_SECRETS[0], jsonKey: "one" },
    mark: { generate: { length: 40 } },
  },
  database: {
    credentials: "secrets-manager",
    parameters: { log_min_duration_statement: "1000" },
    developerAddress: "203.0.113.7/32",
  },
  cache: { parameters: { "maxmemory-policy": "allkeys-lru" } },
  fileSystems: { media: { throughput: "bursting" } },
  queues: { jobs: {} },
  buckets: {
    media: {
      lifecycle: [
        { prefix: "exports/", expireAfterDays: 400, transition: { storageClass: "GLACIER", afterDays: 90 } },
      ],
      cors: [{ origins: ["https://fields.example.com"], methods: ["PUT"] }],
    },
  },
  backup: {},
  registry: { repositories: ["web"] },
  dns: { domain: "fields.example.com", alternativeNames: ["www.fields.example.com"], hostedZoneName: ZONE },
  state: { backend: "s3", bucket: "fields-states", region: "us-east-1", createBucket: true },
  monitoring: { emails: ["ops@fields.example.com"] },
  accountSecurity: {},
  ci: {
    github: { repository: "acme/fields" },
    own: {
      resources: [
        {
          types: ["aws_network_interface"],
          read: ["ec2:DescribeNetworkInterfaces"],
          write: ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"],
          resources: [`arn:aws:ec2:us-east-1:${ACCOUNT}:*/*`],
        },
      ],
    },
  },
  describedFlows: [{ source: "alb", destination: "web", reason: "Pages" }],
  extraMembers: { mail: { tier: "private" } },
  extraFlows: [
    { source: "worker", destination: "mail", port: 25, description: "Mail from worker" },
    {
      source: "worker",
      destination: "api",
      port: { from: 9100, to: 9101 },
      protocol: "tcp",
      description: "Metrics",
    },
  ],
};
