// Blocks of addresses that let in, or lead to, more than their file says: several that are another one together.
import { type Opening, openTogether } from "../model/traffic/joined-blocks";
import { portText } from "../model/traffic/port";
import { INTERNET } from "../schema/cidr";
import { type Check, problem } from "./check";
import { trafficOf } from "./members";
import { checkExtraFlows } from "./traffic";

interface DeclaredBlock extends Opening {
  readonly path: string;
}

/**
 * The proof joins blocks: the parts of the Internet, or of any block that another flow names, are a connection that no
 * flow declares.
 */
export const checkJoinedBlocks: Check = (sections) => {
  const flows = trafficOf(sections)?.flows ?? [];
  // A flow that is refused by itself needs no second problem.
  if (checkExtraFlows(sections).length > 0) {
    return [];
  }
  const named = new Set([INTERNET]);
  const byGroup = new Map<string, DeclaredBlock[]>();
  for (const { source, destination, port, declaredIn: path = "loadBalancer.ingressCidrs" } of flows) {
    const [cidr, group] =
      source.kind === "cidr" && destination.kind === "group"
        ? [source.cidr, `to ${destination.group}`]
        : destination.kind === "cidr" && source.kind === "group"
          ? [destination.cidr, `from ${source.group}`]
          : [];
    if (cidr !== undefined && group !== undefined) {
      named.add(cidr);
      byGroup.set(group, [...(byGroup.get(group) ?? []), { cidr, port, path }]);
    }
  }
  return [...byGroup.values()].flatMap((openings) =>
    [...named].flatMap((block) => {
      const [joined] = openTogether(openings, block);
      const path = joined?.parts.at(-1)?.path;
      if (!joined || path === undefined) {
        return [];
      }
      const what = block === INTERNET ? `the whole Internet, ${block}` : `${block}, which another flow names`;
      const remedy =
        `Together these blocks are ${what} (${portText(joined.port)}): write that one block in their place where all of ` +
        "it is meant, or fewer addresses.";
      const parts = [...new Set(joined.parts.map(({ cidr }) => cidr))];
      return [problem(path, parts, remedy)];
    }),
  );
};
