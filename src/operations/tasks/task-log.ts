// The last lines that a container of a task has logged.

import { stripVTControlCharacters } from "node:util";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { createWaiter, WaiterState } from "@smithy/core/client";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";
import type { LogStream } from "./log-stream";

/** How many lines are shown. */
const LINES = 20;

/** Seconds that CloudWatch Logs may take to have what a stopped container wrote last. */
const INGESTION = 10;

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
