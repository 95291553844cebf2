// The rules of the load balancer's listener: which requests each service gets, and which ones the load balancer answers itself.

import { conditionHost, LAST_LISTENER_RULE, LISTENER_RULES_PER_LOAD_BALANCER } from "../schema/limits";
import type { Service } from "../schema/service";
import { declaredHosts, type HostSources } from "./declared-hosts";
import { bearsWildcards, type Conditions, hostParts, routeParts, sourceParts } from "./listener-rule-parts";
import { placed } from "./listener-rule-places";
import { isPublic } from "./services";

type ServiceRoute = NonNullable<Service["routes"]>[number];

/** One rule: what it asks for, and what becomes of a request that has it. */
export interface ListenerRule extends Conditions {
  /** What its resource is called: for a route, by its service and the priority that the environment gives it. */
  readonly id: string;
  /** Its place among the rules, 1 to 50000; the lowest is asked first. */
  readonly priority: number;
  /** The service that gets the request; `undefined` where the load balancer refuses it. */
  readonly service?: string | undefined;
  /** Why it is refused: nobody declares its host, or its route is for other addresses. */
  readonly refused?: "host" | "address" | undefined;
  /** IDs of the rules that have to stand, as they are to be, before this one is made or changed. */
  readonly follows: readonly string[];
}

export interface ListenerRules {
  /** In the order of their priorities. */
  readonly rules: readonly ListenerRule[];
  /** Why hosts that nobody declared reach services, where that was not asked for. */
  readonly warning?: string | undefined;
}

/** A rule that the environment gives, in as many parts as AWS wants it. */
interface Route {
  readonly service: string;
  readonly priority: number;
  /** At least one; the first keeps the resource of the whole. */
  readonly parts: readonly Part[];
}

/** A part of a route; of one for some addresses, those that refuse everybody else come last. */
type Part = Conditions & { readonly refused?: "address" };

/** How many rules a route takes where requests for any host reach services: the fewest. */
export function routeRules(route: Omit<ServiceRoute, "priority">): number {
  return partsOf(route, undefined).length;
}

/** A route's parts. @param hosts those of a route that names none itself; `undefined` for any */
function partsOf(
  { sourceCidrs, ...own }: Omit<ServiceRoute, "priority">,
  hosts: readonly string[] | undefined,
): Part[] {
  const reserved = sourceCidrs === undefined ? 0 : 1;
  const whole =
    hosts === undefined || own.hosts !== undefined ? [own] : routeParts(own.paths ?? [], hosts, reserved);
  if (sourceCidrs === undefined) {
    return whole;
  }
  return [
    ...whole.flatMap((conditions) => sourceParts(conditions, sourceCidrs)),
    ...whole.map((conditions): Part => ({ ...conditions, refused: "address" })),
  ];
}

/**
 * The rules that follow from an environment. With a domain, only requests for declared hosts reach services: routes without
 * hosts take those of the declared ones alone, and where a service takes what no route does, it takes it for declared hosts,
 * and a last rule refuses the rest. Otherwise the listener's default action answers, which is no service.
 */
export function listenerRules(environment: HostSources): ListenerRules {
  const hosts = declaredHosts(environment);
  const open = { rules: rulesOf(environment, undefined) };
  if (hosts === undefined) {
    return open;
  }
  const unnameable = hosts.find((host) => !conditionHost(host));
  if (unnameable !== undefined) {
    return { ...open, warning: warning(`no rule can name ${unnameable}`) };
  }
  const rules = rulesOf(environment, hosts);
  const pathRoutes = Object.values(environment.services).flatMap(
    ({ routes }) => routes?.filter((route) => route.hosts === undefined) ?? [],
  );
  if (pathRoutes.some(({ paths = [] }) => !routeParts(paths, hosts).every(bearsWildcards))) {
    return { ...open, warning: warning("a path has so many wildcards that its rule takes no host with one") };
  }
  return rules.length <= LISTENER_RULES_PER_LOAD_BALANCER
    ? { rules }
    : {
        ...open,
        warning: warning(
          `${rules.length} rules would be needed, and a load balancer has ${LISTENER_RULES_PER_LOAD_BALANCER}. Name fewer hosts, ` +
            `such as "*.example.com" for many below one, or join routes`,
        ),
      };
}

