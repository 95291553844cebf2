// What every resource of an environment is called: by convention from its base name, or as `names` says.
import { z } from "zod";
import { identifier, section } from "../schema/fields";

const given = z.string().min(1, "Give a name, or leave it out for the conventional one.");

const serviceNamesSchema = section({
  /** The ECS service. Default: `<name>-<service>`. */
  service: given.optional(),
  /** The family of task definitions. Default: like the service. */
  taskDefinition: given.optional(),
  /** The target group. Default: like the service. */
  targetGroup: given.optional(),
  /** The log group. Default: `/ecs/<name>/<service>`. */
  logGroup: given.optional(),
});

export const namesSchema = section({
  /** The VPC's Name tag. Default: `<name>-vpc`. */
  vpc: given.optional(),
  /** The ECS cluster. Default: `<name>`. */
  cluster: given.optional(),
  /** The load balancer. Default: `<name>`. */
  loadBalancer: given.optional(),
  /** The RDS instance. Default: `<name>`. */
  database: given.optional(),
  /** The ElastiCache replication group. Default: `<name>`. */
  cache: given.optional(),
  /** Queues. Default: `<name>-<queue>`. */
  queues: z.record(identifier, given).default({}),
  /** What the names of secrets begin with. Default: `<name>`. */
  secrets: given.optional(),
  /**
   * Name tags of security groups. Default: `<name>-alb-sg`, `-ecs-<service>-sg`, `-postgres-sg`, `-redis-sg`,
   * `-endpoints-sg`.
   */
  securityGroups: z.record(identifier, given).default({}),
  /** Names that belong to one service. */
  services: z.record(identifier, serviceNamesSchema).default({}),
});

type NamesInput = z.output<typeof namesSchema>;

/** The names that belong to one service. */
export interface ServiceNames {
  readonly service: string;
  readonly taskDefinition: string;
  readonly targetGroup: string;
  readonly logGroup: string;
  readonly executionRole: string;
  readonly taskRole: string;
}

/** The names of everything that an environment deploys. */
export interface Names {
  readonly vpc: string;
  readonly cluster: string;
  readonly loadBalancer: string;
  readonly database: string;
  readonly cache: string;
  /** ElastiCache user that the services authenticate as. */
  readonly cacheUser: string;
  /** Prefix of the secrets' names, without a slash at its end. */
  readonly secrets: string;
  /** Access log bucket, without the account number that is added at apply to make it unique. */
  readonly accessLogsPrefix: string;
  readonly flowLogs: string;
  /** The web ACL, and its metric in CloudWatch. */
  readonly webAcl: string;
  /** The IP set of addresses that the web ACL blocks. */
  readonly blockedAddresses: string;
  /** The web ACL's log group; WAF takes one only if its name begins with `aws-waf-logs-`. */
  readonly wafLogs: string;
  /** The KMS key's alias, where the environment has a key of its own. */
  readonly keyAlias: string;
  /** The vaults of AWS Backup, in both regions, and the role that fills them. */
  readonly backup: string;
  /** By the queue's key; the dead-letter queue's name adds `-dlq`. */
  readonly queues: Readonly<Record<string, string>>;
  /** By group: `alb`, each service's key, `postgres`, `redis`, `endpoints`. */
  readonly securityGroups: Readonly<Record<string, string>>;
  /** By the service's key. */
  readonly services: Readonly<Record<string, ServiceNames>>;
}

/** The names of an environment with this base name and these services. */
export function resolveNames(
  base: string,
  { services, queues }: { readonly services: readonly string[]; readonly queues: readonly string[] },
  overrides: NamesInput,
): Names {
  const forService = (key: string): ServiceNames => {
    const own = overrides.services[key] ?? {};
    const service = own.service ?? `${base}-${key}`;
    return {
      service,
      taskDefinition: own.taskDefinition ?? service,
      targetGroup: own.targetGroup ?? service,
      logGroup: own.logGroup ?? `/ecs/${base}/${key}`,
      executionRole: `${base}-${key}-execution`,
      taskRole: `${base}-${key}-task`,
    };
  };
  return {
    vpc: overrides.vpc ?? `${base}-vpc`,
    cluster: overrides.cluster ?? base,
    loadBalancer: overrides.loadBalancer ?? base,
    database: overrides.database ?? base,
    cache: overrides.cache ?? base,
    cacheUser: `${overrides.cache ?? base}-app`,
    secrets: overrides.secrets ?? base,
    accessLogsPrefix: `${base}-alb-logs`,
    flowLogs: `/vpc/${base}/flow-logs`,
    webAcl: base,
    blockedAddresses: `${base}-blocked`,
    wafLogs: `aws-waf-logs-${base}`,
    keyAlias: `alias/${base}`,
    backup: `${base}-backup`,
    queues: { ...Object.fromEntries(queues.map((key) => [key, `${base}-${key}`])), ...overrides.queues },
    securityGroups: {
      alb: `${base}-alb-sg`,
      ...Object.fromEntries(services.map((key) => [key, `${base}-ecs-${key}-sg`])),
      postgres: `${base}-postgres-sg`,
      redis: `${base}-redis-sg`,
      endpoints: `${base}-endpoints-sg`,
      ...overrides.securityGroups,
    },
    services: Object.fromEntries(services.map((key) => [key, forService(key)])),
  };
}
