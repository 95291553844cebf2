// The flows that follow from an environment: the one place where its sections turn into traffic.

import type { DescribedFlow } from "../../schema/described-flow";
import type { EnvironmentSections } from "../../schema/environment";
import type { Service } from "../../schema/service";
import type { MemberKind, Members } from "../members";
import { connectedPorts, connectionTo, mountsOf, type ReachedService, targetPorts } from "../services";
import { type Flow, type FlowWords, worded } from "./flow";
import { Peer, parsePeer, peerText } from "./peer";
import { Port, toPort } from "./port";
import { TrafficMatrix } from "./traffic-matrix";

/** What an environment must hold for its traffic to be known. */
export type TrafficSections = Pick<
  EnvironmentSections,
  "database" | "cache" | "loadBalancer" | "extraFlows" | "describedFlows" | "network"
> & {
  readonly services: Readonly<
    Record<string, Pick<Service, "connectsTo" | "mounts" | "sidecars" | "egress"> & ReachedService>
  >;
};

const SCHEMES: Readonly<Record<number, string>> = { 80: "HTTP", 443: "HTTPS" };

/** A flow as the file's sections have it. */
export interface DerivedFlow extends Flow {
  /** The field that declares it, and says what it is for; none where it follows by itself. */
  readonly declaredIn?: string | undefined;
}

/**
 * Every connection that an environment allows, as a matrix.
 * @param members the environment's, and those that its extra flows name besides
 */
export function trafficMatrix(environment: TrafficSections, members: Members): TrafficMatrix {
  const flows = derivedFlows(environment, members).map(({ declaredIn, ...flow }): Flow => {
    const words = declaredIn ? undefined : environment.describedFlows.find((one) => describes(one, flow));
    return words ? worded(flow, words) : flow;
  });
  return new TrafficMatrix({ members: members.all, flows, vpcCidr: environment.network.cidr });
}

/** Whether these words are those of this flow. */
export function describes(
  words: Pick<DescribedFlow, "source" | "destination" | "port">,
  flow: Pick<Flow, "source" | "destination" | "port">,
): boolean {
  const isEnd = (text: string, peer: Peer) => peerText(parsePeer(text, [])) === peerText(peer);
  const { port } = words;
  return (
    isEnd(words.source, flow.source) &&
    isEnd(words.destination, flow.destination) &&
    (port === undefined || (flow.port.from === port && flow.port.to === port))
  );
}

/** The connections of an environment, without what `describedFlows` says of them. */
export function derivedFlows(environment: TrafficSections, members: Members): DerivedFlow[] {
  const { keys } = members;
  const all = members.all.map((member) => ({ ...member, peer: Peer.group(member.key) }));
  const of = (kind: MemberKind) => all.filter((member) => member.kind === kind);
  const services = of("service").flatMap((member) => {
    const service = environment.services[member.key];
    return service ? [{ ...member, service }] : [];
  });
  const { loadBalancer, database, network } = environment;
  const flows: DerivedFlow[] = [];
  /** To every port of a member. @param declared where the file declares it, and what it says there */
  const connect = (
    source: Peer,
    { label, peer: destination, ports }: (typeof all)[number],
    from: string,
    declared?: { readonly words: FlowWords; readonly declaredIn: string },
  ) => {
    for (const port of ports) {
      const flow = { source, destination, port, description: `${label} from ${from}` };
      flows.push(declared ? { ...worded(flow, declared.words), declaredIn: declared.declaredIn } : flow);
    }
  };

  for (const balancer of of("load-balancer")) {
    for (const port of balancer.ports) {
      for (const cidr of loadBalancer?.ingressCidrs ?? []) {
        const source = parsePeer(cidr, []);
        const from = source.kind === "cidr" && source.cidr === Peer.internet.cidr ? "Internet" : cidr;
        const description = `${SCHEMES[port.from]} from ${from}`;
        flows.push({ source, destination: balancer.peer, port, description });
      }
    }
    for (const { service, ...member } of services) {
      connect(balancer.peer, { ...member, ports: targetPorts(service).map(Port.tcp) }, balancer.label);
    }
  }
  for (const { service: destination, ...member } of services) {
    for (const { key, peer, label, service } of services) {
      const words = connectionTo(service, member.key);
      if (words) {
        const reached = { ...member, ports: connectedPorts(words, destination).map(Port.tcp) };
        connect(peer, reached, label, { words, declaredIn: `services.${key}.connectsTo` });
      }
    }
  }
  for (const store of [...of("database"), ...of("cache")]) {
    for (const { key, peer, label, service } of services) {
      const words = connectionTo(service, store.key);
      if (words) {
        connect(peer, store, label, { words, declaredIn: `services.${key}.connectsTo` });
      }
    }
  }
  for (const fileSystem of of("file-system")) {
    for (const { key, peer, label, service } of services) {
      // What is said at the first of several counts: it is one connection.
      const words = mountsOf(service).find((mount) => mount.fileSystem === fileSystem.key);
      if (words) {
        connect(peer, fileSystem, label, { words, declaredIn: `services.${key}.mounts` });
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
  for (const { key, peer: source, label, service } of services) {
    if (service.egress === "all") {
      const description = `All outbound from ${label}`;
      flows.push({ source, destination: Peer.internet, port: Port.all, description });
    } else {
      for (const { cidr, port, protocol, description, reason } of service.egress) {
        const to = { destination: Peer.cidr(cidr), port: toPort(port, protocol) };
        flows.push({ source, ...to, description, reason, declaredIn: `services.${key}.egress` });
      }
    }
  }
  for (const { source, destination, port, protocol, description, reason } of environment.extraFlows) {
    flows.push({
      source: parsePeer(source, keys),
      destination: parsePeer(destination, keys),
      port: toPort(port, protocol),
      description,
      reason,
      declaredIn: "extraFlows",
    });
  }
  return flows;
}
