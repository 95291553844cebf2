// The container definition: what ECS is told about the one container of a task.
import { type ContainerProps, containerDefinition } from "../../src/service/container";
import { SECRET } from "./fixtures";

const PROPS: ContainerProps = {
  name: "web",
  image: "shop/web:1.0.0",
  command: undefined,
  environment: {},
  secrets: [],
  writablePaths: ["/tmp"],
  executeCommand: true,
  stopTimeoutSeconds: 120,
  region: "eu-west-1",
  logGroupName: "/ecs/shop/web",
  logStreamPrefix: "ecs",
};

describe("containerDefinition", () => {
  it("sorts variables and secrets by name, and keeps them apart", () => {
    const second = { ...SECRET, name: "A_SECRET", valueFrom: `${SECRET.source.arn}:key::` };
    const { environment, secrets } = containerDefinition({
      ...PROPS,
      environment: { B: "2", a: "3", A: "1" },
      secrets: [SECRET, second],
    });
    expect(environment).toEqual([
      { name: "A", value: "1" },
      { name: "B", value: "2" },
      { name: "a", value: "3" },
    ]);
    expect(secrets).toEqual([
      {
        name: "A_SECRET",
        valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-AbCdEf:key::",
      },
      { name: "SECRET_KEY", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-AbCdEf" },
    ]);
  });

  it("says what starts the command, where the image's own entry point is not to, and escapes it", () => {
    expect(containerDefinition(PROPS)).not.toHaveProperty("entryPoint");
    const words = { entryPoint: ["sh", "-c"], command: ['echo "%{x}"'] };
    expect(containerDefinition({ ...PROPS, ...words })).toMatchObject({
      entryPoint: ["sh", "-c"],
      command: ['echo \\"%%{x}\\"'],
    });
  });

  it("limits what is to be limited, and leaves the rest to Fargate", () => {
    expect(containerDefinition(PROPS)).not.toHaveProperty("ulimits");
    const ulimits = [{ name: "nofile" as const, softLimit: 100_000, hardLimit: 200_000 }];
    expect(containerDefinition({ ...PROPS, ulimits }).ulimits).toEqual([
      { name: "nofile", softLimit: 100_000, hardLimit: 200_000 },
    ]);
  });

  it("has a read-only root filesystem, writable just where it must be", () => {
    const { readonlyRootFilesystem, mountPoints } = containerDefinition(PROPS);
    expect(readonlyRootFilesystem).toBe(true);
    expect(mountPoints).toEqual([
      { containerPath: "/tmp", sourceVolume: "tmp", readOnly: false },
      { containerPath: "/var/lib/amazon", sourceVolume: "var-lib-amazon", readOnly: false },
      { containerPath: "/var/log/amazon", sourceVolume: "var-log-amazon", readOnly: false },
    ]);
  });

  it("logs to its log group without ever waiting for it", () => {
    expect(containerDefinition(PROPS).logConfiguration).toEqual({
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/ecs/shop/web",
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "ecs",
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    });
  });

  it("is essential, has an init process and the time to stop that it is given", () => {
    expect(containerDefinition(PROPS)).toMatchObject({
      essential: true,
      linuxParameters: { initProcessEnabled: true },
      stopTimeout: 120,
    });
  });

  it("logs in to a registry with the secret that it is given, and else with none", () => {
    expect(containerDefinition({ ...PROPS, imageCredentialsArn: SECRET.source.arn })).toMatchObject({
      repositoryCredentials: { credentialsParameter: SECRET.source.arn },
    });
    expect(containerDefinition(PROPS)).not.toHaveProperty("repositoryCredentials");
  });

  it("leaves command, port and health check out where there is none", () => {
    const container = containerDefinition(PROPS);
    expect(container).not.toHaveProperty("command");
    expect(container).not.toHaveProperty("portMappings");
    expect(container).not.toHaveProperty("healthCheck");
  });

  it("takes a command and a port", () => {
    expect(
      containerDefinition({ ...PROPS, port: 8000, command: ["sh", "-c", 'echo "$PORT"'] }),
    ).toMatchObject({
      portMappings: [{ containerPort: 8000, hostPort: 8000, protocol: "tcp" }],
      command: ["sh", "-c", 'echo \\"$PORT\\"'],
    });
  });
});