function warning(reason: string): string {
  return `Requests for any host reach the services, not just those for the hosts that are declared: ${reason}.`;
}

/** @param hosts the declared ones; `undefined` where requests for any host reach services */
function rulesOf({ services }: HostSources, hosts: readonly string[] | undefined): ListenerRule[] {
  const reached = Object.entries(services).filter(([, service]) => isPublic(service));
  const routes = reached
    .flatMap(([service, { routes = [] }]) =>
      routes.map(
        ({ priority, ...own }): Route => ({
          service,
          priority,
          parts: partsOf(own, hosts),
        }),
      ),
    )
    .sort((first, second) => first.priority - second.priority);
  const [fallback] = reached.find(([, { routes }]) => routes === undefined) ?? [];
  const last = hosts === undefined || fallback === undefined ? [] : hostParts(hosts);
  const top = last.length === 0 ? LAST_LISTENER_RULE : LAST_LISTENER_RULE - 1 - last.length;
  const moved = new Map<number, string>();
  const places = placed(
    routes.map(({ priority, parts }) => ({ priority, parts: parts.length })),
    top,
  ).map((own, index) =>
    // Who is refused is asked for after who is let in.
    routes[index]?.parts.some(({ refused }) => refused) ? own.sort((first, second) => first - second) : own,
  );
  for (const [index, { service, priority }] of routes.entries()) {
    if (places[index]?.[0] !== priority) moved.set(priority, routeId(service, priority));
  }
  /** Two rules never have one place, not for a moment: AWS refuses it. */
  const after = (priority: number, id: string) => {
    const former = moved.get(priority);
    return former === undefined || former === id ? [] : [former];
  };
  const ofRoutes = routes.flatMap(({ service, priority: given, parts }, route) => {
    const own = places[route] ?? [];
    // Parts in front come last, so that the hosts that they give up are in others by then.
    const ordered = own.indexOf(given) <= 0;
    // One that was pushed up has to be there before what pushes it grows.
    const [above, place = 0] = [routes[route + 1], places[route + 1]?.[0]];
    const pushed = above && place > above.priority ? [routeId(above.service, above.priority)] : [];
    return parts.map(({ refused, ...conditions }, part): ListenerRule => {
      const id = routeId(service, given, part);
      const priority = own[part] ?? given;
      const next = ordered && part + 1 < parts.length ? [routeId(service, given, part + 1)] : [];
      return {
        id,
        priority,
        ...conditions,
        ...(refused ? { refused } : { service }),
        follows: [...new Set([...next, ...pushed, ...after(priority, id)])],
      };
    });
  });
  const ofFallback = last.map((part, index): ListenerRule => {
    const id = (number: number) => `${fallback}-declared-hosts${number === 0 ? "" : `-${number + 1}`}`;
    // From the end on, so that one more changes no other's place.
    const priority = LAST_LISTENER_RULE - 1 - index;
    const next = index + 1 < last.length ? [id(index + 1)] : [];
    return {
      id: id(index),
      priority,
      hosts: part,
      service: fallback,
      follows: [...next, ...after(priority, "")],
    };
  });
  const answered = [...ofRoutes, ...ofFallback];
  const refusal: ListenerRule = {
    id: "undeclared-hosts",
    refused: "host",
    priority: LAST_LISTENER_RULE,
    paths: ["*"],
    follows: answered.map(({ id }) => id),
  };
  return [...answered, ...(last.length === 0 ? [] : [refusal])].sort(
    (first, second) => first.priority - second.priority,
  );
}

/** @param part from 0; the first has the resource of the whole */
function routeId(service: string, priority: number, part = 0): string {
  return `${service}-${priority}${part === 0 ? "" : `-part-${part + 1}`}`;
}
