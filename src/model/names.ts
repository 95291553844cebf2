// What every resource of an environment is called: by convention from its base name, or as `names` says.
import { MEMBER_KEYS } from "../schema/member-keys";
import type { NamesInput } from "../schema/names";

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
  /** By group: `alb`, each service's key, `postgres`, `redis`, `endpoints`, and the keys of extra members. */
  readonly securityGroups: Readonly<Record<string, string>>;
  /** By the service's key. */
  readonly services: Readonly<Record<string, ServiceNames>>;
}

/** The keys of what is named. */
export interface NamedParts {
  readonly services: readonly string[];
  readonly queues: readonly string[];
  readonly extraMembers: readonly string[];
}

/** The names of an environment with this base name and these parts. */
export function resolveNames(
  base: string,
  { services, queues, extraMembers }: NamedParts,
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
      ...Object.fromEntries(
        groupKeys({ services, extraMembers }).map((key) => [
          key,
          securityGroupName(base, services.includes(key) ? `ecs-${key}` : key),
        ]),
      ),
      ...overrides.securityGroups,
    },
    services: Object.fromEntries(services.map((key) => [key, forService(key)])),
  };
}

/** The Name tag of the data subnets' network ACL: `<name>-data`. */
export function dataSubnetAclName(base: string): string {
  return `${base}-data`;
}

/** The names of what the stack `ci-access` makes. */
export interface CiNames {
  /** The role that looks, and never changes anything. */
  readonly planRole: string;
  /** The role that deploys. */
  readonly deployRole: string;
  /** What the names of the policies begin with that both roles have. */
  readonly readPolicies: string;
  /** What the names of the deploy role's own policies begin with. */
  readonly deployPolicies: string;
  /** What the deploy role can have at most. */
  readonly deployBoundary: string;
  /** What the roles that it makes for the platform can have at most. */
  readonly platformBoundary: string;
}

/** @param base the environment's name */
export function ciNames(base: string): CiNames {
  return {
    planRole: `${base}-ci-plan`,
    deployRole: `${base}-ci-deploy`,
    readPolicies: `${base}-ci-read`,
    deployPolicies: `${base}-ci-deploy`,
    deployBoundary: `${base}-ci-deploy-boundary`,
    platformBoundary: `${base}-ci-platform-boundary`,
  };
}

/** The name of a service's repository. @param base the environment's name */
export function repositoryName(base: string, service: string): string {
  return `${base}/${service}`;
}

/** Every key that a security group of an environment with these parts can have. */
export function groupKeys({
  services,
  extraMembers,
}: Pick<NamedParts, "services" | "extraMembers">): string[] {
  const { loadBalancer, ...others } = MEMBER_KEYS;
  return [loadBalancer, ...services, ...Object.values(others), ...extraMembers];
}

/** The conventional name of a security group: `<name>-postgres-sg`. */
export function securityGroupName(base: string, member: string): string {
  return `${base}-${member}-sg`;
}
