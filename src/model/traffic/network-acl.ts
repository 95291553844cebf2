// What a network ACL must let through so that it cuts nothing that is declared: a second line behind security groups.
import { contains, joined } from "../../schema/cidr";
import type { EnvironmentSections } from "../../schema/environment";
import { planSubnets, type SubnetTier, serviceTier } from "../subnets";
import { REDIS_PORT, type TrafficSections, trafficMatrix } from "./derive";
import { Peer } from "./peer";
import { Port, portCovers, withoutCovered } from "./port";

/** An entry that allows something; whatever no entry allows is denied. */
export interface NetworkAclEntry {
  /** As seen from the subnets that have the ACL. */
  readonly direction: "ingress" | "egress";
  /** Where the traffic comes from, or goes to. */
  readonly cidr: string;
  readonly port: Port;
}

/** The groups whose members are in the data subnets. */
const DATA_GROUPS: readonly string[] = ["postgres", "redis"];

/**
 * The ports that clients take for their own end, of any operating system: "Custom network ACLs: Ephemeral ports",
 * Amazon VPC user guide. An ACL keeps no state, so that answers need an entry as well.
 */
const EPHEMERAL = { from: 1024, to: 65_535 } as const;

/**
 * The entries of the data subnets' network ACL, none where the environment wants no such ACL or has no data stores.
 *
 * An ACL knows addresses, not groups: a group stands for the subnets that its members are in. Traffic within one subnet
 * passes no ACL, nor do DNS and the like ("Network ACL basics", Amazon VPC user guide).
 */
export function dataSubnetAclEntries(
  environment: TrafficSections & Pick<EnvironmentSections, "production">,
): NetworkAclEntry[] {
  const { network, production, cache } = environment;
  if (!(network.dataSubnetAcl ?? production)) {
    return [];
  }
  const plan = planSubnets(network);
  const blocks = (peer: Peer): string[] =>
    peer.kind === "cidr" ? [peer.cidr] : joined(plan[tierOf(peer.group, serviceTier(network))]);
  const flows: { readonly source: Peer; readonly destination: Peer; readonly port: Port }[] = [
    ...trafficMatrix(environment).flows,
    // The members of a cache replicate across the zones' data subnets. The flows do not say so: no rule of a group is
    // needed for it, while an ACL would hold for whatever passes from subnet to subnet. A database's standby is kept
    // up to date outside of the VPC's subnets.
    ...(cache
      ? [{ source: Peer.group("redis"), destination: Peer.group("redis"), port: Port.tcp(REDIS_PORT) }]
      : []),
  ];
  const entries = flows.flatMap(({ source, destination, port }): NetworkAclEntry[] => [
    ...(isData(destination)
      ? blocks(source).flatMap((cidr): NetworkAclEntry[] => [
          { direction: "ingress", cidr, port },
          { direction: "egress", cidr, port: answersTo(port) },
        ])
      : []),
    ...(isData(source)
      ? blocks(destination).flatMap((cidr): NetworkAclEntry[] => [
          { direction: "egress", cidr, port },
          { direction: "ingress", cidr, port: answersTo(port) },
        ])
      : []),
  ]);
  return withoutCovered(
    entries,
    (outer, inner) =>
      outer.direction === inner.direction &&
      contains(outer.cidr, inner.cidr) &&
      portCovers(outer.port, inner.port),
  );
}

function isData(peer: Peer): boolean {
  return peer.kind === "group" && DATA_GROUPS.includes(peer.group);
}

/** The tier of subnets that a group's members are in. */
function tierOf(group: string, services: SubnetTier): SubnetTier {
  if (DATA_GROUPS.includes(group)) {
    return "data";
  }
  switch (group) {
    case "alb":
      return "public";
    case "endpoints":
      return "private";
    default:
      return services;
  }
}

function answersTo({ protocol }: Port): Port {
  return protocol === "all" ? Port.all : { protocol, ...EPHEMERAL };
}
