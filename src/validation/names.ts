// The names of an environment's resources: within AWS's limits, of things that exist, and none given twice.

import { cacheUser } from "../model/names/data-stores";
import { groupKeys, type Names, resolveNames } from "../model/names/resolved";
import { deadLetterQueue } from "../model/names/services";
import { NAME_LENGTH } from "../schema/limits";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";
import { hasPort, nameCollisions } from "./name-collisions";
import { unknownName } from "./spelling";

export const checkNames: Check = (sections) => {
  const { name, names, services, serviceKeys, queueKeys, memberKeys, declared } = sections;
  if (name === undefined || names === undefined) {
    return [];
  }
  const parts = { services: serviceKeys, queues: queueKeys, extraMembers: memberKeys };
  const resolved = resolveNames(name, parts, names);
  const groups = groupKeys(parts);
  const unknown = [
    ...Object.keys(names.securityGroups)
      .filter((group) => !groups.includes(group))
      .map((group) => problem(`names.securityGroups.${group}`, group, unknownName("group", group, groups))),
    ...Object.keys(names.services)
      .filter((key) => !serviceKeys.includes(key))
      .map((key) => problem(`names.services.${key}`, key, unknownName("service", key, serviceKeys))),
    ...Object.keys(names.queues)
      .filter((key) => !queueKeys.includes(key))
      .map((key) => problem(`names.queues.${key}`, key, unknownName("queue", key, queueKeys))),
  ];
  // Names of what the environment does not deploy cannot be wrong.
  const unused = [
    ...(declared.has("database") ? [] : ["names.database"]),
    ...(declared.has("cache") ? [] : ["names.cache"]),
    ...(serviceKeys.some((key) => hasPort(key, services)) ? [] : ["names.loadBalancer"]),
    ...serviceKeys.filter((key) => !hasPort(key, services)).map((key) => `names.services.${key}.targetGroup`),
  ];
  return [
    ...unknown,
    ...nameCollisions(resolved, services),
    ...[...nameProblems(resolved), ...roleProblems(resolved)].filter(({ path }) => !unused.includes(path)),
  ];
};

/** Roles are named after the service's key, so that is what a name which is too long must give way. */
function roleProblems(names: Names): Problem[] {
  return Object.entries(names.services).flatMap(([key, { executionRole, taskRole }]) => {
    const longest = executionRole.length >= taskRole.length ? executionRole : taskRole;
    const remedy =
      `Its role "${longest}" would have ${longest.length} characters; IAM takes ${NAME_LENGTH.iamRole}: shorten this ` +
      'key or the environment\'s "name".';
    return longest.length > NAME_LENGTH.iamRole ? [problem(`services.${key}`, key, remedy)] : [];
  });
}

/** Lower-case letters, digits and single hyphens between them: what RDS and ElastiCache take. */
const DATA_STORE_NAME = /^[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/;
/** What Elastic Load Balancing takes: letters, digits and hyphens, none at either end. */
const LOAD_BALANCER_NAME = /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const ECS_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/;
const LOG_GROUP_NAME = /^[a-zA-Z0-9_/.#-]+$/;
const SECRET_PREFIX = /^[a-zA-Z0-9_+=.@-]+(\/[a-zA-Z0-9_+=.@-]+)*$/;
/** EC2 refuses groups whose name begins with "sg-", and takes these characters; * is a wildcard where groups are found. */
const SECURITY_GROUP_NAME = /^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$]+$/;
/** A VPC is found by its name, too. */
const VPC_NAME = /^[^*?\\]+$/;

/** One name to check: where it can be set, what it is, its limit and its alphabet. */
type Rule = readonly [path: string, name: string, limit: number, pattern: RegExp, alphabet: string];

/** What AWS would refuse about these names, said before AWS does. */
function nameProblems(names: Names): Problem[] {
  const words = "letters, digits and hyphens";
  const rules: Rule[] = [
    ["names.cluster", names.cluster, NAME_LENGTH.ecs, ECS_NAME, "letters, digits, hyphens and underscores"],
    ["names.loadBalancer", names.loadBalancer, NAME_LENGTH.loadBalancer, LOAD_BALANCER_NAME, words],
    ["names.database", names.database, NAME_LENGTH.database, DATA_STORE_NAME, `lower-case ${words}`],
    // The user's name is the longer one, so it decides.
    [
      "names.cache",
      names.cache,
      NAME_LENGTH.cacheUser - cacheUser("").length,
      DATA_STORE_NAME,
      `lower-case ${words}`,
    ],
    ["names.secrets", names.secrets, NAME_LENGTH.tag, SECRET_PREFIX, "letters, digits, / and . _ + = @ -"],
    ...Object.entries(names.queues).map(
      ([key, name]): Rule => [
        `names.queues.${key}`,
        name,
        NAME_LENGTH.queue - deadLetterQueue("").length,
        /^[a-zA-Z0-9_-]+$/,
        "letters, digits, hyphens and underscores",
      ],
    ),
    [
      "names.vpc",
      names.vpc,
      NAME_LENGTH.tag,
      VPC_NAME,
      "any characters but * ? and \\: it is found by its name, and they are wildcards there",
    ],
    ...Object.entries(names.securityGroups).map(
      ([group, name]): Rule => [
        `names.securityGroups.${group}`,
        name,
        NAME_LENGTH.securityGroup,
        SECURITY_GROUP_NAME,
        'letters, digits, spaces and punctuation but * and ?, not beginning with "sg-"',
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
