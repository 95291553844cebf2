// hello: nginx beside Django in one task, with static files on a shared volume.
import type { EnvironmentInput } from "../../src/schema/environment";

const REGISTRY = "123456789012.dkr.ecr.us-west-1.amazonaws.com/hello";

export const hello: EnvironmentInput = {
  name: "hello",
  region: "us-west-1",
  production: false,
  network: {
    cidr: "10.0.0.0/16",
    availabilityZones: ["us-west-1a", "us-west-1b"],
    // Tasks in public subnets with a public address: no NAT to pay.
    natGateways: "none",
  },
  services: {
    web: {
      image: `${REGISTRY}/django:1.0.0`,
      cpu: 256,
      memory: 512,
      port: 8000,
      autoscaling: { minimum: 1, maximum: 10, cpuPercent: 75 },
      desiredCount: 2,
      healthCheckPath: "/ping/",
      healthCheck: { command: "curl --fail --silent http://127.0.0.1:8000/ping/" },
      command: ["gunicorn", "hello.wsgi", "--bind", "127.0.0.1:8000"],
      targetContainer: "nginx",
      sidecars: {
        nginx: {
          image: `${REGISTRY}/nginx:1.0.0`,
          port: 80,
          dependsOn: { web: "HEALTHY" },
          mounts: [{ fileSystem: "static", path: "/static", readOnly: true }],
        },
      },
      mounts: [{ fileSystem: "static", path: "/app/static" }],
      oneOffCommands: {
        collectstatic: ["python", "manage.py", "collectstatic", "--noinput"],
        migrate: ["python", "manage.py", "migrate", "--noinput"],
      },
      presets: [],
      connectsTo: ["postgres"],
      bindings: {
        RDS_DB_NAME: "database.name",
        RDS_USERNAME: "database.user",
        RDS_PASSWORD: "database.password",
        RDS_HOSTNAME: "database.host",
        RDS_PORT: "database.port",
      },
    },
  },
  fileSystems: { static: {} },
  database: {
    engineVersion: "15",
    instanceClass: "db.t4g.micro",
    multiAz: false,
    allocatedStorageGib: 20,
  },
  dns: {
    domain: "hello.example.com",
    hostedZoneName: "example.com",
    certificateArn: "arn:aws:acm:us-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  },
};
