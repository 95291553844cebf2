// A task that the platform runs once for itself, in an image that is nobody's service: as nobody, and with no rights in AWS.
import { Construct } from "constructs";
import type { ToolTaskNames } from "../model/names/services";
import { LogGroup } from "../observability/log-group";
import { parseImage } from "../schema/image";
import type { ContainerSecret } from "../secrets/container-secret";
import { accountIdOf } from "../terraform/account";
import { containerDefinition } from "./container";
import { ExecutionRole } from "./execution-role";
import { TaskDefinition } from "./task-definition";

/** Days that the log of the task is kept. */
const LOG_RETENTION_DAYS = 90;

/** The smallest size of Fargate's: what runs here opens a few connections. */
const SIZE = { cpu: 256, memory: 512, architecture: "X86_64" } as const;

/** Seconds between asking it to stop and killing it. */
const STOP_TIMEOUT = 30;

/** Nobody, by the number that any image takes: it needs no rights in the container. */
const NOBODY = "65534";

/** It writes no file, and nobody opens a shell in it. */
const CLOSED = { writablePaths: [], executeCommand: false };

export interface ToolTaskProps {
  /** Names the resources in Terraform. */
  readonly resourceName: string;
  readonly names: ToolTaskNames;
  /** What the role that starts it is for. */
  readonly description: string;
  readonly region: string;
  /** The container's name. */
  readonly container: string;
  /** The image with its tag or digest: public, or in ECR. */
  readonly image: string;
  /** Default: whoever runs the task says it. */
  readonly command?: readonly string[];
  /** Plain variables by name. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that ECS reads from Secrets Manager when the task starts. */
  readonly secrets: readonly ContainerSecret[];
  /** The KMS key of the secrets and the log. Default: AWS's own keys. */
  readonly kmsKeyArn?: string | undefined;
}

export class ToolTask extends Construct {
  constructor(scope: Construct, id: string, props: ToolTaskProps) {
    super(scope, id);
    const { resourceName, names, description, region, container, image, secrets, kmsKeyArn } = props;
    const logs = new LogGroup(this, "logs", {
      resourceName,
      name: names.logGroup,
      retentionDays: LOG_RETENTION_DAYS,
      kmsKeyArn,
    });
    const executionRole = new ExecutionRole(this, "execution-role", {
      serviceKey: resourceName,
      description,
      name: names.executionRole,
      region,
      accountId: accountIdOf(this),
      repositories: [parseImage(image)?.repository ?? ""],
      logGroupArn: logs.arn,
      secrets: secrets.map(({ source }) => source),
      kmsKeyArn,
    });
    new TaskDefinition(this, "task", {
      resourceName,
      family: names.family,
      size: SIZE,
      executionRoleArn: executionRole.arn,
      keepRevisions: false,
      volumes: [],
      containers: [
        containerDefinition({
          ...CLOSED,
          name: container,
          image,
          user: NOBODY,
          command: props.command,
          environment: props.environment,
          secrets,
          stopTimeoutSeconds: STOP_TIMEOUT,
          region,
          logGroupName: logs.name,
          logStreamPrefix: "once",
        }),
      ],
    });
  }
}
