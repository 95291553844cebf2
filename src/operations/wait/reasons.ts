// Asks AWS why a resource is not ready; only where it is not.
import {
  DescribeTasksCommand,
  ECSClient,
  paginateListTasks,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import {
  type Event as CacheEvent,
  ElastiCacheClient,
  paginateDescribeEvents as paginateCacheEvents,
} from "@aws-sdk/client-elasticache";
import { type Event, paginateDescribeEvents as paginateDatabaseEvents, RDSClient } from "@aws-sdk/client-rds";
import type { Environment } from "../../model/environment";
import type { AwsSession } from "../aws/session";
import type { LiveCache } from "../live/resources";
import { dataStoreEventTexts, serviceEventTexts, stoppedTaskTexts } from "./texts";

/** Minutes: as long as ECS shows a stopped task, at least (ListTasks API reference). */
const LATELY = 60;

/** A service's latest events, and why its latest stopped tasks have stopped. */
export async function serviceReasons(
  aws: AwsSession,
  { names: { cluster } }: Environment,
  { serviceName, events = [] }: Pick<Service, "serviceName" | "events">,
): Promise<string[]> {
  const client = aws.client(ECSClient);
  const stopped: Task[] = [];
  for await (const { taskArns = [] } of paginateListTasks(
    { client },
    { cluster, serviceName, desiredStatus: "STOPPED" },
  )) {
    // A page has 100 tasks at most, and so has one question about them: DescribeTasks API reference, "tasks".
    if (taskArns.length > 0) {
      const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
      stopped.push(...tasks);
    }
  }
  return [...serviceEventTexts(events), ...stoppedTaskTexts(stopped)];
}

/** The database's events of the last hour. */
export async function databaseReasons(aws: AwsSession, { names }: Environment): Promise<string[]> {
  const events: Event[] = [];
  for await (const { Events = [] } of paginateDatabaseEvents(
    { client: aws.client(RDSClient) },
    { SourceType: "db-instance", SourceIdentifier: names.database, Duration: LATELY },
  )) {
    events.push(...Events);
  }
  return dataStoreEventTexts(events);
}

/** Events of the last hour: the replication group's, and those of the clusters that it is made of. */
export async function cacheReasons(aws: AwsSession, { group, members }: LiveCache): Promise<string[]> {
  const sources = [
    { SourceType: "replication-group" as const, SourceIdentifier: group.ReplicationGroupId },
    ...members.map(({ CacheClusterId }) => ({
      SourceType: "cache-cluster" as const,
      SourceIdentifier: CacheClusterId,
    })),
  ];
  const events: CacheEvent[] = [];
  for (const source of sources) {
    for await (const { Events = [] } of paginateCacheEvents(
      { client: aws.client(ElastiCacheClient) },
      { ...source, Duration: LATELY },
    )) {
      events.push(...Events);
    }
  }
  return dataStoreEventTexts(events);
}
