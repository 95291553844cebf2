// Rules that nobody declared: who could reach what by them, how bad that is, and how to be rid of them.

import type { Environment } from "../../model/environment";
import type { Member } from "../../model/members";
import { portIntersection } from "../../model/traffic/port";
import type { SecurityGroupRule } from "../../model/traffic/rules";
import { deployCommand } from "../commands";
import type { DiscoveredGroup } from "../discovery/discover";
import { blocksOfPeer, type PrefixLists } from "../live/prefix-lists";
import type { LivePeer, LiveRule } from "../live/security-groups";
import { type ComparedRule, compareRules, livePort } from "../rules/compare";
import { NOT_DEPLOYED, type UndeclaredRule, type VerifyCheck } from "./check";
import { governingIds } from "./groups";
import { areTheInternet, publicShare } from "./internet";
import { blockWords, livePortWords } from "./words";

export interface UndeclaredFacts {
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly environment: Pick<Environment, "region">;
  readonly groups: readonly DiscoveredGroup[];
  /** IDs of the platform's groups. */
  readonly groupIds: ReadonlyMap<string, string>;
  /** Names of the VPC's security groups by ID. */
  readonly groupNames: ReadonlyMap<string, string>;
  readonly declared: readonly SecurityGroupRule[];
  /** The rules of all groups that the platform's resources are in. */
  readonly live: readonly LiveRule[];
  /** The prefix lists that rules name. */
  readonly prefixLists: PrefixLists;
}

/** Some of AWS's own prefix lists have dozens of blocks. */
const BLOCKS_SHOWN = 3;

/** `undeclared:*`, one check a group, also of the rules of strange groups that its resource is in. */
export function judgeUndeclared(facts: UndeclaredFacts): VerifyCheck[] {
  return facts.groups.map((group) => {
    const check = {
      id: `undeclared:${group.group}`,
      title: `The groups of the ${group.resource} have no rule that is not declared`,
    };
    const ids = governingIds(group, facts.groupIds);
    if (ids.length === 0) {
      return { ...check, status: "skipped", detail: NOT_DEPLOYED };
    }
    const findings = findingsOf(group.member, ids, facts);
    return findings.length === 0
      ? { ...check, status: "pass", detail: ids.join(", ") }
      : {
          ...check,
          status: "fail",
          detail: findings.map(({ id, finding }) => `${id}: ${finding}`).join("\n"),
          ...(findings.some(({ severity }) => severity) ? { severity: "critical" } : {}),
          findings,
        };
  });
}

function findingsOf(member: Member, ids: readonly string[], facts: UndeclaredFacts): UndeclaredRule[] {
  const { key: group } = member;
  const { groupIds, live } = facts;
  const declared = facts.declared.filter((rule) => rule.group === group);
  const compared = ids.map((id) =>
    // What a rule of a strange group lets through is no more than declared if the platform's own would let it through.
    compareRules(
      declared,
      new Map(groupIds).set(group, id),
      live.filter(({ groupId }) => groupId === id),
    ),
  );
  const undeclared = compared.flatMap((comparison) => comparison.undeclared);
  const open = openData(member, undeclared, facts);
  return compared
    .flatMap((comparison) =>
      comparison.undeclared.map((rule): UndeclaredRule => {
        const widened = comparison.declared.find(({ wider }) => wider.includes(rule));
        const { id, groupId, direction } = rule;
        return {
          id,
          groupId,
          direction,
          ports: livePortWords(rule),
          peer: livePeerWords(rule.peer, facts),
          finding: findingOf(group, rule, widened, open.has(rule), facts),
          remedy: remedyOf(rule, widened, facts),
          ...(open.has(rule) ? { severity: "critical" } : {}),
        };
      }),
    )
    .sort((a, b) => Number(b.severity !== undefined) - Number(a.severity !== undefined));
}

/**
 * The rules that open a group's data port to the Internet: each that does alone, and all the rest where they do
 * together, since the Internet can be cut into blocks that are harmless one by one.
 */
function openData(
  { holdsData, ports }: Member,
  rules: readonly LiveRule[],
  facts: UndeclaredFacts,
): ReadonlySet<LiveRule> {
  const dataPorts = holdsData ? ports : [];
  const toData = rules.filter((rule) => {
    const port = livePort(rule);
    return (
      rule.direction === "ingress" &&
      port &&
      dataPorts.some((dataPort) => portIntersection(port, dataPort) !== undefined)
    );
  });
  const isOpen = (some: readonly LiveRule[]) => areTheInternet(some.flatMap((rule) => blocksOf(rule, facts)));
  const alone = toData.filter((rule) => isOpen([rule]));
  const rest = toData.filter(
    (rule) => !alone.includes(rule) && blocksOf(rule, facts).some((block) => publicShare(block) > 0),
  );
  return new Set([...alone, ...(isOpen(rest) ? rest : [])]);
}

function blocksOf({ peer }: LiveRule, { prefixLists }: UndeclaredFacts): readonly string[] {
  return blocksOfPeer(peer, prefixLists);
}

function findingOf(
  group: string,
  rule: LiveRule,
  widened: ComparedRule | undefined,
  isOpen: boolean,
  facts: UndeclaredFacts,
): string {
  const words = livePeerWords(rule.peer, facts);
  // Half of the Internet, by a block or by a list of blocks, is called by its name.
  const peer = isOpen && !words.startsWith("the Internet") ? `the Internet (by ${words})` : words;
  const [source, destination] = rule.direction === "ingress" ? [peer, group] : [group, peer];
  const ports = livePortWords(rule);
  const reach = `${source} could reach ${destination} on ${ports}`;
  if (widened === undefined) {
    return reach;
  }
  return widened.exact
    ? `${reach}; wider than ${widened.id}, which is there, too`
    : `${reach}; it is ${widened.id} made wider`;
}

function remedyOf(
  { id, groupId, direction }: LiveRule,
  widened: ComparedRule | undefined,
  { name, environment }: UndeclaredFacts,
): string {
  // One that was made from a declared rule is Terraform's own, which makes it narrow again.
  return widened && widened.exact === undefined
    ? deployCommand(name, widened.rule.holder)
    : `aws ec2 revoke-security-group-${direction} --region ${environment.region} --group-id ${groupId} ` +
        `--security-group-rule-ids ${id}`;
}

function livePeerWords(peer: LivePeer, { groupIds, groupNames, prefixLists }: UndeclaredFacts): string {
  switch (peer.kind) {
    case "cidr":
      return blockWords(peer.cidr);
    case "prefix-list": {
      const blocks = prefixLists.get(peer.id);
      if (blocks === undefined) {
        return `prefix list ${peer.id} (AWS does not show what is in it)`;
      }
      const shown = blocks.length > BLOCKS_SHOWN ? `${blocks.length} blocks` : blocks.join(", ");
      return `prefix list ${peer.id}${shown && ` (${shown})`}`;
    }
    case "group": {
      const own = [...groupIds].find(([, id]) => id === peer.groupId);
      const name = groupNames.get(peer.groupId);
      return own?.[0] ?? `security group ${peer.groupId}${name === undefined ? "" : ` (${name})`}`;
    }
  }
}
