// Every name that a deployment gives and that AWS refuses to give twice; a unit test compares them with the synth output.
import type { Environment } from "../../../model/environment";
import { repositoryName } from "../../../model/names";
import { stateLogsBucket } from "../../../schema/state";

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
  const majorVersion = database?.engineVersion.split(".")[0];
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
    "DB parameter group": database ? [`${names.database}-postgres${majorVersion}`] : [],
    "replication group": cache ? [names.cache] : [],
    "cache user": cache ? [names.cacheUser, `${names.cache}-off`] : [],
    "cache user group": cache ? [names.cache] : [],
    "cache subnet group": cache ? [names.cache] : [],
    "cache parameter group": cache ? [`${names.cache}-redis7`] : [],
    "log group": [
      ...own.map(({ logGroup }) => logGroup),
      `/ecs/${names.cluster}/exec-sessions`,
      names.flowLogs,
      ...(loadBalancer?.waf ? [names.wafLogs] : []),
      ...(database
        ? ["postgresql", "upgrade"].map((log) => `/aws/rds/instance/${names.database}/${log}`)
        : []),
      ...(cache
        ? ["slow-log", "engine-log"].map((log) => `/aws/vendedlogs/elasticache/${names.cache}/${log}`)
        : []),
    ],
    secret: secrets(environment),
    "IAM role": [
      ...own.flatMap(({ executionRole, taskRole }) => [executionRole, taskRole]),
      `${name}-flow-logs`,
      ...(backup ? [names.backup] : []),
    ],
    queue: Object.values(names.queues).flatMap((queue) => [queue, `${queue}-dlq`]),
    bucket: [
      ...(loadBalancer ? [`${names.accessLogsPrefix}-${account}`] : []),
      ...(state.backend === "s3" && state.createBucket ? [state.bucket, stateLogsBucket(state.bucket)] : []),
    ],
    repository: (registry?.repositories ?? []).map((service) => repositoryName(name, service)),
  };
}

/** The secrets that a deployment makes; those that exist already are somebody else's. */
function secrets({ names, database, services }: Environment): string[] {
  return [
    ...(database?.credentials === "secrets-manager" ? [`${names.secrets}/database`] : []),
    ...(Object.values(services).some(({ django }) => django) ? [`${names.secrets}/secret-key`] : []),
    ...Object.entries(services).flatMap(([key, service]) =>
      Object.entries(service.secrets).flatMap(([variable, source]) =>
        "generate" in source ? [`${names.secrets}/${key}/${variable}`] : [],
      ),
    ),
  ];
}
