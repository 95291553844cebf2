// What Terraform's JSON syntax leaves out and the native one needs: which names are blocks, and how strings are read.

/**
 * What stands under a name in a body:
 * - `expression`: an attribute whose strings are templates
 * - `constant`: an attribute that Terraform does not evaluate, so that `${` in it is only text
 * - `bare`: an attribute that holds references, keywords or a type constraint
 * - `requirement`: what is required of a provider, an object of constants but for its `configuration_aliases`, which are bare
 * - a block, after as many labels as it takes
 */
export type Slot = "expression" | "constant" | "bare" | "requirement" | BlockSlot;

/** A name that opens a nested block. */
export interface BlockSlot {
  /** How many labels stand between the name and the body: `resource "type" "name"` has 2. */
  readonly labels: 0 | 1 | 2;
  /** The body, which may depend on the labels. */
  readonly body: Body | ((labels: readonly string[]) => Body);
}

/** The names that a body knows. */
export interface Body {
  readonly slots: Readonly<Record<string, Slot>>;
  /**
   * What a name that is not in `slots` is; "block" means blocks for objects and lists of them, attributes for all else.
   *
   * @default - a guess: a block if it holds a list of objects and nothing else, an attribute otherwise
   */
  readonly otherwise?: "expression" | "constant" | "requirement" | "block";
  /**
   * Names of blocks that are also attributes, so that an empty list says "none" rather than nothing.
   *
   * @default - none
   */
  readonly clearable?: readonly string[];
}

/** A block of the given labels and slots. */
export function block(labels: 0 | 1 | 2, slots: Body["slots"], otherwise?: Body["otherwise"]): BlockSlot {
  return { labels, body: otherwise === undefined ? { slots } : { slots, otherwise } };
}

/** A block in which every object is a block again. */
export const BLOCKS_ALL_THE_WAY: BlockSlot = block(0, {}, "block");

/** The slots that two sources know about one body; where they differ, the one that knows a block is right. */
export function mergeSlots(left: Body["slots"], right: Body["slots"]): Body["slots"] {
  const merged: Record<string, Slot> = { ...left };
  for (const [name, slot] of Object.entries(right)) {
    const known = merged[name];
    merged[name] = known === undefined ? slot : mergeSlot(known, slot);
  }
  return merged;
}

function mergeSlot(left: Slot, right: Slot): Slot {
  if (typeof left === "string") return right;
  if (typeof right === "string" || typeof left.body === "function" || typeof right.body === "function")
    return left;
  const otherwise = left.body.otherwise ?? right.body.otherwise;
  return block(left.labels, mergeSlots(left.body.slots, right.body.slots), otherwise);
}
