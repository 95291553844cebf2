// Services against what they use and what leads to them: queues, routes.
import { routeRules } from "../model/listener-rules";
import { isPublic } from "../model/services";
import { cidrProblem, INTERNET, overlaps } from "../schema/cidr";
import { LISTENER_RULES_PER_LOAD_BALANCER } from "../schema/limits";
import { RESERVED_KEYS } from "../schema/member-keys";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";
import { unknownName } from "./spelling";

export const checkServiceKeys: Check = ({ serviceKeys }) => [
  ...(serviceKeys.length === 0 ? [problem("services", {}, "Describe at least one service.")] : []),
  ...serviceKeys
    .filter((key) => RESERVED_KEYS.includes(key))
    .map((key) =>
      problem(`services.${key}`, key, `Choose another key: ${RESERVED_KEYS.join(", ")} are taken.`),
    ),
];

/** File systems and extra members share their keys with nobody. */
export const checkMemberKeys: Check = ({ serviceKeys, fileSystemKeys, memberKeys }) => [
  ...takenKeys("fileSystems", fileSystemKeys, [...RESERVED_KEYS, ...serviceKeys]),
  ...takenKeys("extraMembers", memberKeys, [...RESERVED_KEYS, ...serviceKeys, ...fileSystemKeys]),
];

function takenKeys(section: string, keys: readonly string[], taken: readonly string[]): Problem[] {
  return keys
    .filter((key) => taken.includes(key))
    .map((key) => problem(`${section}.${key}`, key, `Choose another key: ${taken.join(", ")} are taken.`));
}

export const checkQueues: Check = ({ services, queues, queueKeys, declared }) =>
  // Where the section is no object at all, nobody knows which queues it was to have.
  Object.entries(
    queues === undefined && declared.has("queues") && queueKeys.length === 0 ? {} : services,
  ).flatMap(([key, service]) =>
    (["consumesFrom", "sendsTo"] as const).flatMap((field) =>
      service[field].flatMap((queue, index) => {
        const add = `Add it to "queues", or name one that is there: ${queueKeys.join(", ") || "none"}.`;
        const remedy = unknownName("queue", queue, queueKeys, add);
        return queueKeys.includes(queue)
          ? []
          : [problem(`services.${key}.${field}[${index}]`, queue, remedy)];
      }),
    ),
  );

export const checkRoutes: Check = ({ services, declared, serviceKeys }) => {
  const reached = Object.entries(services).filter(([, service]) => isPublic(service));
  const problems: Problem[] = [];
  const complete = Object.keys(services).length === serviceKeys.length;
  if (declared.has("loadBalancer") && complete && reached.length === 0) {
    const remedy =
      "Give a service a port and leave it public, or remove this: nothing would be behind the load balancer.";
    problems.push(problem("loadBalancer", declared.get("loadBalancer"), remedy));
  }
  const [first, ...others] = reached.filter(([, { routes }]) => routes === undefined);
  for (const [key] of first ? others : []) {
    const remedy = `Give it routes: "${first?.[0]}" has none either, and only one service can be the default.`;
    problems.push(problem(`services.${key}.routes`, null, remedy));
  }
  const seen = new Map<number, string>();
  let count = 0;
  for (const [key, { routes }] of reached) {
    routes?.forEach(({ priority, ...route }, index) => {
      const path = `services.${key}.routes[${index}].priority`;
      const other = seen.get(priority);
      if (other) {
        problems.push(problem(path, priority, `Choose another number: ${other} has it already.`));
      }
      seen.set(priority, path);
      count += routeRules(route);
    });
  }
  if (count > LISTENER_RULES_PER_LOAD_BALANCER) {
    const remedy = `A load balancer takes ${LISTENER_RULES_PER_LOAD_BALANCER} rules: join routes, or split the platform.`;
    problems.push(problem("services", `${count} rules of routes`, remedy));
  }
  return problems;
};

/** Addresses that a route is for, against those that the load balancer lets in at all. */
export const checkRouteSources: Check = ({ services, loadBalancer, declared, refused }) => {
  if ((declared.has("loadBalancer") && !loadBalancer) || refused("loadBalancer.ingressCidrs")) {
    return [];
  }
  const { ingressCidrs = [INTERNET] } = loadBalancer ?? {};
  return Object.entries(services).flatMap(([key, { routes = [] }]) =>
    routes.flatMap(({ sourceCidrs = [] }, index) =>
      sourceCidrs
        .filter(
          (block) =>
            cidrProblem(block) === undefined && !ingressCidrs.some((admitted) => overlaps(admitted, block)),
        )
        .map((block) =>
          problem(
            `services.${key}.routes[${index}].sourceCidrs`,
            block,
            "Name addresses that loadBalancer.ingressCidrs lets in, or let these in there: nobody would come this way. Where a proxy " +
              "before the load balancer is all that it lets in, the proxy's addresses are the only ones that it sees: let the proxy tell.",
          ),
        ),
    ),
  );
};
