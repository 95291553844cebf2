// Whether each declared flow can pass: its rules are there, and its ends are in the groups that the rules speak of.

import { portCovers } from "../../model/traffic/port";
import { flowId, type SecurityGroupRule } from "../../model/traffic/rules";
import type { TrafficMatrix } from "../../model/traffic/traffic-matrix";
import { contains } from "../../schema/cidr";
import { deployCommand } from "../commands";
import type { DiscoveredGroup } from "../discovery/discover";
import { blocksOfPeer, type PrefixLists } from "../live/prefix-lists";
import type { LiveRule } from "../live/security-groups";
import type { LiveSituation } from "../rules/admitted";
import { type ComparedRule, livePort } from "../rules/compare";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { livePortWords, peerWords, portWords } from "./words";

export interface FlowFacts {
  /** The environment's name: that of its file. */
  readonly environment: string;
  readonly matrix: TrafficMatrix;
  readonly groups: readonly DiscoveredGroup[];
  readonly groupIds: ReadonlyMap<string, string>;
  readonly declared: readonly ComparedRule[];
  readonly live: readonly LiveRule[];
  /** The prefix lists that live rules name. */
  readonly prefixLists: PrefixLists;
}

type Answer = Pick<VerifyCheck, "status" | "detail">;

/** `flow:*`, in the order of the matrix. */
export function judgeFlows(facts: FlowFacts): VerifyCheck[] {
  return facts.matrix.flows.map((flow) => {
    const id = flowId(flow);
    const { source, destination, port, reason } = flow;
    const ends = [source, destination].flatMap((peer) =>
      peer.kind === "group" ? facts.groups.filter(({ group }) => group === peer.group) : [],
    );
    const connection = (verb: string) =>
      `${peerWords(source)} ${verb} ${peerWords(destination)} on ${portWords(port)}`;
    const rules = facts.declared.filter(({ rule }) => rule.flow === id);
    return {
      id: `flow:${id}`,
      title: `${connection("can reach").replace(/^the /, "The ")}${reason === undefined ? "" : `: ${reason}`}`,
      ...(endsOutOfReach(ends, facts) ??
        missing(rules, connection("cannot reach"), facts) ??
        notMembers(ends, facts) ?? {
          status: "pass",
          detail: rules.map(found).join("\n"),
        }),
    };
  });
}

/** An end that does not exist, or whose group is not certain. */
function endsOutOfReach(ends: readonly DiscoveredGroup[], { groupIds }: FlowFacts): Answer | undefined {
  const absent = ends.find(({ attached }) => attached === undefined);
  if (absent) {
    return { status: "skipped", detail: `${NOT_DEPLOYED}: there is no ${absent.resource}` };
  }
  const uncertain = ends.find(({ group }) => !groupIds.has(group));
  return uncertain && { status: "skipped", detail: `its group is not certain: see group:${uncertain.group}` };
}

function missing(
  rules: readonly ComparedRule[],
  closed: string,
  { environment, live, groupIds, matrix, prefixLists }: FlowFacts,
): Answer | undefined {
  const absent = rules.filter(({ exact, wider }) => exact === undefined && wider.length === 0);
  if (absent.length === 0) {
    return undefined;
  }
  const ways = absent.flatMap(({ rule }) =>
    live
      .filter((other) => admitsAnyway(other, rule, { groupIds, vpcCidr: matrix.vpcCidr, prefixLists }))
      .slice(0, 1),
  );
  const lines = [
    // Another rule may let the traffic through all the same: then it is wrong to say that it is closed.
    ways.length === absent.length
      ? `open only by ${ways.map(({ id }) => id).join(", ")}`
      : `closed: ${closed}`,
    ...absent.map(({ id, rule }) => `missing: ${id}, ${rule.direction} rule of ${groupIds.get(rule.group)}`),
    ...[...new Set(absent.map(({ rule }) => rule.holder))].map((holder) =>
      deployCommand(environment, holder),
    ),
  ];
  return { status: "fail", detail: lines.join("\n") };
}

/** Whether a live rule lets a declared rule's traffic through by a block of addresses, or one of a prefix list, that holds the peer's. */
function admitsAnyway(
  { groupId, direction, peer, ...live }: LiveRule,
  rule: SecurityGroupRule,
  { groupIds, vpcCidr, prefixLists }: Omit<LiveSituation, "live">,
): boolean {
  const port = livePort(live);
  return (
    groupId === groupIds.get(rule.group) &&
    direction === rule.direction &&
    port !== undefined &&
    portCovers(port, rule.port) &&
    blocksOfPeer(peer, prefixLists).some(
      (block) =>
        !block.includes(":") && contains(block, rule.peer.kind === "cidr" ? rule.peer.cidr : vpcCidr),
    )
  );
}

/** An end that is not in the group that the rules, which are there, speak of. */
function notMembers(ends: readonly DiscoveredGroup[], { groupIds }: FlowFacts): Answer | undefined {
  const outside = ends.find(({ group, attached = [] }) => !attached.includes(groupIds.get(group) ?? ""));
  return (
    outside && {
      status: "skipped",
      detail: `its rules are there, but the ${outside.resource} is not in the group: see group:${outside.group}`,
    }
  );
}

function found({ exact, wider: [wider], rule }: ComparedRule): string {
  if (exact) {
    return exact.description === rule.description
      ? exact.id
      : `${exact.id}, described as "${exact.description}" instead of "${rule.description}"`;
  }
  return wider ? `within the wider ${wider.id}, ${livePortWords(wider)}` : "";
}
