// What every resource of an environment is called: by convention from its base name, or as `names` says.
import { MEMBER_KEYS } from "../../schema/member-keys";
import type { NamesInput } from "../../schema/names";
import { accessLogsPrefix, type BucketNaming, bucketNaming } from "./buckets";
import { backupName, cacheUser, fileSystemName } from "./data-stores";
import { keyAlias } from "./keys";
import { flowLogGroup, securityGroupName, vpcName } from "./network";
import { databaseSecret, executionRole, queueName, serviceLogGroup, serviceName, taskRole } from "./services";
import { blockedAddressesName, wafLogGroup, webAclName } from "./waf";

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
  /** The secret with the database's password, where RDS does not keep that itself. */
  readonly databaseSecret: string;
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
  /** The alarms with names of their own, by what they watch and for what: `web/failed-logins`. */
  readonly alarms: Readonly<Record<string, string>>;
  /** By the queue's key; the dead-letter queue's name adds `-dlq`. */
  readonly queues: Readonly<Record<string, string>>;
  /** By the bucket's key. */
  readonly buckets: Readonly<Record<string, BucketNaming>>;
  /** By the file system's key. */
  readonly fileSystems: Readonly<Record<string, string>>;
  /** By group: `alb`, each service's key, `postgres`, `redis`, `endpoints`, and the keys of file systems and extra members. */
  readonly securityGroups: Readonly<Record<string, string>>;
  /** By the service's key. */
  readonly services: Readonly<Record<string, ServiceNames>>;
}

/** The keys of what is named. */
export interface NamedParts {
  readonly services: readonly string[];
  readonly queues: readonly string[];
  readonly buckets: readonly string[];
  readonly fileSystems: readonly string[];
  readonly extraMembers: readonly string[];
}

/** The names of an environment with this base name and these parts. */
export function resolveNames(
  base: string,
  { services, queues, buckets, fileSystems, extraMembers }: NamedParts,
  overrides: NamesInput,
): Names {
  const forService = (key: string): ServiceNames => {
    const own = overrides.services[key] ?? {};
    const service = own.service ?? serviceName(base, key);
    return {
      service,
      taskDefinition: own.taskDefinition ?? service,
      targetGroup: own.targetGroup ?? service,
      logGroup: own.logGroup ?? serviceLogGroup(base, key),
      executionRole: executionRole(base, key),
      taskRole: taskRole(base, key),
    };
  };
  return {
    vpc: overrides.vpc ?? vpcName(base),
    cluster: overrides.cluster ?? base,
    loadBalancer: overrides.loadBalancer ?? base,
    database: overrides.database ?? base,
    cache: overrides.cache ?? base,
    cacheUser: cacheUser(overrides.cache ?? base),
    secrets: overrides.secrets ?? base,
    databaseSecret: overrides.databaseSecret ?? databaseSecret(overrides.secrets ?? base),
    accessLogsPrefix: accessLogsPrefix(base),
    flowLogs: overrides.flowLogs ?? flowLogGroup(base),
    webAcl: overrides.webAcl ?? webAclName(base),
    blockedAddresses: blockedAddressesName(base),
    wafLogs: wafLogGroup(base),
    keyAlias: keyAlias(base),
    backup: backupName(base),
    alarms: overrides.alarms,
    queues: { ...Object.fromEntries(queues.map((key) => [key, queueName(base, key)])), ...overrides.queues },
    buckets: Object.fromEntries(buckets.map((key) => [key, bucketNaming(base, key, overrides.buckets[key])])),
    fileSystems: Object.fromEntries(fileSystems.map((key) => [key, fileSystemName(base, key)])),
    securityGroups: {
      ...Object.fromEntries(
        groupKeys({ services, fileSystems, extraMembers }).map((key) => [
          key,
          securityGroupName(base, services.includes(key) ? `ecs-${key}` : key),
        ]),
      ),
      ...overrides.securityGroups,
    },
    services: Object.fromEntries(services.map((key) => [key, forService(key)])),
  };
}

/** Every key that a security group of an environment with these parts can have. */
export function groupKeys({
  services,
  fileSystems,
  extraMembers,
}: Pick<NamedParts, "services" | "fileSystems" | "extraMembers">): string[] {
  const { loadBalancer, ...others } = MEMBER_KEYS;
  return [loadBalancer, ...services, ...Object.values(others), ...fileSystems, ...extraMembers];
}

/** The names of one service. @throws Error where the environment has no such service */
export function namesOfService({ services }: Pick<Names, "services">, key: string): ServiceNames {
  return named(services, key, "service");
}

/** The name of a queue. @throws Error where the environment has no such queue */
export function nameOfQueue({ queues }: Pick<Names, "queues">, key: string): string {
  return named(queues, key, "queue");
}

/** How a bucket is named. @throws Error where the environment has no such bucket */
export function namingOfBucket({ buckets }: Pick<Names, "buckets">, key: string): BucketNaming {
  return named(buckets, key, "bucket");
}

/** The name of a file system. @throws Error where the environment has no such file system */
export function nameOfFileSystem({ fileSystems }: Pick<Names, "fileSystems">, key: string): string {
  return named(fileSystems, key, "file system");
}

function named<Value>(names: Readonly<Record<string, Value>>, key: string, kind: string): Value {
  const name = Object.hasOwn(names, key) ? names[key] : undefined;
  if (name === undefined) {
    throw new Error(
      `The environment has no ${kind} "${key}"; it has ${Object.keys(names).join(", ") || "none"}.`,
    );
  }
  return name;
}
