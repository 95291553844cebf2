// The flows that follow from an environment: the one place where its sections turn into traffic.

import type { EnvironmentSections } from "../../schema/environment";
import type { Service } from "../../schema/service";
import type { MemberKind, Members } from "../members";
import { connects } from "../services";
import type { Flow } from "./flow";
import { Peer, parsePeer } from "./peer";
import { Port, toPort } from "./port";
import { TrafficMatrix } from "./traffic-matrix";

/** What an environment must hold for its traffic to be known. */
export type TrafficSections = Pick<
  EnvironmentSections,
  "database" | "cache" | "loadBalancer" | "extraFlows" | "network"
> & { readonly services: Readonly<Record<string, Pick<Service, "connectsTo" | "egress">>> };

const SCHEMES: Readonly<Record<number, string>> = { 80: "HTTP", 443: "HTTPS" };

/**
 * Every connection that an environment allows, as a matrix.
 * @param members the environment's, and those that its extra flows name besides
 */
export function trafficMatrix(environment: TrafficSections, members: Members): TrafficMatrix {
  const { keys } = members;
  const all = members.all.map((member) => ({ ...member, peer: Peer.group(member.key) }));
  const of = (kind: MemberKind) => all.filter((member) => member.kind === kind);
  const services = of("service").flatMap((member) => {
    const service = environment.services[member.key];
    return service ? [{ ...member, service }] : [];
  });
  const { loadBalancer, database, network } = environment;
  const flows: Flow[] = [];
  /** To every port of a member. */
  const connect = (source: Peer, destination: (typeof all)[number], from: string) => {
    for (const port of destination.ports) {
      flows.push({
        source,
        destination: destination.peer,
        port,
        description: `${destination.label} from ${from}`,
      });
    }
  };

  for (const balancer of of("load-balancer")) {
    for (const port of balancer.ports) {
      for (const cidr of loadBalancer?.ingressCidrs ?? []) {
        const source = parsePeer(cidr, []);
        const from = source.kind === "cidr" && source.cidr === Peer.internet.cidr ? "Internet" : cidr;
        flows.push({
          source,
          destination: balancer.peer,
          port,
          description: `${SCHEMES[port.from]} from ${from}`,
        });
      }
    }
    for (const service of services) {
      connect(balancer.peer, service, balancer.label);
    }
  }
  for (const store of all.filter(({ holdsData, kind }) => holdsData && kind !== "extra")) {
    for (const { peer, label, service } of services) {
      if (connects(service, store.key)) {
        connect(peer, store, label);
      }
    }
  }
  for (const endpoints of of("endpoints")) {
    for (const { peer, label } of services) {
      connect(peer, endpoints, label);
    }
  }
  for (const store of of("database")) {
    if (database?.ingressFromVpc) {
      connect(Peer.cidr(network.cidr), store, "VPC");
    }
    if (database?.developerAddress) {
      connect(Peer.cidr(database.developerAddress), store, "developer");
    }
  }
  for (const { peer: source, label, service } of services) {
    if (service.egress === "all") {
      flows.push({
        source,
        destination: Peer.internet,
        port: Port.all,
        description: `All outbound from ${label}`,
      });
    } else {
      for (const { cidr, port, protocol, description } of service.egress) {
        flows.push({ source, destination: Peer.cidr(cidr), port: toPort(port, protocol), description });
      }
    }
  }
  for (const { source, destination, port, protocol, description } of environment.extraFlows) {
    flows.push({
      source: parsePeer(source, keys),
      destination: parsePeer(destination, keys),
      port: toPort(port, protocol),
      description,
    });
  }
  return new TrafficMatrix({ members: members.all, flows, vpcCidr: network.cidr });
}
