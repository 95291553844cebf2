// What rules let through to, or from, a block of addresses: one of them alone, or several that are it together.
import { openTogether } from "../model/traffic/joined-blocks";
import { covers } from "../schema/address-blocks";
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
  const joined = openTogether(openings, block).map(({ port, parts }) => ({
    port,
    description: [...new Set(parts.map(({ description }) => description))].join("; "),
  }));
  return [...alone, ...joined];
}
