// Ends and ports of traffic in words, as findings speak of them.

import type { Peer } from "../../model/traffic/peer";
import { type Port, portText } from "../../model/traffic/port";
import { INTERNET } from "../../schema/cidr";
import type { LiveRule } from "../live/security-groups";
import { livePort } from "../rules/compare";

/** A declared end: `django`, `the Internet`, `203.0.113.7/32`. */
export function peerWords(peer: Peer): string {
  return peer.kind === "group" ? peer.group : blockWords(peer.cidr);
}

/** A block of addresses. */
export function blockWords(cidr: string): string {
  switch (cidr) {
    case INTERNET:
      return "the Internet";
    case "::/0":
      return "the Internet (IPv6)";
    default:
      return cidr;
  }
}

/** `5432/tcp`, or `all ports`. */
export function portWords(port: Port): string {
  return port.protocol === "all" ? "all ports" : portText(port);
}

/** The ports of a live rule; of a protocol without ports, its name or number. */
export function livePortWords(rule: LiveRule): string {
  const port = livePort(rule);
  if (port !== undefined) {
    return portWords(port);
  }
  return /^\d+$/.test(rule.protocol) ? `protocol ${rule.protocol}` : rule.protocol;
}
