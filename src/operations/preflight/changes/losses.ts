// What a plan would destroy that holds data or serves requests, and the fields of the environment that it comes from.
import { fieldsThatReplace } from "../../../model/changes/changes";
import type { PlannedChange } from "../../terraform/plan";
import { GUARDED, isReplaceable } from "./guarded";

/** A resource that a plan would take away. */
export interface Loss {
  readonly address: string;
  /** What is lost and why, and what to do instead, in whole sentences. */
  readonly text: string;
}

/**
 * Everything that a plan takes away, and that somebody would miss: what is guarded in any case, and all else where it is
 * removed before its successor is made, or where the successor cannot be made as long as this one has the name.
 */
export function lossesOf(changes: readonly PlannedChange[]): Loss[] {
  return changes.flatMap((change): Loss[] => {
    const { address, type, actions } = change;
    const isGuarded = type in GUARDED;
    const isGap = actions[0] === "delete" && actions.includes("create") && !isReplaceable(address);
    const isInTheWay = actions[0] === "create" && fieldsOf(change).length > 0 && isNamedAlike(change);
    return actions.includes("delete") && (isGuarded || isGap || isInTheWay)
      ? [{ address, text: [what(change), ...reasons(change, changes)].join(" ") }]
      : [];
  });
}

/** The fields by which a resource is replaced that no change can be made of. */
function fieldsOf({ type, forcedBy }: PlannedChange) {
  return forcedBy.flatMap((argument) => fieldsThatReplace(`${type}.${argument}`));
}

function isNamedAlike({ name }: PlannedChange): boolean {
  return name.before !== undefined && name.before === name.after;
}

function what({ address, type, actions, forcedBy }: PlannedChange): string {
  const lost = GUARDED[type];
  const done = !actions.includes("create")
    ? "destroyed"
    : actions[0] === "create"
      ? "made anew, and this one destroyed"
      : "destroyed, and then made anew";
  const because = forcedBy.length === 0 ? "" : `, because ${forcedBy.join(", ")} cannot be changed`;
  return `${address} would be ${done}${because}${lost === undefined ? "" : `: ${lost}`}.`;
}

/** Which fields that comes from; for what is not declared any more, whether it only is declared by another key. */
function reasons(change: PlannedChange, changes: readonly PlannedChange[]): string[] {
  const { type, actions, name } = change;
  if (!actions.includes("create")) {
    const twin = changes.find(
      (other) =>
        other.type === type &&
        other.actions.every((action) => action === "create") &&
        name.before !== undefined &&
        other.name.after === name.before,
    );
    return twin === undefined
      ? ["The environment does not declare it any more."]
      : [
          `${twin.address} is to have the same name: a key was renamed. AWS refuses the name while this one has it. Keep the ` +
            "key, or give what has the new key names of its own, and remove this one once that serves.",
        ];
  }
  return [...new Map(fieldsOf(change).map((field) => [field.path, field])).values()].map(
    ({ path, instead }) => `It follows from ${path}: ${instead}`,
  );
}
