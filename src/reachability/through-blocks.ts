// What rules let through to, or from, a block of addresses: one of them alone, or several that are it together.
import { type Port, portCovers, portIntersection, withoutCovered } from "../model/traffic/port";
import { covers } from "./address-blocks";
import type { ObservedRule } from "./observed-rules";

type Opening = Pick<ObservedRule, "peer" | "port" | "description">;

/** The ports on which rules let through all of a block, each with the rules' descriptions. */
export function throughBlocks(
  rules: readonly Opening[],
  block: string,
): Pick<Opening, "port" | "description">[] {
  const openings = rules.flatMap(({ peer, port, description }) =>
    peer.kind === "cidr" ? [{ cidr: peer.cidr, port, description }] : [],
  );
  const alone = openings.filter(({ cidr }) => covers([cidr], block));
  const parts = openings.filter((opening) => !alone.includes(opening));
  // The Internet in two halves, say: wherever the ports of several parts meet.
  const ports = parts.flatMap(({ port }, index) => [
    port,
    ...parts.slice(index + 1).flatMap((other) => portIntersection(port, other.port) ?? []),
  ]);
  const joined = ports.flatMap((port) => together(parts, port, block));
  return [...alone, ...withoutCovered(joined, (outer, inner) => portCovers(outer.port, inner.port))];
}

function together(
  parts: readonly (Pick<Opening, "port" | "description"> & { readonly cidr: string })[],
  port: Port,
  block: string,
): Pick<Opening, "port" | "description">[] {
  const open = parts.filter((part) => portCovers(part.port, port));
  const descriptions = [...new Set(open.map(({ description }) => description))];
  return covers(
    open.map(({ cidr }) => cidr),
    block,
  )
    ? [{ port, description: descriptions.join("; ") }]
    : [];
}
