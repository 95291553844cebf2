// The rules that an environment declares beside those that the account has: what is there, what is missing, what is more.
import { type Port, portCovers } from "../../model/traffic/port";
import { ruleId, type SecurityGroupRule } from "../../model/traffic/rules";
import type { LiveRule } from "../live/security-groups";

/** A declared rule, with the account's answer. */
export interface ComparedRule {
  /** Its name in Terraform and for commands: see `ruleId`. */
  readonly id: string;
  readonly rule: SecurityGroupRule;
  /** The live rule that is exactly this one, whatever its description. EC2 allows no second one. */
  readonly exact: LiveRule | undefined;
  /** Live rules that admit this traffic and more: same group, direction and peer, a wider port. */
  readonly wider: readonly LiveRule[];
}

export interface RuleComparison {
  readonly declared: readonly ComparedRule[];
  /** Live rules of the platform's groups that no declared rule is exactly. */
  readonly undeclared: readonly LiveRule[];
}

/**
 * Compares what is declared with what is live.
 * @param groupIds IDs of the groups, by group
 * @param live the rules of these groups
 */
export function compareRules(
  declared: readonly SecurityGroupRule[],
  groupIds: ReadonlyMap<string, string>,
  live: readonly LiveRule[],
): RuleComparison {
  const compared = declared.map((rule): ComparedRule => {
    const samePeer = live.filter((candidate) => joinsTheSame(rule, candidate, groupIds));
    const exact = samePeer.find((candidate) => isSamePort(rule.port, livePort(candidate)));
    const wider = samePeer.filter((candidate) => {
      const port = livePort(candidate);
      return candidate !== exact && port !== undefined && portCovers(port, rule.port);
    });
    return { id: ruleId(rule), rule, exact, wider };
  });
  const known = new Set(compared.map(({ exact }) => exact));
  return { declared: compared, undeclared: live.filter((rule) => !known.has(rule)) };
}

/** The port of a live rule; `undefined` for a protocol that no flow speaks of, such as ICMP. */
export function livePort({
  protocol,
  fromPort,
  toPort,
}: Pick<LiveRule, "protocol" | "fromPort" | "toPort">): Port | undefined {
  switch (protocol) {
    case "-1":
      return { protocol: "all", from: 0, to: 65_535 };
    case "tcp":
    case "udp":
      return { protocol, from: fromPort, to: toPort };
    default:
      return undefined;
  }
}

function isSamePort(first: Port, second: Port | undefined): boolean {
  return second !== undefined && portCovers(first, second) && portCovers(second, first);
}

/** Whether both are rules of the same group, in the same direction, with the same peer. */
function joinsTheSame(
  { group, direction, peer }: SecurityGroupRule,
  live: LiveRule,
  groupIds: ReadonlyMap<string, string>,
): boolean {
  if (live.groupId !== groupIds.get(group) || live.direction !== direction) {
    return false;
  }
  return peer.kind === "group"
    ? live.peer.kind === "group" && live.peer.groupId === groupIds.get(peer.group)
    : live.peer.kind === "cidr" && live.peer.cidr === peer.cidr;
}
