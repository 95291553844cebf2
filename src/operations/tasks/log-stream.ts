// Where a container of a task writes its log in CloudWatch Logs.
import type { ContainerDefinition } from "@aws-sdk/client-ecs";

export interface LogStream {
  readonly group: string;
  readonly stream: string;
}

/**
 * The stream that a container of a task writes to; `undefined` where it does not log to CloudWatch Logs. Its name is
 * prefix, container and task: "Using the awslogs log driver", `awslogs-stream-prefix`.
 */
export function logStreamOf(
  { name, logConfiguration }: Pick<ContainerDefinition, "name" | "logConfiguration">,
  taskArn: string,
): LogStream | undefined {
  const { "awslogs-group": group, "awslogs-stream-prefix": prefix } = logConfiguration?.options ?? {};
  return logConfiguration?.logDriver === "awslogs" && group !== undefined && prefix !== undefined
    ? { group, stream: `${prefix}/${name}/${taskArn.split("/").at(-1)}` }
    : undefined;
}
