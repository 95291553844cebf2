// What a network ACL must let through so that it cuts nothing that is declared: a second line behind security groups.
import { contains, joined } from "../../schema/cidr";
import type { EnvironmentSections } from "../../schema/environment";
import type { Members } from "../members";
import { planSubnets } from "../subnets";
import type { Flow } from "./flow";
import { Peer } from "./peer";
import { Port, portCovers, portText, withoutCovered } from "./port";

/** An entry that allows something; whatever no entry allows is denied. */
export interface NetworkAclEntry {
  /** As seen from the subnets that have the ACL. */
  readonly direction: "ingress" | "egress";
  /** Where the traffic comes from, or goes to. */
  readonly cidr: string;
  readonly port: Port;
}

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
  { network, production }: Pick<EnvironmentSections, "network" | "production">,
  members: Members,
  declared: readonly Pick<Flow, "source" | "destination" | "port">[],
): NetworkAclEntry[] {
  if (!(network.dataSubnetAcl ?? production)) {
    return [];
  }
  const plan = planSubnets(network);
  const blocks = (peer: Peer): string[] =>
    peer.kind === "cidr" ? [peer.cidr] : joined(plan[members.get(peer.group).tier]);
  const isData = (peer: Peer) => peer.kind === "group" && members.get(peer.group).tier === "data";
  const flows = [
    ...declared,
    // The nodes of a cache replicate across the zones' data subnets. The flows do not say so: no rule of a group is
    // needed for it, while an ACL would hold for whatever passes from subnet to subnet. A database's standby is kept
    // up to date outside of the VPC's subnets.
    ...members.all
      .filter(({ replicates }) => replicates)
      .flatMap(({ key, ports }) =>
        ports.map((port) => ({ source: Peer.group(key), destination: Peer.group(key), port })),
      ),
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
    // Services share their subnets, so that most of their entries are the same.
    [...new Map(entries.map((entry) => [entryKey(entry), entry])).values()],
    (outer, inner) =>
      outer.direction === inner.direction &&
      contains(outer.cidr, inner.cidr) &&
      portCovers(outer.port, inner.port),
  );
}

function entryKey({ direction, cidr, port }: NetworkAclEntry): string {
  return `${direction} ${cidr} ${portText(port)}`;
}

function answersTo({ protocol }: Port): Port {
  return protocol === "all" ? Port.all : { protocol, ...EPHEMERAL };
}
