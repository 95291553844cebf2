// Blocks of addresses that are another one only together: the Internet in two halves, say.
import { covers } from "../../schema/address-blocks";
import { type Port, portCovers, portIntersection, withoutCovered } from "./port";

/** What lets a block of addresses through on some ports. */
export interface Opening {
  readonly cidr: string;
  readonly port: Port;
}

/** The ports on which some openings let through all of a block, where none of them alone does, each with those openings. */
export function openTogether<Part extends Opening>(
  openings: readonly Part[],
  block: string,
): { readonly port: Port; readonly parts: readonly Part[] }[] {
  const parts = openings.filter(({ cidr }) => !covers([cidr], block));
  if (!covered(parts, block)) {
    return [];
  }
  // Wherever the ports of several parts meet.
  const ports = parts.flatMap(({ port }, index) => [
    port,
    ...parts.slice(index + 1).flatMap((other) => portIntersection(port, other.port) ?? []),
  ]);
  const joined = ports
    .map((port) => ({ port, parts: parts.filter((part) => portCovers(part.port, port)) }))
    .filter((open) => covered(open.parts, block));
  return withoutCovered(joined, (outer, inner) => portCovers(outer.port, inner.port));
}

function covered(openings: readonly Opening[], block: string): boolean {
  return covers(
    openings.map(({ cidr }) => cidr),
    block,
  );
}
