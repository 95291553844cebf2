// The definition of one container of a task: a service's own, a sidecar, or a command that runs once.
import type { Service } from "../schema/service";
import type { Sidecar } from "../schema/sidecar";
import type { ContainerSecret } from "../secrets/container-secret";
import type { ContainerHealthCheck } from "./container-health-check";
import { type FileMount, fileFolders } from "./file-mounts";
import { literal } from "./literal";
import { sharedVolumes, type VolumeSource } from "./shared-volumes";
import { writableFolders } from "./writable-folders";

export interface ContainerProps extends VolumeSource {
  /** The container's name. */
  readonly name: string;
  /** The image with its tag or digest. */
  readonly image: string;
  /** The ARN of the secret that ECS logs in to the image's registry with. Default: none. */
  readonly imageCredentialsArn?: string | undefined;
  /** The user that it runs as, in the image's or by number. Default: the image decides. */
  readonly user?: string | undefined;
  /** Replaces the image's entry point. */
  readonly entryPoint?: readonly string[] | undefined;
  /** Replaces the image's command. */
  readonly command: readonly string[] | undefined;
  /** Plain variables by name. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that ECS reads from Secrets Manager when the task starts. */
  readonly secrets: readonly ContainerSecret[];
  /** Where it finds shared files. Default: nowhere. */
  readonly mounts?: readonly FileMount[] | undefined;
  /** Limits other than Fargate's own. */
  readonly ulimits?: Service["ulimits"];
  /** Seconds between asking it to stop and killing it. */
  readonly stopTimeoutSeconds: number;
  /** The region that logs are written in. */
  readonly region: string;
  readonly logGroupName: string;
  /** What the names of log streams begin with. */
  readonly logStreamPrefix: string;
  /** The port that it listens on. */
  readonly port?: number | undefined;
  readonly healthCheck?: ContainerHealthCheck | undefined;
  /** Whether the task ends with it. Default: it does. */
  readonly essential?: boolean;
  /** What it waits for, by the names of other containers. Default: nothing. */
  readonly dependsOn?: Service["dependsOn"];
  /** What it has of the task's CPU (units) and memory (MiB). Default: whatever nobody else has. */
  readonly share?: Partial<Pick<Sidecar, "cpu" | "memory" | "memoryReservation">>;
}

/** A container definition, in the words of the ECS API's `ContainerDefinition`. */
export type Container = Readonly<Record<string, unknown>>;

/** The definition of a container, with whatever Terraform fills in later as tokens. */
export function containerDefinition(props: ContainerProps): Container {
  const { name, image, imageCredentialsArn, user, entryPoint, command, environment, secrets } = props;
  const { port, healthCheck, ulimits, essential = true, dependsOn = {}, share = {} } = props;
  return {
    name,
    image,
    ...(imageCredentialsArn === undefined
      ? {}
      : { repositoryCredentials: { credentialsParameter: imageCredentialsArn } }),
    essential,
    ...share,
    ...(user === undefined ? {} : { user }),
    ...(entryPoint ? { entryPoint: entryPoint.map(literal) } : {}),
    ...(command ? { command: command.map(literal) } : {}),
    ...(port === undefined
      ? {}
      : { portMappings: [{ containerPort: port, hostPort: port, protocol: "tcp" }] }),
    ...(healthCheck ? { healthCheck } : {}),
    ...(Object.keys(dependsOn).length === 0 ? {} : { dependsOn: waiting(dependsOn) }),
    // Sorted, so that the order in which variables are given never makes a new revision.
    environment: Object.entries(environment)
      .sort(([a], [b]) => compare(a, b))
      .map(([variable, value]) => ({ name: variable, value: literal(value) })),
    secrets: [...secrets]
      .sort((a, b) => compare(a.name, b.name))
      .map(({ name: variable, valueFrom }) => ({ name: variable, valueFrom })),
    readonlyRootFilesystem: true,
    mountPoints: [
      ...writableFolders(props).map((folder) => ({ ...folder, readOnly: false })),
      ...sharedVolumes(props),
      ...fileFolders(props.mounts),
    ].map(({ path, volume, readOnly }) => ({ containerPath: path, sourceVolume: volume, readOnly })),
    // Reaps the processes that ECS Exec and the application leave behind, and passes signals on.
    linuxParameters: { initProcessEnabled: true },
    ...(ulimits ? { ulimits } : {}),
    stopTimeout: props.stopTimeoutSeconds,
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": props.logGroupName,
        "awslogs-region": props.region,
        "awslogs-stream-prefix": props.logStreamPrefix,
        // The application goes on when CloudWatch is slow; beyond the buffer, log lines are lost instead. The size is
        // the one that AWS advises: "Preventing log loss with non-blocking mode in the AWSLogs container log driver".
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    },
  };
}

/** By name, so that the order in which a file has them never makes a new revision. */
function waiting(dependsOn: Service["dependsOn"]) {
  return Object.entries(dependsOn)
    .sort(([a], [b]) => compare(a, b))
    .map(([containerName, condition]) => ({ containerName, condition }));
}

/** Orders by code unit: the same everywhere, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
