// What one listener rule asks for: the values of a route, and the hosts that it is for, in as many rules as AWS wants.
import { CONDITION_VALUES_PER_LISTENER_RULE, CONDITION_WILDCARDS_PER_LISTENER_RULE } from "../schema/limits";

/** What a request has to have. */
export interface Conditions {
  /** One of these. @default any */
  readonly hosts?: readonly string[] | undefined;
  /** One of these patterns. @default any */
  readonly paths?: readonly string[] | undefined;
  /** From one of these blocks of addresses. @default any */
  readonly sources?: readonly string[] | undefined;
}

/**
 * Conditions for some addresses alone: rules that take a request from one of these blocks, each with as many as it has room for.
 * What they ask for besides is to be refused after them.
 */
export function sourceParts(conditions: Conditions, sources: readonly string[]): Conditions[] {
  const { hosts = [], paths = [] } = conditions;
  const room = CONDITION_VALUES_PER_LISTENER_RULE - hosts.length - paths.length;
  return inParts(sources, Math.max(room, 1), Number.POSITIVE_INFINITY).map((some) => ({
    ...conditions,
    sources: some,
  }));
}

/** Hosts alone, in as few rules as will do. */
export function hostParts(hosts: readonly string[]): string[][] {
  return inParts(hosts, CONDITION_VALUES_PER_LISTENER_RULE, CONDITION_WILDCARDS_PER_LISTENER_RULE);
}

/**
 * A route's paths, each for each host. How many paths go into one rule is a matter of the paths alone, so that a host that is
 * added moves no other one.
 * @param reservedValues of a rule's values, how many are left for something else
 */
export function routeParts(
  paths: readonly string[],
  hosts: readonly string[],
  reservedValues = 0,
): Conditions[] {
  const values = CONDITION_VALUES_PER_LISTENER_RULE - reservedValues;
  const most = values - 1;
  // Two equal halves take fewer rules than four and one.
  const perRule = paths.length > most ? Math.ceil(paths.length / 2) : paths.length;
  const reserved = hosts.some((host) => wildcardsIn([host]) > 0) ? 1 : 0;
  const groups = inParts(
    paths,
    perRule,
    reserved === 0 ? Number.POSITIVE_INFINITY : CONDITION_WILDCARDS_PER_LISTENER_RULE - reserved,
  ).map((some) => ({
    paths: some,
    hosts: inParts(hosts, values - perRule, CONDITION_WILDCARDS_PER_LISTENER_RULE - wildcardsIn(some)),
  }));
  const rounds = Math.max(...groups.map((group) => group.hosts.length));
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    groups.flatMap((group) => {
      const some = group.hosts[round];
      return some === undefined ? [] : [{ hosts: some, paths: group.paths }];
    }),
  );
}

/** Values in their order, at most `size` and at most so many wildcards together; never none. */
function inParts(values: readonly string[], size: number, wildcards: number): string[][] {
  const parts: string[][] = [];
  for (const value of values) {
    const open = parts.at(-1);
    const fits = open && open.length < size && wildcardsIn([...open, value]) <= Math.max(wildcards, 0);
    if (fits) open.push(value);
    else parts.push([value]);
  }
  return parts;
}

function wildcardsIn(values: readonly string[]): number {
  return values.join("").replaceAll(/[^*?]/g, "").length;
}

/** What an environment says of paths is its own; hosts that are added to it must not be too much. */
export function bearsWildcards({ hosts = [], paths = [] }: Conditions): boolean {
  return (
    wildcardsIn(hosts) === 0 || wildcardsIn([...hosts, ...paths]) <= CONDITION_WILDCARDS_PER_LISTENER_RULE
  );
}
