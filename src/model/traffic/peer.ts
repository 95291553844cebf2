// The two ends of a connection: a security group of the platform, or a block of addresses outside it.
import { INTERNET } from "../../schema/cidr";
import { INTERNET_KEY } from "../../schema/member-keys";

/** A security group of the platform, by the key of its member. */
export interface GroupPeer {
  readonly kind: "group";
  readonly group: string;
}

/** A block of IPv4 addresses. */
export interface CidrPeer {
  readonly kind: "cidr";
  readonly cidr: string;
}

export type Peer = GroupPeer | CidrPeer;

export const Peer = {
  group: (group: string): GroupPeer => ({ kind: "group", group }),
  cidr: (cidr: string): CidrPeer => ({ kind: "cidr", cidr }),
  /** Every IPv4 address. */
  internet: { kind: "cidr", cidr: INTERNET } satisfies CidrPeer as CidrPeer,
} as const;

/** The name that tables and commands know a peer by: its group, `internet`, or its CIDR block. */
export function peerText(peer: Peer): string {
  if (peer.kind === "group") {
    return peer.group;
  }
  return peer.cidr === INTERNET ? INTERNET_KEY : peer.cidr;
}

/** The peer that a text names, given the groups that exist. A text that is no group is taken for a CIDR block. */
export function parsePeer(text: string, groups: readonly string[]): Peer {
  if (groups.includes(text)) {
    return Peer.group(text);
  }
  return text === INTERNET_KEY ? Peer.internet : Peer.cidr(text);
}
