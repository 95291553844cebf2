// What every resource of an environment is called: by convention from its base name, or as `names` says.
import { z } from "zod";
import { identifier, section } from "./fields";
import { NAME_LENGTH } from "./limits";
import type { Problem } from "./problem";

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
  /** What the names of secrets begin with. Default: `<name>`. */
  secrets: given.optional(),
  /** Name tags of security groups. Default: `<name>-alb-sg`, `-ecs-<service>-sg`, `-postgres-sg`, `-redis-sg`. */
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
  /** By group: `alb`, each service's key, `postgres`, `redis`. */
  readonly securityGroups: Readonly<Record<string, string>>;
  /** By the service's key. */
  readonly services: Readonly<Record<string, ServiceNames>>;
}

/** The names of an environment with this base name and these services. */
export function resolveNames(base: string, services: readonly string[], overrides: NamesInput): Names {
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
    securityGroups: {
      alb: `${base}-alb-sg`,
      ...Object.fromEntries(services.map((key) => [key, `${base}-ecs-${key}-sg`])),
      postgres: `${base}-postgres-sg`,
      redis: `${base}-redis-sg`,
      ...overrides.securityGroups,
    },
    services: Object.fromEntries(services.map((key) => [key, forService(key)])),
  };
}

/** Lower-case letters, digits and single hyphens between them: what RDS and ElastiCache take. */
const DATA_STORE_NAME = /^[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/;
/** What Elastic Load Balancing takes: letters, digits and hyphens, none at either end. */
const LOAD_BALANCER_NAME = /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const ECS_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/;
const LOG_GROUP_NAME = /^[a-zA-Z0-9_/.#-]+$/;
const SECRET_PREFIX = /^[a-zA-Z0-9_+=.@-]+(\/[a-zA-Z0-9_+=.@-]+)*$/;
/** EC2 refuses groups whose name begins with "sg-", and takes these characters. */
const SECURITY_GROUP_NAME = /^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/;

/** One name to check: where it can be set, what it is, its limit and its alphabet. */
type Rule = readonly [path: string, name: string, limit: number, pattern: RegExp, alphabet: string];

/** What AWS would refuse about these names, said before AWS does. */
export function nameProblems(names: Names): Problem[] {
  const words = "letters, digits and hyphens";
  const rules: Rule[] = [
    ["names.cluster", names.cluster, NAME_LENGTH.ecs, ECS_NAME, "letters, digits, hyphens and underscores"],
    ["names.loadBalancer", names.loadBalancer, NAME_LENGTH.loadBalancer, LOAD_BALANCER_NAME, words],
    ["names.database", names.database, NAME_LENGTH.database, DATA_STORE_NAME, `lower-case ${words}`],
    // The user's name is the longer one, so it decides.
    [
      "names.cache",
      names.cache,
      NAME_LENGTH.cacheUser - "-app".length,
      DATA_STORE_NAME,
      `lower-case ${words}`,
    ],
    ["names.secrets", names.secrets, NAME_LENGTH.tag, SECRET_PREFIX, "letters, digits, / and . _ + = @ -"],
    ["names.vpc", names.vpc, NAME_LENGTH.tag, /./, "any characters"],
    ...Object.entries(names.securityGroups).map(
      ([group, name]): Rule => [
        `names.securityGroups.${group}`,
        name,
        NAME_LENGTH.securityGroup,
        SECURITY_GROUP_NAME,
        'letters, digits, spaces and punctuation, not beginning with "sg-"',
      ],
    ),
    ...Object.entries(names.services).flatMap(([key, own]): Rule[] => [
      [`names.services.${key}.service`, own.service, NAME_LENGTH.ecs, ECS_NAME, words],
      [`names.services.${key}.taskDefinition`, own.taskDefinition, NAME_LENGTH.ecs, ECS_NAME, words],
      [
        `names.services.${key}.targetGroup`,
        own.targetGroup,
        NAME_LENGTH.targetGroup,
        LOAD_BALANCER_NAME,
        words,
      ],
      [
        `names.services.${key}.logGroup`,
        own.logGroup,
        NAME_LENGTH.logGroup,
        LOG_GROUP_NAME,
        `${words} / . _ #`,
      ],
    ]),
  ];
  return rules.flatMap(([path, name, limit, pattern, alphabet]): Problem[] => {
    const value = JSON.stringify(name);
    const problems: Problem[] = [];
    if (name.length > limit) {
      problems.push({
        path,
        value,
        remedy: `It has ${name.length} characters; AWS takes ${limit}: shorten it here.`,
      });
    }
    if (!pattern.test(name)) {
      problems.push({ path, value, remedy: `Use ${alphabet}.` });
    }
    return problems;
  });
}
