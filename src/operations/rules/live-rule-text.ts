// A live rule in words, in which the platform's groups go by their own names.
import { portText } from "../../model/traffic/port";
import type { LiveRule } from "../live/security-groups";
import { livePort } from "./compare";

/**
 * For example `postgres <- django 5432/tcp`.
 * @param groupIds IDs of the platform's groups, by group
 */
export function liveRuleText(rule: LiveRule, groupIds: ReadonlyMap<string, string>): string {
  const groups = new Map([...groupIds].map(([group, id]) => [id, group]));
  const nameOf = (id: string) => groups.get(id) ?? id;
  const { groupId, direction, protocol, peer } = rule;
  const port = livePort(rule);
  const arrow = direction === "ingress" ? "<-" : "->";
  return `${nameOf(groupId)} ${arrow} ${peerText(peer, nameOf)} ${port ? portText(port) : protocol}`;
}

function peerText(peer: LiveRule["peer"], nameOf: (id: string) => string): string {
  switch (peer.kind) {
    case "group":
      return nameOf(peer.groupId);
    case "cidr":
      return peer.cidr;
    case "prefix-list":
      return peer.id;
  }
}
