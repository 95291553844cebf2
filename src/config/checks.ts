// Checks that compare one section of an environment with another. Each takes what is well-formed so far, so that a
// mistake in one section hides no mistake in the others.

import { trafficMatrix } from "../traffic/derive";
import { quotaExcesses } from "../traffic/quotas";
import { ruleKey } from "../traffic/rules";
import { cidrProblem, contains, INTERNET, isPrivate, overlaps, prefixLength } from "./cidr";
import { loadBalancerOf } from "./edge";
import type { EnvironmentSections } from "./environment";
import { LISTENER_RULES_PER_LOAD_BALANCER } from "./limits";
import { nameProblems, resolveNames } from "./names";
import { canPlanSubnets, planSubnets, SMALLEST_PLANNED_VPC, SUBNET_TIERS } from "./network";
import type { Problem } from "./problem";

/** The sections of an environment that are well-formed; `undefined` stands for one that is broken or missing. */
export interface Sections {
  readonly name: string | undefined;
  readonly region: string | undefined;
  readonly names: EnvironmentSections["names"] | undefined;
  readonly network: EnvironmentSections["network"] | undefined;
  /** The services that are well-formed. */
  readonly services: EnvironmentSections["services"];
  /** The keys of all services, the broken ones too. */
  readonly serviceKeys: readonly string[];
  readonly database: EnvironmentSections["database"];
  readonly cache: EnvironmentSections["cache"];
  readonly loadBalancer: EnvironmentSections["loadBalancer"];
  readonly dns: EnvironmentSections["dns"];
  readonly extraFlows: EnvironmentSections["extraFlows"] | undefined;
  readonly quotas: EnvironmentSections["quotas"] | undefined;
  /** The names of the sections that are there at all, broken or not. */
  readonly declared: ReadonlySet<string>;
}

type Check = (sections: Sections) => Problem[];

/** Group names that services cannot have, because the platform uses them itself. */
const RESERVED_GROUPS = ["alb", "postgres", "redis", "internet"];

function problem(path: string, value: unknown, remedy: string): Problem {
  return { path, value: JSON.stringify(value), remedy };
}

const checkServiceKeys: Check = ({ serviceKeys }) => [
  ...(serviceKeys.length === 0 ? [problem("services", {}, "Describe at least one service.")] : []),
  ...serviceKeys
    .filter((key) => RESERVED_GROUPS.includes(key))
    .map((key) =>
      problem(`services.${key}`, key, `Choose another key: ${RESERVED_GROUPS.join(", ")} are taken.`),
    ),
];

const checkStores: Check = ({ services, declared }) =>
  Object.entries(services).flatMap(([key, { connectsTo }]) =>
    connectsTo.flatMap((store, index) => {
      const section = store === "postgres" ? "database" : "cache";
      const remedy = `Add the section "${section}", or remove "${store}" here.`;
      return declared.has(section) ? [] : [problem(`services.${key}.connectsTo[${index}]`, store, remedy)];
    }),
  );

const checkNetwork: Check = ({ network, region }) => {
  if (!network) {
    return [];
  }
  const problems: Problem[] = [];
  const { cidr, availabilityZones } = network;
  const prefix = prefixLength(cidr);
  if (prefix < 16 || prefix > 28) {
    problems.push(problem("network.cidr", cidr, "AWS takes VPCs from /16 to /28."));
  } else if (!network.subnets && !canPlanSubnets(cidr)) {
    const remedy = `Give a /${SMALLEST_PLANNED_VPC} or larger, or say in network.subnets how to divide it.`;
    problems.push(problem("network.cidr", cidr, remedy));
  }
  if (!isPrivate(cidr)) {
    problems.push(problem("network.cidr", cidr, "Use private addresses (RFC 1918), such as 10.0.0.0/16."));
  }
  availabilityZones.forEach((zone, index) => {
    if (region && !zone.startsWith(region)) {
      const remedy = `Name a zone of the region ${region}, such as ${region}a.`;
      problems.push(problem(`network.availabilityZones[${index}]`, zone, remedy));
    }
  });
  return problems;
};

