// The traffic matrix: answers what is allowed between whom, what is not, and by which way.
import { contains, overlaps } from "../../schema/cidr";
import type { Member } from "../members";
import type { Flow } from "./flow";
import { findPaths } from "./paths";
import { Peer, parsePeer, peerText } from "./peer";
import { type Port, portIntersection } from "./port";
import { type SecurityGroupRule, securityGroupRules } from "./rules";

/** A connection that gets through, by one flow or by two that meet (an egress to, and an ingress from, addresses). */
export interface Connection {
  readonly source: Peer;
  readonly destination: Peer;
  readonly port: Port;
  /** What the rules of the flow say that admits it at the destination. */
  readonly description: string;
  /** Why that flow is needed. */
  readonly reason?: string | undefined;
}

/** Two peers between which nothing gets through. */
export interface Denial {
  readonly source: Peer;
  readonly destination: Peer;
  readonly reason: string;
}

/** What traffic needs to know of a member of the platform. */
export type TrafficMember = Pick<Member, "key" | "isEntrance" | "holdsData">;

export interface TrafficMatrixProps {
  /** Who has a security group. */
  readonly members: readonly TrafficMember[];
  /** Every allowed connection. */
  readonly flows: readonly Flow[];
  /** The VPC's CIDR block: where the groups' members have their addresses. */
  readonly vpcCidr: string;
}

export class TrafficMatrix {
  readonly members: readonly TrafficMember[];
  /** The members' keys, which their groups are known by. */
  readonly groups: readonly string[];
  readonly flows: readonly Flow[];
  readonly vpcCidr: string;
  private readonly into = new Map<string, Flow[]>();
  private readonly outOf = new Map<string, Flow[]>();
  private ruled: readonly SecurityGroupRule[] | undefined;

  constructor({ members, flows, vpcCidr }: TrafficMatrixProps) {
    this.members = members;
    this.groups = members.map(({ key }) => key);
    this.flows = flows;
    this.vpcCidr = vpcCidr;
    for (const group of this.groups) {
      this.into.set(group, []);
      this.outOf.set(group, []);
    }
    for (const flow of flows) {
      if (flow.destination.kind === "group") {
        this.into.get(flow.destination.group)?.push(flow);
      }
      if (flow.source.kind === "group") {
        this.outOf.get(flow.source.group)?.push(flow);
      }
    }
  }

  /** The security group rules that the flows come to. */
  rules(): readonly SecurityGroupRule[] {
    this.ruled ??= securityGroupRules(
      this.flows,
      this.members.flatMap(({ key, isEntrance }) => (isEntrance ? [key] : [])),
    );
    return this.ruled;
  }

  /** Every peer: the Internet first, then other CIDR blocks of the flows, then the groups. */
  peers(): Peer[] {
    const blocks = new Map<string, Peer>([[peerText(Peer.internet), Peer.internet]]);
    for (const peer of this.flows.flatMap(({ source, destination }) => [source, destination])) {
      if (peer.kind === "cidr") {
        blocks.set(peerText(peer), peer);
      }
    }
    return [...blocks.values(), ...this.groups.map(Peer.group)];
  }

  /**
   * What gets through from one peer to another. Between two groups that is every flow between them, and also a
   * connection that one group may open to a block of addresses and the other accepts from one, where both blocks
   * hold addresses of the VPC: a load balancer open to the Internet is open to the services beside it, too.
   */
  connections(source: Peer, destination: Peer): Connection[] {
    const accepted = destination.kind === "group" ? (this.into.get(destination.group) ?? []) : undefined;
    const opened = source.kind === "group" ? (this.outOf.get(source.group) ?? []) : undefined;
    if (accepted === undefined) {
      // An address outside: what the source may open towards all of it.
      return (opened ?? [])
        .filter((flow) => flow.destination.kind === "cidr" && this.blockCovers(flow.destination, destination))
        .map(({ port, description, reason }) => ({ source, destination, port, description, reason }));
    }
    return accepted
      .filter((flow) => this.admits(flow.source, source))
      .flatMap((flow): Connection[] => {
        const { port, description, reason } = flow;
        const direct = flow.source.kind === "group";
        if (source.kind === "cidr" || direct) {
          return [{ source, destination, port, description, reason }];
        }
        // The destination accepts the VPC's addresses: what of it may the source open towards them?
        return (opened ?? []).flatMap((out) => {
          const common =
            out.destination.kind === "cidr" && overlaps(out.destination.cidr, this.vpcCidr)
              ? portIntersection(out.port, port)
              : undefined;
          return common ? [{ source, destination, port: common, description, reason }] : [];
        });
      });
  }

  /** Whether anything gets through from one peer to another. */
  allows(source: Peer, destination: Peer): boolean {
    return this.connections(source, destination).length > 0;
  }

  /** Every pair of different peers, one of them a group, between which nothing gets through; with the reason. */
  denied(): Denial[] {
    const peers = this.peers();
    return peers.flatMap((source) =>
      peers
        .filter((destination) => destination !== source)
        .filter(({ kind }) => source.kind === "group" || kind === "group")
        .filter((destination) => !this.allows(source, destination))
        .map((destination) => ({ source, destination, reason: this.reason(source, destination) })),
    );
  }

  /**
   * Every way from one peer to another that passes no group twice, shortest first: `internet`, `alb`, `django`,
   * `postgres`. Addresses outside are ends of a way, never a step on it.
   */
  paths(source: Peer, destination: Peer): Peer[][] {
    const peer = (text: string) => parsePeer(text, this.groups);
    return findPaths(peerText(source), peerText(destination), this.groups, (from, to) =>
      this.allows(peer(from), peer(to)),
    ).map((way) => way.map(peer));
  }

  /** Whether a flow's source stands for this peer: the same group, or a block that holds its addresses. */
  private admits(flowSource: Peer, peer: Peer): boolean {
    if (flowSource.kind === "group") {
      return peer.kind === "group" && peer.group === flowSource.group;
    }
    // A block admits a group when it may hold an address of the VPC.
    return peer.kind === "group"
      ? overlaps(flowSource.cidr, this.vpcCidr)
      : contains(flowSource.cidr, peer.cidr);
  }

  private blockCovers(outer: Peer, inner: Peer): boolean {
    return outer.kind === "cidr" && inner.kind === "cidr" && contains(outer.cidr, inner.cidr);
  }

  private reason(source: Peer, destination: Peer): string {
    const [from, to] = [peerText(source), peerText(destination)];
    if (source.kind === "group" && (this.outOf.get(source.group) ?? []).length === 0) {
      return `${from} starts no connections: it has no egress rule`;
    }
    if (destination.kind === "group") {
      const accepted = this.into.get(destination.group) ?? [];
      if (accepted.length === 0) {
        return `${to} accepts no connections: it has no ingress rule`;
      }
      const sources = [...new Set(accepted.map((flow) => peerText(flow.source)))];
      if (!accepted.some((flow) => this.admits(flow.source, source))) {
        return `${to} accepts connections from ${sources.join(", ")} only`;
      }
    }
    const targets = [...new Set((this.outOf.get(from) ?? []).map((flow) => peerText(flow.destination)))];
    return `${from} connects to ${targets.join(", ")} only`;
  }
}
