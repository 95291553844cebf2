// What tables, diagrams and commands show of a platform's traffic, wherever it was learnt from.
import { findPaths, shortestPath } from "./paths";
import { peerText } from "./peer";
import { portText } from "./port";
import type { Connection, TrafficMatrix } from "./traffic-matrix";

/** A connection that gets through. */
export interface AllowedRow {
  readonly source: string;
  readonly destination: string;
  /** For example `5432/tcp`, or `all`. */
  readonly port: string;
  /** What its rules say. */
  readonly description: string;
  /** Why it is needed, where somebody has said so. */
  readonly reason?: string | undefined;
}

/** Two peers between which nothing gets through. */
export interface DeniedRow {
  readonly source: string;
  readonly destination: string;
  readonly reason: string;
}

/** Two peers of which it cannot be said whether anything gets through. */
export type UnknownRow = DeniedRow;

/** One step of a way. */
export interface Step {
  readonly to: string;
  /** The ports on which the step is allowed. */
  readonly ports: readonly string[];
}

export interface TrafficView {
  /** Every peer: `internet`, other address blocks, then the security groups' members. */
  readonly peers: readonly string[];
  readonly allowed: readonly AllowedRow[];
  readonly denied: readonly DeniedRow[];
  /** What is neither allowed nor denied, because something cannot be read; nothing of what an environment declares. */
  readonly unknown: readonly UnknownRow[];
  /** Connections that get through without being declared one by one, besides those in `allowed`. */
  readonly implied: readonly AllowedRow[];
  /** The peers that are not addresses outside. */
  readonly members: readonly string[];
  /** The members that keep data. */
  readonly stores: readonly string[];
}

/** What an environment declares. */
export function viewOf(matrix: TrafficMatrix): TrafficView {
  const peers = matrix.peers();
  const allowed = matrix.flows.map(rowOf);
  const key = ({ source, destination, port }: AllowedRow) => [source, destination, port].join(" ");
  const declared = new Set(allowed.map(key));
  const connections = peers.flatMap((source) =>
    peers.flatMap((destination) =>
      source === destination ? [] : matrix.connections(source, destination).map(rowOf),
    ),
  );
  return {
    peers: peers.map(peerText),
    members: matrix.groups,
    stores: matrix.members.flatMap(({ key, holdsData }) => (holdsData ? [key] : [])),
    allowed,
    implied: connections.filter((row) => !declared.has(key(row))),
    denied: matrix.denied().map(({ source, destination, reason }) => ({
      source: peerText(source),
      destination: peerText(destination),
      reason,
    })),
    unknown: [],
  };
}

function rowOf({ source, destination, port, description, reason }: Connection): AllowedRow {
  const ends = { source: peerText(source), destination: peerText(destination), port: portText(port) };
  return { ...ends, description, ...(reason === undefined ? {} : { reason }) };
}

function portsByPair({ allowed, implied }: TrafficView): ReadonlyMap<string, ReadonlySet<string>> {
  const ports = new Map<string, Set<string>>();
  for (const row of [...allowed, ...implied]) {
    const key = `${row.source} ${row.destination}`;
    ports.set(key, (ports.get(key) ?? new Set()).add(row.port));
  }
  return ports;
}

/** Every way from one peer to another, shortest first, with the ports of each step. */
export function pathsIn(view: TrafficView, source: string, destination: string): Step[][] {
  const ports = portsByPair(view);
  const between = (from: string, to: string) => ports.get(`${from} ${to}`);
  return findPaths(source, destination, view.members, (from, to) => between(from, to) !== undefined).map(
    (way) => way.map((to, index) => ({ to, ports: sorted(between(way[index - 1] ?? "", to) ?? []) })),
  );
}

/** The shortest way from one peer to another if what is unknown is a connection; steps that are unknown have no ports. */
export function perhapsIn(view: TrafficView, source: string, destination: string): Step[] | undefined {
  const ports = portsByPair(view);
  const unknown = new Set(view.unknown.map((row) => `${row.source} ${row.destination}`));
  const allows = (from: string, to: string) => ports.has(`${from} ${to}`) || unknown.has(`${from} ${to}`);
  return shortestPath(source, destination, view.members, allows)?.map((to, index, way) => ({
    to,
    ports: sorted(ports.get(`${way[index - 1]} ${to}`) ?? []),
  }));
}

/** Ports in the order of their numbers. */
function sorted(ports: Iterable<string>): string[] {
  return [...ports].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

/** A way in words: `internet -> alb (80/tcp, 443/tcp) -> django (8000/tcp)`. */
export function pathText(path: readonly Step[]): string {
  return path.map(({ to, ports }) => (ports.length > 0 ? `${to} (${ports.join(", ")})` : to)).join(" -> ");
}
