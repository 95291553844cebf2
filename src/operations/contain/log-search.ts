// Searches a service's log group for signs of trouble.
import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsSession } from "../aws/session";
import { filterPattern } from "./log-pattern";

export interface LogSearch {
  readonly logGroup: string;
  /** A regular expression; every event that is found matches it. */
  readonly pattern: string;
  /** Where the search begins. */
  readonly since: Date;
  /** Events at most. */
  readonly limit: number;
}

export interface FoundEvents {
  /** The earliest first. */
  readonly events: readonly {
    /** ISO 8601. */
    readonly time: string;
    /** The log stream; its last part is the task's ID. */
    readonly stream: string;
    readonly message: string;
  }[];
  /** Whether there are more than the limit. */
  readonly truncated: boolean;
}

/** Searches until the limit is passed or the log group ends. */
export async function searchLogs(
  aws: AwsSession,
  { logGroup, pattern, since, limit }: LogSearch,
): Promise<FoundEvents> {
  const expression = new RegExp(pattern);
  const events: FoundEvents["events"][number][] = [];
  for await (const page of paginateFilterLogEvents(
    { client: aws.client(CloudWatchLogsClient) },
    { logGroupName: logGroup, startTime: since.getTime(), filterPattern: filterPattern(pattern) },
  )) {
    for (const { timestamp = 0, logStreamName = "", message = "" } of page.events ?? []) {
      if (expression.test(message)) {
        if (events.length === limit) {
          return { events, truncated: true };
        }
        events.push({ time: new Date(timestamp).toISOString(), stream: logStreamName, message });
      }
    }
  }
  return { events, truncated: false };
}
