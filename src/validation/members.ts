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
function conventionalNames(services: readonly string[], extraMembers: readonly string[]) {
  return resolveNames("environment", { services, queues: [], buckets: [], extraMembers }, NO_NAMES);
}

/** What is called as a member of the platform's own is refused by its key, and is not looked at further. */
function nameable(keys: readonly string[], taken: readonly string[] = []): string[] {
  return keys.filter((key) => !RESERVED_KEYS.includes(key) && !taken.includes(key));
}

/** The members that the file says there are, those too whose section is broken. */
export const declaredMembers = oncePerSections((sections): Members => {
  const { services, serviceKeys, network, extraMembers, memberKeys, extraFlows, declared } = sections;
  const keys = nameable(serviceKeys);
  const extra = nameable(memberKeys, serviceKeys);
  return membersOf({
    services: Object.fromEntries(keys.map((key) => [key, services[key] ?? {}])),
    loadBalancer: loadBalancerOf(services, undefined),
    database: declared.get("database"),
    cache: declared.get("cache"),
    network: network ?? { natGateways: "none", vpcEndpoints: false },
    extraMembers: Object.fromEntries(extra.map((key) => [key, extraMembers[key] ?? { tier: "private" }])),
    extraFlows: extraFlows ?? [],
    names: conventionalNames(keys, extra),
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
  const { network, extraFlows, services, serviceKeys, extraMembers, memberKeys, refused } = sections;
  const isWhole = (values: object, all: readonly string[]) => Object.keys(values).length === all.length;
  if (!network || !extraFlows || !isWhole(services, serviceKeys) || !isWhole(extraMembers, memberKeys)) {
    return undefined;
  }
  const intact = <Key extends "loadBalancer" | "database" | "cache">(key: Key): Sections[Key] =>
    refused(key) ? undefined : sections[key];
  const keys = nameable(serviceKeys);
  const extra = nameable(memberKeys, serviceKeys);
  const environment = {
    network,
    extraFlows,
    // What is said of a flow changes no answer of a check's.
    describedFlows: [],
    services: Object.fromEntries(Object.entries(services).filter(([key]) => keys.includes(key))),
    loadBalancer: loadBalancerOf(services, intact("loadBalancer")),
    database: intact("database"),
    cache: intact("cache"),
    extraMembers: Object.fromEntries(Object.entries(extraMembers).filter(([key]) => extra.includes(key))),
  };
  const members = membersOf({ ...environment, names: conventionalNames(keys, extra) });
  return {
    network,
    members,
    matrix: trafficMatrix(environment, members),
    flows: derivedFlows(environment, members),
  };
});
