// The flows that follow from an environment: the one place where its sections turn into traffic.

import type { EnvironmentSections } from "../../schema/environment";
import type { PortOrRange } from "../../schema/fields";
import { serviceLabel } from "../services";
import type { Flow } from "./flow";
import { Peer, parsePeer } from "./peer";
import { Port } from "./port";
import { TrafficMatrix } from "./traffic-matrix";

/** The port that PostgreSQL listens on. */
export const POSTGRES_PORT = 5432;
/** The port that Redis listens on. */
export const REDIS_PORT = 6379;

/** The port that AWS's APIs listen on, S3's too. */
export const HTTPS_PORT = 443;

/** What an environment must hold for its traffic to be known. */
export type TrafficSections = Pick<
  EnvironmentSections,
  "services" | "database" | "cache" | "loadBalancer" | "extraFlows" | "network"
>;

const STORES = {
  postgres: { label: "PostgreSQL", port: POSTGRES_PORT },
  redis: { label: "Redis", port: REDIS_PORT },
} as const;

const SCHEMES: Readonly<Record<number, string>> = { 80: "HTTP", 443: "HTTPS" };

/** A port as an environment file writes it. */
export function toPort(port: PortOrRange, protocol: "tcp" | "udp"): Port {
  const { from, to } = typeof port === "number" ? { from: port, to: port } : port;
  return { protocol, from, to };
}

/** The security groups of an environment: `alb`, the services in their order, `postgres`, `redis`, `endpoints`. */
export function securityGroups(environment: TrafficSections): string[] {
  return [
    ...(environment.loadBalancer ? ["alb"] : []),
    ...Object.keys(environment.services),
    ...(environment.database ? ["postgres"] : []),
    ...(environment.cache ? ["redis"] : []),
    ...(environment.network.vpcEndpoints === false ? [] : ["endpoints"]),
  ];
}

/** Every connection that an environment allows, as a matrix. */
export function trafficMatrix(environment: TrafficSections): TrafficMatrix {
  const groups = securityGroups(environment);
  const services = Object.entries(environment.services);
  const { loadBalancer } = environment;
  const flows: Flow[] = [];

  for (const port of loadBalancer?.ports ?? []) {
    for (const cidr of loadBalancer?.ingressCidrs ?? []) {
      const source = parsePeer(cidr, []);
      const from = source.kind === "cidr" && source.cidr === Peer.internet.cidr ? "Internet" : cidr;
      flows.push({
        source,
        destination: Peer.group("alb"),
        port: Port.tcp(port),
        description: `${SCHEMES[port]} from ${from}`,
      });
    }
  }
  for (const [key, service] of services) {
    if (loadBalancer && service.port !== undefined) {
      flows.push({
        source: Peer.group("alb"),
        destination: Peer.group(key),
        port: Port.tcp(service.port),
        description: `${serviceLabel(key, service)} from ALB`,
      });
    }
  }
  for (const store of ["postgres", "redis"] as const) {
    for (const [key, service] of services.filter(([, { connectsTo }]) => connectsTo.includes(store))) {
      flows.push({
        source: Peer.group(key),
        destination: Peer.group(store),
        port: Port.tcp(STORES[store].port),
        description: `${STORES[store].label} from ${serviceLabel(key, service)}`,
      });
    }
  }
  if (environment.network.vpcEndpoints !== false) {
    for (const [key, service] of services) {
      flows.push({
        source: Peer.group(key),
        destination: Peer.group("endpoints"),
        port: Port.tcp(HTTPS_PORT),
        description: `AWS APIs from ${serviceLabel(key, service)}`,
      });
    }
  }
  const toPostgres = { destination: Peer.group("postgres"), port: Port.tcp(POSTGRES_PORT) };
  if (environment.database?.ingressFromVpc) {
    flows.push({
      source: Peer.cidr(environment.network.cidr),
      ...toPostgres,
      description: "PostgreSQL from VPC",
    });
  }
  if (environment.database?.developerAddress) {
    const source = Peer.cidr(environment.database.developerAddress);
    flows.push({ source, ...toPostgres, description: "PostgreSQL from developer" });
  }
  for (const [key, service] of services) {
    const source = Peer.group(key);
    if (service.egress === "all") {
      const description = `All outbound from ${serviceLabel(key, service)}`;
      flows.push({ source, destination: Peer.internet, port: Port.all, description });
    } else {
      for (const { cidr, port, protocol, description } of service.egress) {
        flows.push({ source, destination: Peer.cidr(cidr), port: toPort(port, protocol), description });
      }
    }
  }
  for (const { source, destination, port, protocol, description } of environment.extraFlows) {
    flows.push({
      source: parsePeer(source, groups),
      destination: parsePeer(destination, groups),
      port: toPort(port, protocol),
      description,
    });
  }
  return new TrafficMatrix({ groups, flows, vpcCidr: environment.network.cidr });
}
