// Every name that a deployment gives and that AWS refuses to give twice, by kind: what `preflight` wants free, and CI may
// touch. A unit test compares them with the synth output.

import type { Environment } from "../environment";
import { accessLogsBucket, stateLogsBucket } from "./buckets";
import {
  CACHE_LOGS,
  cacheLogGroup,
  cacheOffUser,
  cacheParameterGroup,
  DATABASE_LOGS,
  databaseLogGroup,
  databaseParameterGroup,
} from "./data-stores";
import { flowLogsRole } from "./network";
import {
  databaseSecret,
  deadLetterQueue,
  djangoSecretKey,
  execSessionsLogGroup,
  generatedSecret,
  repositoryName,
} from "./services";

/** The kinds of resources whose names are unique: in words, as messages call them. */
export type Kind =
  | "VPC"
  | "load balancer"
  | "target group"
  | "ECS cluster"
  | "ECS service"
  | "database"
  | "DB subnet group"
  | "DB parameter group"
  | "replication group"
  | "cache user"
  | "cache user group"
  | "cache subnet group"
  | "cache parameter group"
  | "log group"
  | "secret"
  | "IAM role"
  | "queue"
  | "bucket"
  | "repository";

export type WantedNames = Readonly<Record<Kind, readonly string[]>>;

/**
 * The names that an environment's platform gives, with its repositories and the bucket of its state, by kind. Not among
 * them: names of security groups, which are unique within a VPC only, those that AWS gives twice without complaint, such as
 * a task definition's, and what the test of this function says no lookup is for.
 * @param account the twelve digits of the account that it is deployed to
 */
export function wantedNames(environment: Environment, account: string): WantedNames {
  const { name, names, database, cache, loadBalancer, services, state, backup, registry } = environment;
  const own = Object.values(names.services);
  return {
    VPC: [names.vpc],
    "load balancer": loadBalancer ? [names.loadBalancer] : [],
    "target group": Object.entries(names.services).flatMap(([key, { targetGroup }]) =>
      services[key]?.port === undefined ? [] : [targetGroup],
    ),
    "ECS cluster": [names.cluster],
    "ECS service": own.map(({ service }) => service),
    database: database ? [names.database] : [],
    "DB subnet group": database ? [names.database] : [],
    "DB parameter group": database ? [databaseParameterGroup(names.database, database.engineVersion)] : [],
    "replication group": cache ? [names.cache] : [],
    "cache user": cache ? [names.cacheUser, cacheOffUser(names.cache)] : [],
    "cache user group": cache ? [names.cache] : [],
    "cache subnet group": cache ? [names.cache] : [],
    "cache parameter group": cache ? [cacheParameterGroup(names.cache)] : [],
    "log group": [
      ...own.map(({ logGroup }) => logGroup),
      execSessionsLogGroup(names.cluster),
      names.flowLogs,
      ...(loadBalancer?.waf ? [names.wafLogs] : []),
      ...(database ? DATABASE_LOGS.map((log) => databaseLogGroup(names.database, log)) : []),
      ...(cache ? CACHE_LOGS.map((log) => cacheLogGroup(names.cache, log)) : []),
    ],
    secret: secrets(environment),
    "IAM role": [
      ...own.flatMap(({ executionRole, taskRole }) => [executionRole, taskRole]),
      flowLogsRole(name),
      ...(backup ? [names.backup] : []),
    ],
    queue: Object.values(names.queues).flatMap((queue) => [queue, deadLetterQueue(queue)]),
    bucket: [
      ...(loadBalancer ? [accessLogsBucket(names.accessLogsPrefix, account)] : []),
      ...(state.backend === "s3" && state.createBucket ? [state.bucket, stateLogsBucket(state.bucket)] : []),
    ],
    repository: (registry?.repositories ?? []).map((service) => repositoryName(name, service)),
  };
}

/** The secrets that a deployment makes; those that exist already are somebody else's. */
function secrets({ names, database, services }: Environment): string[] {
  return [
    ...(database?.credentials === "secrets-manager" ? [databaseSecret(names.secrets)] : []),
    ...(Object.values(services).some(({ django }) => django) ? [djangoSecretKey(names.secrets)] : []),
    ...Object.entries(services).flatMap(([key, service]) =>
      Object.entries(service.secrets).flatMap(([variable, source]) =>
        "generate" in source ? [generatedSecret(names.secrets, key, variable)] : [],
      ),
    ),
  ];
}