const checkSubnets: Check = ({ network }) => {
  const subnets = network?.subnets;
  if (!network || !subnets) {
    return [];
  }
  const zones = network.availabilityZones.length;
  const plan = planSubnets(network);
  const all = SUBNET_TIERS.flatMap((tier) =>
    plan[tier].map((cidr, index) => ({ cidr, path: `network.subnets.${tier}[${index}]` })),
  );
  return [
    ...SUBNET_TIERS.filter((tier) => subnets[tier].length !== zones).map((tier) =>
      problem(`network.subnets.${tier}`, subnets[tier], `Give ${zones} blocks, one for each zone.`),
    ),
    ...all
      .filter(({ cidr }) => !contains(network.cidr, cidr))
      .map(({ cidr, path }) => problem(path, cidr, `Choose a block within the VPC's ${network.cidr}.`)),
    ...all.flatMap(({ cidr, path }, index) =>
      all
        .slice(0, index)
        .filter((earlier) => overlaps(earlier.cidr, cidr))
        .map((earlier) =>
          problem(path, cidr, `It overlaps ${earlier.path}, ${earlier.cidr}: move one of them.`),
        ),
    ),
  ];
};

const checkRoutes: Check = ({ services, loadBalancer, declared, serviceKeys }) => {
  const reached = Object.entries(services).filter(([, { port }]) => port !== undefined);
  const problems: Problem[] = [];
  const complete = Object.keys(services).length === serviceKeys.length;
  if (declared.has("loadBalancer") && complete && reached.length === 0) {
    const remedy = "Give a service a port, or remove this: nothing would be behind the load balancer.";
    problems.push(problem("loadBalancer", loadBalancer, remedy));
  }
  const [first, ...others] = reached.filter(([, { routes }]) => routes === undefined);
  for (const [key] of first ? others : []) {
    const remedy = `Give it routes: "${first?.[0]}" has none either, and only one service can be the default.`;
    problems.push(problem(`services.${key}.routes`, null, remedy));
  }
  const seen = new Map<number, string>();
  let count = 0;
  for (const [key, { routes }] of reached) {
    routes?.forEach(({ priority }, index) => {
      const path = `services.${key}.routes[${index}].priority`;
      const other = seen.get(priority);
      if (other) {
        problems.push(problem(path, priority, `Choose another number: ${other} has it already.`));
      }
      seen.set(priority, path);
      count += 1;
    });
  }
  if (count > LISTENER_RULES_PER_LOAD_BALANCER) {
    const remedy = `A load balancer takes ${LISTENER_RULES_PER_LOAD_BALANCER} rules: join routes, or split the platform.`;
    problems.push(problem("services", `${count} routes`, remedy));
  }
  return problems;
};

const checkAutoscaling: Check = ({ services }) =>
  Object.entries(services).flatMap(([key, { autoscaling, desiredCount }]) =>
    autoscaling && (desiredCount < autoscaling.minimum || desiredCount > autoscaling.maximum)
      ? [
          problem(
            `services.${key}.desiredCount`,
            desiredCount,
            `Give a number within autoscaling: ${autoscaling.minimum} to ${autoscaling.maximum}.`,
          ),
        ]
      : [],
  );

const checkEnds: Check = ({ dns, loadBalancer }) =>
  dns && loadBalancer && !loadBalancer.ports.includes(443)
    ? [
        problem(
          "loadBalancer.ports",
          loadBalancer.ports,
          "Add 443: with a domain, the load balancer speaks HTTPS.",
        ),
      ]
    : [];

