// What a network ACL must let through so that it cuts nothing that is declared: a second line behind security groups.
import { contains } from "../../schema/cidr";
import type { EnvironmentSections } from "../../schema/environment";
import type { Members } from "../members";
import { planSubnets } from "../subnets";
import type { Flow } from "./flow";
import { numberOf } from "./network-acl-numbers";
import { Peer } from "./peer";
import { Port, portCovers, portText, withoutCovered } from "./port";

/** An entry that allows something; whatever no entry allows is denied. */
export interface NetworkAclEntry {
  /** As seen from the subnets that have the ACL. */
  readonly direction: "ingress" | "egress";
  /** Where the traffic comes from, or goes to. */
  readonly cidr: string;
  readonly port: Port;
  /** By which EC2 knows it among those of its direction, and which it keeps whatever stands beside it. */
  readonly number: number;
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
 *
 * A flow's entries are the same whatever other flows and zones there are: no blocks are joined, and none is left out
 * because another flow's holds it. So what is added to a running platform takes no live entry away.
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
  const blocks = (peer: Peer): readonly string[] =>
    peer.kind === "cidr" ? [peer.cidr] : plan[members.get(peer.group).tier];
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
  const entry = (direction: NetworkAclEntry["direction"], cidr: string, port: Port): NetworkAclEntry => ({
    direction,
    cidr,
    port,
    number: numberOf(cidr, port, network.dataSubnetAclNumbers),
  });
  const entries = flows.flatMap(({ source, destination, port }) =>
    withoutCovered(
      [
        ...(isData(destination)
          ? blocks(source).flatMap((cidr) => [
              entry("ingress", cidr, port),
              entry("egress", cidr, answersTo(port)),
            ])
          : []),
        ...(isData(source)
          ? blocks(destination).flatMap((cidr) => [
              entry("egress", cidr, port),
              entry("ingress", cidr, answersTo(port)),
            ])
          : []),
      ],
      (outer, inner) =>
        outer.direction === inner.direction &&
        contains(outer.cidr, inner.cidr) &&
        portCovers(outer.port, inner.port),
    ),
  );
  // Services share their subnets, so that most of their entries are the same.
  return [...new Map(entries.map((one) => [entryId(one), one])).values()];
}

/** The name of an entry in Terraform, which it keeps as long as it says the same: `ingress-5432-tcp-from-10.0.64.0-20`. */
export function entryId({ direction, cidr, port }: Omit<NetworkAclEntry, "number">): string {
  const end = direction === "ingress" ? "from" : "to";
  return `${direction}-${portText(port)}-${end}-${cidr}`.replaceAll("/", "-");
}

function answersTo({ protocol }: Port): Port {
  return protocol === "all" ? Port.all : { protocol, ...EPHEMERAL };
}
