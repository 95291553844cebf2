// Whether a declared connection is open, as far as live rules say so.

import type { Flow } from "../../model/traffic/flow";
import type { Peer } from "../../model/traffic/peer";
import { type Port, portIntersection } from "../../model/traffic/port";
import { cidrProblem, overlaps } from "../../schema/cidr";
import { blocksOfPeer, type PrefixLists } from "../live/prefix-lists";
import type { LiveRule } from "../live/security-groups";
import { livePort } from "./compare";

export interface LiveSituation {
  /** Rules of the platform's groups. */
  readonly live: readonly LiveRule[];
  /** IDs of the groups, by group. */
  readonly groupIds: ReadonlyMap<string, string>;
  /** The VPC's CIDR block: where the groups' members have their addresses. */
  readonly vpcCidr: string;
  /** The prefix lists that live rules name. */
  readonly prefixLists: PrefixLists;
}

/**
 * The rules at the destination by which a flow into a group, or a part of it, gets through: none, if the connection is
 * closed. A rule for a prefix list counts for the addresses in it; where AWS does not show those, for all.
 */
export function admitting(
  flow: Pick<Flow, "source" | "destination" | "port">,
  situation: LiveSituation,
): LiveRule[] {
  const { source, destination, port } = flow;
  const accepted = rulesOfGroup(destination, "ingress", situation).flatMap((rule) => {
    const common = isPeer(source, rule, situation) ? portOf(rule, port) : undefined;
    return common === undefined ? [] : [{ rule, common }];
  });
  if (source.kind === "cidr") {
    return accepted.map(({ rule }) => rule);
  }
  const opened = rulesOfGroup(source, "egress", situation).filter((rule) =>
    isPeer(destination, rule, situation),
  );
  return accepted
    .filter(({ common }) => opened.some((rule) => portOf(rule, common) !== undefined))
    .map(({ rule }) => rule);
}

function rulesOfGroup(
  group: Peer,
  direction: LiveRule["direction"],
  { live, groupIds }: LiveSituation,
): LiveRule[] {
  const id = group.kind === "group" ? groupIds.get(group.group) : undefined;
  return live.filter((rule) => rule.direction === direction && rule.groupId === id);
}

/** What a live rule lets through of a port. */
function portOf(rule: LiveRule, port: Port): Port | undefined {
  const live = livePort(rule);
  return live && portIntersection(live, port);
}

/** Whether a live rule's peer stands for this one, or a part of it: the same group, or a block with addresses of it. */
function isPeer(peer: Peer, { peer: live }: LiveRule, situation: LiveSituation): boolean {
  const { groupIds, vpcCidr, prefixLists } = situation;
  if (live.kind === "group") {
    return peer.kind === "group" && live.groupId === groupIds.get(peer.group);
  }
  const addresses = peer.kind === "group" ? vpcCidr : peer.cidr;
  return blocksOfPeer(live, prefixLists).some(
    // The platform speaks IPv4 only.
    (block) => cidrProblem(block) === undefined && overlaps(block, addresses),
  );
}
