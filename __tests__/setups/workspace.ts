// workspace: an admin that starts tasks itself, in a network of its own, with users' files on EFS and in three buckets.
import type { EnvironmentInput } from "../../src/schema/environment";
import type { ServiceInput } from "../../src/schema/input";

const REGION = "eu-west-2";
const ACCOUNT = "123456789012";
const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const process = {
  image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/workspace/admin:1.0.0`,
  memory: 4096,
  desiredCount: 2,
  presets: [],
  connectsTo: ["postgres", "redis"],
  mounts: [{ fileSystem: "users", path: "/home/users" }],
  buckets: [
    { bucket: "uploads", access: "read-write" },
    { bucket: "notebooks", access: "read-write" },
    { bucket: "archive", access: "write" },
  ],
  bindings: {
    ADMIN_DB__HOST: "database.host",
    ADMIN_DB__NAME: "database.name",
    ADMIN_DB__USER: "database.user",
    ADMIN_DB__PASSWORD: "database.password",
    redis_host: "cache.host",
    s3__uploads__bucket: "buckets.uploads.name",
    s3__notebooks__bucket: "buckets.notebooks.name",
  },
  environment: {
    DATA_DB__my_database__HOST: "datasets.internal.example.org",
    DATA_DB__datasets_1__USER: "reader",
  },
  deployment: { minimumHealthyPercent: 100, maximumPercent: 600 },
} satisfies Partial<ServiceInput>;

export const workspace: EnvironmentInput = {
  name: "workspace",
  region: REGION,
  network: { cidr: "172.16.0.0/16", availabilityZones: ["eu-west-2a", "eu-west-2b"] },
  services: {
    admin: {
      ...process,
      cpu: 2048,
      port: 8000,
      privateName: true,
      healthCheckPath: "/healthcheck",
      deregistrationDelaySeconds: 10,
      permissions: [
        {
          actions: ["ecs:RunTask"],
          resources: [arn("ecs", "task-definition/workspace-notebook:*")],
          conditions: { ArnEquals: { "ecs:cluster": arn("ecs", "cluster/workspace") } },
        },
        {
          actions: ["ecs:DescribeTasks", "ecs:StopTask"],
          resources: [arn("ecs", "task/workspace/*")],
        },
        {
          actions: ["iam:PassRole"],
          resources: [
            `arn:aws:iam::${ACCOUNT}:role/workspace-notebook-task`,
            `arn:aws:iam::${ACCOUNT}:role/workspace-notebook-execution`,
          ],
          conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        },
      ],
    },
    celery: { ...process, cpu: 1024, command: ["celery", "-A", "workspace", "worker"] },
    // The family that admin starts tasks of; none runs by itself.
    notebook: {
      image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/workspace/notebook:1.0.0`,
      cpu: 1024,
      memory: 2048,
      desiredCount: 0,
      presets: [],
      connectsTo: [{ to: "admin", reason: "Its own API" }, "postgres"],
    },
  },
  fileSystems: { users: {} },
  database: {
    backupRetentionDays: 31,
    backupWindow: "03:29-03:59",
    maintenanceWindow: "sun:04:30-sun:05:00",
  },
  cache: { authentication: "none", nodes: 1 },
  buckets: {
    uploads: { cors: [{ origins: ["https://data.example.org"], methods: ["GET", "POST", "PUT"] }] },
    notebooks: {},
    archive: { lifecycle: [{ transition: { storageClass: "GLACIER", afterDays: 90 } }] },
  },
  dns: {
    domain: "data.example.org",
    alternativeNames: ["*.data.example.org"],
    hostedZoneName: "example.org",
  },
  production: false,
  policies: {
    suppress: [
      { policy: "cache-authenticated", reason: "Its settings read a host, and nothing else, for Redis." },
    ],
  },
};
