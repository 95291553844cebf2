// The names of an environment's resources: as AWS takes them, of things that exist, and none given twice.

import { loadBalancerOf } from "../model/load-balancer";
import { namedResources } from "../model/names/catalogue";
import { NAME_RULES, type NameRule } from "../model/names/kinds";
import { alarmKeys } from "../model/names/monitoring";
import type { Named, NamingSections } from "../model/names/named";
import { groupKeys, type NamedParts, resolveNames } from "../model/names/resolved";
import { type ServiceSchedule, schedulesOf } from "../model/schedules";
import { wafOf } from "../model/waf";
import { NAME_LENGTH } from "../schema/limits";
import type { NamesInput } from "../schema/names";
import type { Problem } from "../schema/problem";
import { type Check, problem, type Sections } from "./check";
import { unknownName } from "./spelling";

/** As long as any account's number, and nobody's. */
const SOME_ACCOUNT = "000000000000";

/** The names of secrets begin with it; half of what they may have is left for the service's key and the variable. */
const SECRETS_PREFIX: NameRule = { ...NAME_RULES.secret, limit: NAME_LENGTH.secret / 2 };

export const checkNames: Check = (sections) => {
  const { name, names, serviceKeys, queueKeys, bucketKeys, fileSystemKeys, memberKeys, account } = sections;
  if (name === undefined || names === undefined) {
    return [];
  }
  const parts = {
    services: serviceKeys,
    queues: queueKeys,
    buckets: bucketKeys,
    fileSystems: fileSystemKeys,
    extraMembers: memberKeys,
  };
  const naming = namingSections(sections, { name, names: resolveNames(name, parts, names) });
  const resources = namedResources(naming, account ?? SOME_ACCOUNT);
  return [
    ...unknownKeys(names, { ...parts, schedules: schedulesOf(sections.services) }),
    ...namedByRds(names, sections),
    ...given(resources),
    ...ruleProblems([
      ...resources.map(({ name, what, setBy, kind }) => ({ name, what, setBy, rule: NAME_RULES[kind] })),
      {
        name: naming.names.secrets,
        what: "what secrets' names begin with",
        setBy: { path: "names.secrets", value: naming.names.secrets },
        rule: SECRETS_PREFIX,
      },
    ]),
  ];
};

/** What decides the names, as far as it is not refused. */
function namingSections(
  {
    services,
    database,
    cache,
    loadBalancer,
    production,
    state,
    backup,
    registry,
    sharedSecrets,
    declared,
    refused,
  }: Sections,
  base: Pick<NamingSections, "name" | "names">,
): NamingSections {
  const reached = loadBalancerOf(services, loadBalancer);
  return {
    ...base,
    services,
    database: declared.has("database") && (!database || refused("database")) ? {} : database,
    cache: declared.has("cache") ? (cache ?? {}) : undefined,
    loadBalancer: reached && { waf: wafOf(reached.waf, production ?? false) },
    state: refused("state.bucket") ? undefined : state,
    backup,
    registry,
    sharedSecrets,
  };
}

function unknownKeys(
  names: NamesInput,
  parts: NamedParts & { readonly schedules: readonly ServiceSchedule[] },
): Problem[] {
  const sections = [
    ["securityGroups", "group", groupKeys(parts)],
    ["services", "service", parts.services],
    ["queues", "queue", parts.queues],
    ["buckets", "bucket", parts.buckets],
    ["alarms", "alarm", alarmKeys(parts.services, parts.fileSystems, parts.schedules)],
  ] as const;
  return sections.flatMap(([section, kind, known]) =>
    Object.keys(names[section])
      .filter((key) => !known.includes(key))
      .map((key) => problem(`names.${section}.${key}`, key, unknownName(kind, key, known))),
  );
}

/** A secret that nothing here makes. */
function namedByRds(
  { databaseSecret }: NamesInput,
  { database, declared, refused }: Pick<Sections, "database" | "declared" | "refused">,
): Problem[] {
  if (databaseSecret === undefined || database?.credentials === "secrets-manager") {
    return [];
  }
  const unknown = declared.has("database") && (!database || refused("database.credentials"));
  const remedy =
    'Remove it, or set database.credentials to "secrets-manager": of a password that RDS keeps, RDS names the secret itself.';
  return unknown ? [] : [problem("names.databaseSecret", databaseSecret, remedy)];
}

/** Names that are given twice within one kind: AWS refuses the second, or two would share one. */
function given(resources: readonly Named[]): Problem[] {
  const seen = new Map<string, Named>();
  return resources.flatMap((one) => {
    const key = `${one.kind} ${one.name}`;
    const other = seen.get(key);
    seen.set(key, other ?? one);
    if (!other) {
      return [];
    }
    const why = NAME_RULES[one.kind].unique ?? `an account has one ${one.kind} of a name`;
    return [problem(one.setBy.path, one.name, `Choose another name: ${other.what} has it, and ${why}.`)];
  });
}

type Ruled = Omit<Named, "kind"> & { readonly rule: NameRule };

/** What AWS would refuse about these names, said before AWS does: once for each place that decides names. */
function ruleProblems(resources: readonly Ruled[]): Problem[] {
  const places = new Map<string, Ruled[]>();
  for (const resource of resources) {
    const there = places.get(resource.setBy.path);
    if (there === undefined) places.set(resource.setBy.path, [resource]);
    else there.push(resource);
  }
  return [...places.values()].flatMap((named) => [...lengthProblem(named), ...alphabetProblem(named)]);
}

/** The name that is furthest beyond its limit decides. */
function lengthProblem(named: readonly Ruled[]): Problem[] {
  const worst = named.reduce<Ruled | undefined>(
    (most, one) => (most === undefined || excess(one) > excess(most) ? one : most),
    undefined,
  );
  if (!worst || excess(worst) <= 0) {
    return [];
  }
  const { name, what, setBy, rule } = worst;
  const { path, value } = setBy;
  const most = rule.limit - (name.length - value.length);
  const base = path.startsWith("names.") ? "" : ', or shorten the environment\'s "name"';
  const remedy =
    name === value
      ? `It has ${name.length} characters; AWS takes ${rule.limit}: shorten it here.`
      : `Use ${most} characters at most${base}: ${what} would be called "${name}", and AWS takes ${rule.limit}.`;
  return [problem(path, value, remedy)];
}

function excess({ name, rule }: Ruled): number {
  return name.length - rule.limit;
}

function alphabetProblem(named: readonly Ruled[]): Problem[] {
  const wrong = named.find(({ name, rule }) => !rule.pattern.test(name));
  return wrong ? [problem(wrong.setBy.path, wrong.setBy.value, `Use ${wrong.rule.alphabet}.`)] : [];
}
