// Ports as values with intent: `Port.tcp(5432)` rather than three loose fields.
import type { PortOrRange } from "../../schema/fields";

/** A protocol and a range of ports, both ends included. */
export interface Port {
  /** `all` stands for every protocol and every port. */
  readonly protocol: "tcp" | "udp" | "all";
  readonly from: number;
  readonly to: number;
}

const LAST_PORT = 65_535;

export const Port = {
  tcp: (port: number): Port => ({ protocol: "tcp", from: port, to: port }),
  tcpRange: (from: number, to: number): Port => ({ protocol: "tcp", from, to }),
  udp: (port: number): Port => ({ protocol: "udp", from: port, to: port }),
  udpRange: (from: number, to: number): Port => ({ protocol: "udp", from, to }),
  all: { protocol: "all", from: 0, to: LAST_PORT } satisfies Port as Port,
} as const;

/** Whether everything that `inner` names is in `outer`. */
export function portCovers(outer: Port, inner: Port): boolean {
  return (
    (outer.protocol === "all" || outer.protocol === inner.protocol) &&
    outer.from <= inner.from &&
    inner.to <= outer.to
  );
}

/** What two ports have in common; `undefined` if nothing. */
export function portIntersection(first: Port, second: Port): Port | undefined {
  const protocol = first.protocol === "all" ? second.protocol : first.protocol;
  if (second.protocol !== "all" && second.protocol !== protocol) {
    return undefined;
  }
  const [from, to] = [Math.max(first.from, second.from), Math.min(first.to, second.to)];
  return from <= to ? { protocol, from, to } : undefined;
}

/** The port in words: `5432/tcp`, `8000-8100/udp`, `all`. */
export function portText({ protocol, from, to }: Port): string {
  if (protocol === "all") {
    return "all";
  }
  return `${from === to ? from : `${from}-${to}`}/${protocol}`;
}

/** Things that open something, without those that another one covers: what they open together is the same. */
export function withoutCovered<Item>(
  items: readonly Item[],
  covers: (outer: Item, inner: Item) => boolean,
): Item[] {
  return items.filter(
    (item, index) =>
      !items.some(
        (other, position) =>
          position !== index &&
          covers(other, item) &&
          // Of two that cover each other, the first stays.
          (position < index || !covers(item, other)),
      ),
  );
}

/** A port as an environment file writes it. */
export function toPort(port: PortOrRange, protocol: "tcp" | "udp"): Port {
  const { from, to } = typeof port === "number" ? { from: port, to: port } : port;
  return { protocol, from, to };
}
