// Holds the synthesized Terraform against the traffic matrix: what it allows must be what the environment declares.

import type { Members } from "../model/members";
import type { Model } from "../model/model";
import { flowKey } from "../model/traffic/flow";
import { type Peer, peerText } from "../model/traffic/peer";
import { type Port, portCovers, portText, withoutCovered } from "../model/traffic/port";
import type { SecurityGroupRule } from "../model/traffic/rules";
import type { Connection, TrafficMatrix } from "../model/traffic/traffic-matrix";
import { observedRuleText } from "../reachability/observed-rules";
import type { Reach, Reachability } from "../reachability/reachability";
import type { TerraformConfigs } from "../reachability/terraform-config";
import { observedOf } from "./reading/observed";

/**
 * Every way in which the configurations of an environment's stacks and its traffic matrix disagree, a sentence each;
 * empty if they agree. Three views are compared: rule by rule and stack by stack; what each group is attached to; and,
 * derived from both, who reaches whom. What cannot be told before a deployment is not among them: the policy
 * `traffic-readable` finds it.
 *
 * @param configs evaluated: see `evaluated`
 */
export function trafficDisagreements(model: Model, configs: TerraformConfigs): string[] {
  const { traffic: matrix } = model;
  const observed = observedOf(model, configs);
  return [
    ...ruleDisagreements(model, matrix, observed),
    ...attachmentDisagreements(model, matrix, observed),
    ...reachDisagreements(model, observed),
  ];
}

function ruleDisagreements({ members }: Model, matrix: TrafficMatrix, { rules }: Reachability): string[] {
  const nameOf = (peer: Peer) => (peer.kind === "group" ? members.get(peer.group).groupName : peerText(peer));
  const text = ({ direction, group, peer, port }: SecurityGroupRule) =>
    `${nameOf({ kind: "group", group })} ${direction === "ingress" ? "<-" : "->"} ${nameOf(peer)} ${portText(port)}`;

  const expected = new Map(matrix.rules().map((rule) => [`${rule.holder} ${text(rule)}`, rule]));
  const problems: string[] = [];
  for (const rule of rules.filter(({ unread }) => unread === "")) {
    const key = `${rule.stack} ${observedRuleText(rule)}`;
    const declared = expected.get(key);
    if (!declared) {
      problems.push(
        `${rule.address} allows ${observedRuleText(rule)}, which is no flow of the environment in this stack`,
      );
    } else if (declared.description !== rule.description) {
      problems.push(`${rule.address} says "${rule.description}", the flow says "${declared.description}"`);
    }
    // Each rule is expected once: the same one again is one too many.
    expected.delete(key);
  }
  for (const rule of expected.values()) {
    problems.push(
      `The flow ${flowOf(rule)} (${rule.description}) lacks its rule ${text(rule)} in ${rule.holder}`,
    );
  }
  return problems;
}

/** The flow that a rule belongs to, in words. */
function flowOf({ direction, group, peer, port }: SecurityGroupRule): string {
  const own: Peer = { kind: "group", group };
  const [source, destination] = direction === "ingress" ? [peer, own] : [own, peer];
  return flowKey({ source, destination, port, description: "" });
}

function attachmentDisagreements(
  { members }: Model,
  matrix: TrafficMatrix,
  observed: Reachability,
): string[] {
  const problems: string[] = [];
  const missing = new Set(matrix.groups);
  const resources = new Map<string, string>();
  for (const { label, address, groups, unread, isStarter } of observed.endpoints) {
    // Each group of the environment has one member; another one in it would be let in unnoticed. An extra member may be
    // several resources, and a file system has an address in each zone.
    // What for_each makes of one resource, such as an endpoint for each API, is one member.
    const resource = address.replace(/\[.*\]$/, "");
    // What starts further tasks of a service, by the clock say, is in its group as they are.
    const isFirst = !isStarter && missing.delete(label);
    if (isFirst) resources.set(label, resource);
    const isMember =
      (isStarter && members.has(label)) ||
      isFirst ||
      resources.get(label) === resource ||
      isOfSeveral(members, label);
    const expected = isMember ? [members.get(label).groupName] : [];
    if (groups.length === 0 && !isMember && unread === "") {
      problems.push(`${address} is in no security group, and is no member of the environment`);
    }
    if (groups.join() !== expected.join()) {
      const [has, should] = [groups, expected].map((list) =>
        list.length > 0 ? list.join(", ") : "no group",
      );
      problems.push(`${address} is in ${has}; the environment puts "${label}" in ${should}`);
    }
  }
  for (const group of missing) {
    problems.push(`Nothing is in the security group of "${group}" (${members.get(group).groupName})`);
  }
  return problems;
}

function isOfSeveral(members: Members, key: string): boolean {
  return isExtra(members, key) || (members.has(key) && members.get(key).kind === "file-system");
}

function isExtra(members: Members, key: string): boolean {
  return members.has(key) && members.get(key).kind === "extra";
}

function reachDisagreements({ members, traffic: matrix }: Model, observed: Reachability): string[] {
  const reached = new Map<string, Reach[]>();
  for (const reach of observed.reaches()) {
    if (reach.source === reach.destination && isExtra(members, reach.source)) {
      // Two resources of one member.
      continue;
    }
    const pair = `${reach.source} -> ${reach.destination}`;
    const known = reached.get(pair);
    if (known === undefined) reached.set(pair, [reach]);
    else known.push(reach);
  }
  const peers = matrix.peers().map((peer) => ({ peer, text: peerText(peer) }));
  const allowed = new Map<string, Connection[]>();
  for (const { peer: source, text: from } of peers) {
    for (const { peer: destination, text: to } of peers) {
      const found = source === destination ? [] : matrix.connections(source, destination);
      // Between most peers there is nothing.
      if (found.length > 0) allowed.set(`${from} -> ${to}`, found);
    }
  }
  const through = connections(reached);
  const declared = connections(allowed);
  return [
    ...[...through]
      .filter((text) => !declared.has(text))
      .map((text) => `${text} gets through, which no flow allows`),
    ...[...declared]
      .filter((text) => !through.has(text))
      .map((text) => `${text} does not get through, which a flow allows`),
  ];
}

/** Every connection in words. Where one pair has several, only those that say more than another. */
function connections(byPair: ReadonlyMap<string, readonly { readonly port: Port }[]>): Set<string> {
  return new Set(
    [...byPair].flatMap(([pair, ports]) =>
      withoutCovered(ports, (outer, inner) => portCovers(outer.port, inner.port)).map(
        ({ port }) => `${pair} ${portText(port)}`,
      ),
    ),
  );
}
