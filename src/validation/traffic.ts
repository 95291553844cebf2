// What the environment allows: ends that exist, nobody let in too widely, and no more rules than EC2 takes.

import type { Member, Members } from "../model/members";
import { unplannedZones } from "../model/subnets";
import { dataSubnetAclEntries } from "../model/traffic/network-acl";
import { entryText, numberClashes } from "../model/traffic/network-acl-numbers";
import { quotaExcesses } from "../model/traffic/quotas";
import { ruleKey } from "../model/traffic/rules";
import { cidrProblem, INTERNET, isPrivate, prefixLength } from "../schema/cidr";
import { INTERNET_KEY, MEMBER_KEYS } from "../schema/member-keys";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";
import { declaredMembers, trafficOf } from "./members";
import { unknownName } from "./spelling";

/** The rule that denies what no other one allows: each network ACL has one in each direction, and it counts. */
const FINAL_DENY = 1;

export const checkEnds: Check = ({ dns, loadBalancer, declared }) => [
  ...(dns && loadBalancer && !loadBalancer.ports.includes(443)
    ? [
        problem(
          "loadBalancer.ports",
          loadBalancer.ports,
          "Add 443: with a domain, the load balancer speaks HTTPS.",
        ),
      ]
    : []),
  ...(loadBalancer && !declared.has("dns") && !loadBalancer.ports.includes(80)
    ? [
        problem(
          "loadBalancer.ports",
          loadBalancer.ports,
          'Add 80, or the section "dns": without a domain nothing answers on 443.',
        ),
      ]
    : []),
];

export const checkExtraFlows: Check = (sections) => {
  const { extraFlows } = sections;
  const members = declaredMembers(sections);
  const groups = members.keys;
  return (extraFlows ?? []).flatMap((flow, index) => {
    const problems: Problem[] = [];
    for (const end of ["source", "destination"] as const) {
      const text = flow[end];
      const known = groups.includes(text) || text === INTERNET_KEY || cidrProblem(text) === undefined;
      if (!known) {
        const hint = /^[\d.]+\//.test(text) ? cidrProblem(text) : undefined;
        const name = `Name a group (${groups.join(", ")}), a CIDR block, or "internet".`;
        const remedy = hint ?? unknownName("group", text, [...groups, "internet"], name);
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
    const source = flow.source === INTERNET_KEY ? INTERNET : flow.source;
    const isStore = members.has(flow.destination) && members.get(flow.destination).holdsData;
    if (isStore && !groups.includes(source) && !isPrivate(source) && prefixLength(source) < 32) {
      const remedy = "Only a single public address, a /32, may reach a data store from outside.";
      return [problem(`extraFlows[${index}].source`, flow.source, remedy)];
    }
    const end = members.has(flow.destination) ? members.get(flow.destination) : undefined;
    if (end && !end.holdsData && end.tier !== "public" && !groups.includes(source) && !isPrivate(source)) {
      return [problem(`extraFlows[${index}].source`, flow.source, wayIn(end, source, members))];
    }
    return [];
  });
};

/** What works in the place of a flow from public addresses to a member that they have no route to. */
function wayIn({ key, kind, tier }: Member, source: string, members: Members): string {
  const nothing = `Nothing outside reaches the ${tier} subnets that "${key}" is in`;
  const brought = "Addresses that a VPN or a peering brings are private ones: name those.";
  if (kind !== "service") {
    return `${nothing}: let a member send it on. ${brought}`;
  }
  const sentOn = members.has(MEMBER_KEYS.loadBalancer)
    ? `whoever reaches the load balancer reaches what it sends on. loadBalancer.ingressCidrs: ["${source}"] lets in these addresses and no others`
    : 'give it a "port", so that a load balancer sends requests on, and name these addresses in loadBalancer.ingressCidrs';
  return `${nothing}, and this flow would change nothing: ${sentOn}. ${brought}`;
}

/** Rules that EC2 would refuse: the same one twice, or more than a group holds. */
export const checkRules: Check = (sections) => {
  const traffic = trafficOf(sections);
  const { quotas } = sections;
  if (!traffic || !quotas) {
    return [];
  }
  const rules = traffic.matrix.rules();
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

/** Entries that EC2 would refuse: more than a network ACL holds, or two of one number. */
export const checkDataSubnetAcl: Check = (sections) => {
  const traffic = trafficOf(sections);
  const { quotas, production } = sections;
  if (!traffic || !quotas || production === undefined) {
    return [];
  }
  const { network, members, matrix } = traffic;
  if (unplannedZones(network).length > 0 || checkExtraFlows(sections).length > 0) {
    return [];
  }
  const entries = dataSubnetAclEntries({ network, production }, members, matrix.flows);
  const limit = quotas.rulesPerNetworkAcl;
  const excesses = (["ingress", "egress"] as const).flatMap((direction) => {
    const count = entries.filter((entry) => entry.direction === direction).length + FINAL_DENY;
    const remedy =
      `The data subnets' network ACL would hold ${count} ${direction} rules; the limit is ${limit}. Allow fewer blocks of ` +
      "addresses, have the quota raised and say so in quotas.rulesPerNetworkAcl, or write false here.";
    return count > limit ? [problem("network.dataSubnetAcl", network.dataSubnetAcl, remedy)] : [];
  });
  const path = "network.dataSubnetAclNumbers";
  const clashes = numberClashes(entries).map(({ number, entries: [first = "", ...others] }) => {
    const remedy =
      `Two entries of the data subnets' network ACL would have this number: "${[first, ...others].join('" and "')}". Give one ` +
      `that is not deployed yet a number of its own here, such as { "${others[0]}": 500 }.`;
    return problem(path, number, remedy);
  });
  const known = new Set(entries.map(entryText));
  const strange = Object.entries(network.dataSubnetAclNumbers)
    .filter(([text]) => !known.has(text))
    .map(([text, number]) =>
      problem(
        path,
        { [text]: number },
        `Remove it: there is no such entry. There are ${[...known].join(", ") || "none"}.`,
      ),
    );
  return [...excesses, ...clashes, ...strange];
};
