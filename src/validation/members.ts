// The members and the traffic of an environment that may still be wrong: as much of them as can be worked out.
import { loadBalancerOf } from "../model/load-balancer";
import { type Members, membersOf } from "../model/members";
import { resolveNames } from "../model/names/resolved";
import { type DerivedFlow, derivedFlows, trafficMatrix } from "../model/traffic/derive";
import type { TrafficMatrix } from "../model/traffic/traffic-matrix";
import { RESERVED_KEYS } from "../schema/member-keys";
import { namesSchema } from "../schema/names";
import type { Network } from "../schema/network";
import type { Sections } from "./check";

/** Several checks ask the same of the same sections. */
function oncePerSections<Result>(work: (sections: Sections) => Result): (sections: Sections) => Result {
  const done = new WeakMap<Sections, { readonly result: Result }>();
  return (sections) => {
    const { result } = done.get(sections) ?? { result: work(sections) };
    done.set(sections, { result });
    return result;
  };
}

const NO_NAMES = namesSchema.parse({});

/** Nothing here asks for a group's name, so that names which are refused hide no other problem. */
function conventionalNames(
  services: readonly string[],
  fileSystems: readonly string[],
  extraMembers: readonly string[],
) {
  return resolveNames(
    "environment",
    { services, queues: [], buckets: [], fileSystems, extraMembers },
    NO_NAMES,
  );
}

/** What is called as a member of the platform's own is refused by its key, and is not looked at further. */
function nameable(keys: readonly string[], taken: readonly string[] = []): string[] {
  return keys.filter((key) => !RESERVED_KEYS.includes(key) && !taken.includes(key));
}

/** The keys of members that can be told apart. */
function keysOfMembers({ serviceKeys, fileSystemKeys, memberKeys }: Sections) {
  return {
    keys: nameable(serviceKeys),
    files: nameable(fileSystemKeys, serviceKeys),
    extra: nameable(memberKeys, [...serviceKeys, ...fileSystemKeys]),
  };
}

/** The members that the file says there are, those too whose section is broken. */
export const declaredMembers = oncePerSections((sections): Members => {
  const { services, network, fileSystems, extraMembers, extraFlows, declared } = sections;
  const { keys, files, extra } = keysOfMembers(sections);
  return membersOf({
    services: Object.fromEntries(keys.map((key) => [key, services[key] ?? {}])),
    loadBalancer: loadBalancerOf(services, undefined),
    database: declared.get("database"),
    cache: declared.get("cache"),
    fileSystems: Object.fromEntries(files.map((key) => [key, fileSystems[key] ?? {}])),
    network: network ?? { natGateways: "none", vpcEndpoints: false },
    extraMembers: Object.fromEntries(extra.map((key) => [key, extraMembers[key] ?? { tier: "private" }])),
    extraFlows: extraFlows ?? [],
    names: conventionalNames(keys, files, extra),
  });
});

/** An environment's traffic, and what it follows from. */
export interface Traffic {
  readonly network: Network;
  readonly members: Members;
  readonly matrix: TrafficMatrix;
  /** Its flows, with where the file declares those that it declares. */
  readonly flows: readonly DerivedFlow[];
}

/** The traffic of the sections; `undefined` where something that it follows from is broken. */
export const trafficOf = oncePerSections((sections): Traffic | undefined => {
  const { network, extraFlows, services, serviceKeys, fileSystems, fileSystemKeys } = sections;
  const { extraMembers, memberKeys, refused } = sections;
  const isWhole = (values: object, all: readonly string[]) => Object.keys(values).length === all.length;
  if (
    !network ||
    !extraFlows ||
    !isWhole(services, serviceKeys) ||
    !isWhole(fileSystems, fileSystemKeys) ||
    !isWhole(extraMembers, memberKeys)
  ) {
    return undefined;
  }
  const intact = <Key extends "loadBalancer" | "database" | "cache">(key: Key): Sections[Key] =>
    refused(key) ? undefined : sections[key];
  const { keys, files, extra } = keysOfMembers(sections);
  const only = <Value>(values: Readonly<Record<string, Value>>, some: readonly string[]) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => some.includes(key)));
  const environment = {
    network,
    extraFlows,
    // What is said of a flow changes no answer of a check's.
    describedFlows: [],
    services: only(services, keys),
    loadBalancer: loadBalancerOf(services, intact("loadBalancer")),
    database: intact("database"),
    cache: intact("cache"),
    fileSystems: only(fileSystems, files),
    extraMembers: only(extraMembers, extra),
  };
  const members = membersOf({ ...environment, names: conventionalNames(keys, files, extra) });
  return {
    network,
    members,
    matrix: trafficMatrix(environment, members),
    flows: derivedFlows(environment, members),
  };
});