const checkExtraFlows: Check = ({ extraFlows, services, serviceKeys, declared }) => {
  const groups = [
    ...(loadBalancerOf(services, undefined) ? ["alb"] : []),
    ...serviceKeys,
    ...(declared.has("database") ? ["postgres"] : []),
    ...(declared.has("cache") ? ["redis"] : []),
  ];
  return (extraFlows ?? []).flatMap((flow, index) => {
    const problems: Problem[] = [];
    for (const end of ["source", "destination"] as const) {
      const text = flow[end];
      const known = groups.includes(text) || text === "internet" || cidrProblem(text) === undefined;
      if (!known) {
        const hint = /^[\d.]+\//.test(text) ? cidrProblem(text) : undefined;
        const remedy = hint ?? `Name a group (${groups.join(", ")}), a CIDR block, or "internet".`;
        problems.push(problem(`extraFlows[${index}].${end}`, text, remedy));
      }
    }
    if (problems.length > 0) {
      return problems;
    }
    if (!groups.includes(flow.source) && !groups.includes(flow.destination)) {
      const remedy = `Make one end a group: ${groups.join(", ")}.`;
      return [problem(`extraFlows[${index}]`, `${flow.source} -> ${flow.destination}`, remedy)];
    }
    if (flow.source === flow.destination) {
      return [problem(`extraFlows[${index}].destination`, flow.destination, "Name two different ends.")];
    }
    const source = flow.source === "internet" ? INTERNET : flow.source;
    const store = flow.destination === "postgres" || flow.destination === "redis";
    if (store && !groups.includes(source) && !isPrivate(source) && prefixLength(source) < 32) {
      const remedy = "Only a single public address, a /32, may reach a data store from outside.";
      return [problem(`extraFlows[${index}].source`, flow.source, remedy)];
    }
    return [];
  });
};

const checkNames: Check = ({ name, names, serviceKeys, declared }) => {
  if (name === undefined || names === undefined) {
    return [];
  }
  const resolved = resolveNames(name, serviceKeys, names);
  const groups = ["alb", ...serviceKeys, "postgres", "redis"];
  const unknown = [
    ...Object.keys(names.securityGroups)
      .filter((group) => !groups.includes(group))
      .map((group) => problem(`names.securityGroups.${group}`, group, `Name a group: ${groups.join(", ")}.`)),
    ...Object.keys(names.services)
      .filter((key) => !serviceKeys.includes(key))
      .map((key) => problem(`names.services.${key}`, key, `Name a service: ${serviceKeys.join(", ")}.`)),
  ];
  const seen = new Map<string, string>();
  const twice = Object.entries(resolved.securityGroups).flatMap(([group, tag]) => {
    const other = seen.get(tag);
    seen.set(tag, group);
    const remedy = `Choose another name: the group "${other}" has it, and rules find groups by name.`;
    return other ? [problem(`names.securityGroups.${group}`, tag, remedy)] : [];
  });
  // Names of what the environment does not deploy cannot be wrong.
  const unused = [
    ...(declared.has("database") ? [] : ["names.database"]),
    ...(declared.has("cache") ? [] : ["names.cache"]),
  ];
  return [...unknown, ...twice, ...nameProblems(resolved).filter(({ path }) => !unused.includes(path))];
};

/** Rules that EC2 would refuse: the same one twice, or more than a group holds. Needs every section well-formed. */
const checkRules: Check = (sections) => {
  const { network, extraFlows, quotas, serviceKeys, services } = sections;
  if (!network || !extraFlows || !quotas || Object.keys(services).length !== serviceKeys.length) {
    return [];
  }
  const { database, cache } = sections;
  const loadBalancer = loadBalancerOf(services, sections.loadBalancer);
  const matrix = trafficMatrix({ network, extraFlows, services, loadBalancer, database, cache });
  const rules = matrix.rules();
  const seen = new Set<string>();
  const twice = rules.flatMap((rule) => {
    const key = ruleKey(rule);
    const repeated = seen.has(key);
    seen.add(key);
    return repeated ? [problem("extraFlows", key, "Remove one: this connection is allowed twice.")] : [];
  });
  const excesses = quotaExcesses(rules, quotas.rulesPerSecurityGroup).map(
    ({ group, direction, count, limit }) =>
      problem(
        `security group "${group}"`,
        count,
        `It would hold ${count} ${direction} rules; the limit is ${limit}. Allow fewer connections, or have the quota ` +
          "raised and say so in quotas.rulesPerSecurityGroup.",
      ),
  );
  return [...twice, ...excesses];
};

const CHECKS: readonly Check[] = [
  checkServiceKeys,
  checkStores,
  checkNetwork,
  checkSubnets,
  checkRoutes,
  checkAutoscaling,
  checkEnds,
  checkExtraFlows,
  checkNames,
  checkRules,
];

/** Everything that is wrong between the well-formed sections. */
export function crossProblems(sections: Sections): Problem[] {
  return CHECKS.flatMap((check) => check(sections));
}
