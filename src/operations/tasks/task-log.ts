// The last lines that a container of a task has logged.

import { stripVTControlCharacters } from "node:util";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { createWaiter, WaiterState } from "@smithy/core/client";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";

/** How many lines are shown. */
const LINES = 20;

/** Seconds that CloudWatch Logs may take to have what a stopped container wrote last. */
const INGESTION = 10;

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

/** The last lines of a stream, without escape sequences; none where the container never wrote. */
export async function lastLines(aws: AwsSession, { group, stream }: LogStream): Promise<string[]> {
  const client = aws.client(CloudWatchLogsClient);
  const { final = [] } = await createWaiter<CloudWatchLogsClient, LogStream, string[]>(
    { client, minDelay: 2, maxDelay: 2, maxWaitTime: INGESTION, abortSignal: aws.signal },
    { group, stream },
    async () => {
      if (aws.signal.aborted) {
        return { state: WaiterState.ABORTED };
      }
      const answer = await unlessAbsent(
        client.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: LINES })),
        "ResourceNotFoundException",
      );
      const lines = (answer?.events ?? []).map(({ message = "" }) =>
        stripVTControlCharacters(message.trimEnd()),
      );
      return lines.length > 0 ? { state: WaiterState.SUCCESS, reason: lines } : { state: WaiterState.RETRY };
    },
  );
  aws.signal.throwIfAborted();
  return final;
}
