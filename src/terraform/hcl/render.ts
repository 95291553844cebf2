// Turns a configuration in Terraform's JSON syntax into the native syntax, in the layout of `terraform fmt`.

import { bare, constant, expression, type StringReader, template } from "./expression";
import { asList, isList, isObject, type Json, type JsonObject } from "./json";
import { configuration, type TypedSlots } from "./language";
import { layout } from "./layout";
import { type Assignment, assignments, indent } from "./lines";
import { BLOCKS_ALL_THE_WAY, type BlockSlot, type Body, block, type Slot } from "./shape";
import { expressionTokens } from "./tokens";

const READERS = { expression: template, constant, bare, requirement: constant } as const;

/** The members of an object whose texts are read in another way than the others. */
const BARE_IN_REQUIREMENTS: Readonly<Record<string, StringReader>> = { configuration_aliases: bare };

/** Arguments that readers look for first, before a block's own. */
const FIRST: readonly string[] = ["count", "for_each", "provider", "alias", "type", "name", "description"];
/** Arguments that come last by custom, each on its own. */
const LAST: readonly string[] = ["tags", "depends_on", "lifecycle"];

/** A block, as it is written. */
export interface Block {
  /** For example `resource`. */
  readonly kind: string;
  /** For example `["aws_vpc", "main"]`. */
  readonly labels: readonly string[];
  readonly lines: readonly string[];
}

/**
 * Writes a whole configuration as blocks of a `.tf` file, in the order in which the kinds of blocks are read.
 *
 * @param config the configuration as `cdk.tf.json` holds it
 * @param typed what the providers say about their blocks
 * @throws TemplateSyntaxError for a string that is no Terraform template
 * @throws Error for a kind of block that Terraform's language does not have
 */
export function renderBlocks(config: JsonObject, typed: TypedSlots): Block[] {
  const root = configuration(typed);
  for (const kind of Object.keys(config)) {
    if (kind !== "//" && root.slots[kind] === undefined) {
      throw new Error(
        `Cannot write the top-level block "${kind}" as HCL: known are ${Object.keys(root.slots).join(", ")}`,
      );
    }
  }
  return Object.entries(root.slots).flatMap(([kind, slot]) =>
    typeof slot === "string" ? [] : nested(kind, [], config[kind] ?? null, slot),
  );
}

/** The text of a `.tf` file: blocks with an empty line between them. */
export function fileOf(blocks: readonly (readonly string[])[]): string {
  return `${separate(blocks).join("\n")}\n`;
}

/** A whole configuration as one file. Parameters and errors are those of `renderBlocks`. */
export function renderHcl(config: JsonObject, typed: TypedSlots): string {
  return fileOf(renderBlocks(config, typed).map(({ lines }) => lines));
}

function body(members: JsonObject, shape: Body): string[] {
  const attributes: Assignment[] = [];
  const sections: (readonly string[])[] = [];
  for (const [name, value] of inOrder(members)) {
    const slot = slotOf(name, value, shape);
    if (typeof slot === "string") {
      const assignment = { name, value: attribute(name, value, slot) };
      if (LAST.includes(name)) sections.push(assignments([assignment]));
      else attributes.push(assignment);
    } else if (isList(value) && value.length === 0 && shape.clearable?.includes(name) === true) {
      attributes.push({ name, value: "[]" });
    } else {
      sections.push(...nested(name, [], value, slot).map(({ lines }) => lines));
    }
  }
  return separate([...(attributes.length > 0 ? [assignments(attributes)] : []), ...sections]);
}

/** Joins sections with an empty line between them. */
function separate(sections: readonly (readonly string[])[]): string[] {
  return sections.flatMap((section, index) => (index === 0 ? section : ["", ...section]));
}

/**
 * Arguments that hold a JSON document which the provider compares by what it says: of `dashboard_body` and `event_pattern` it keeps
 * the normalized text.
 */
const DOCUMENTS: readonly string[] = ["dashboard_body", "event_pattern"];

function attribute(name: string, value: Json, slot: Exclude<Slot, BlockSlot>): string {
  const document = DOCUMENTS.includes(name) && typeof value === "string" ? parsed(value) : undefined;
  if (document !== undefined)
    return layout(expressionTokens(`jsonencode(${expression(document, template)})`));
  const written = expression(value, READERS[slot], slot === "requirement" ? BARE_IN_REQUIREMENTS : {});
  // `terraform fmt` completes a collection type that does not say of what.
  return name === "type" && slot === "bare" && /^(?:list|map|set)$/.test(written)
    ? `${written}(any)`
    : written;
}

/** A document of JSON; `undefined` for text that is none. */
function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The blocks of one name: JSON holds an object, or a list of them, at every label and at the body. */
function nested(name: string, labels: readonly string[], value: Json, slot: BlockSlot): Block[] {
  return asList(value)
    .filter(isObject)
    .flatMap((item): Block[] => {
      if (labels.length < slot.labels) {
        return Object.entries(item)
          .filter(([label]) => label !== "//")
          .flatMap(([label, inner]) => nested(name, [...labels, label], inner, slot));
      }
      const shape = typeof slot.body === "function" ? slot.body(labels) : slot.body;
      const header = [name, ...labels.map(constant)].join(" ");
      const content = body(item, shape);
      const lines = content.length === 0 ? [`${header} {}`] : [`${header} {`, ...indent(content), "}"];
      return [{ kind: name, labels, lines }];
    });
}

function slotOf(name: string, value: Json, shape: Body): Slot {
  const known = shape.slots[name];
  if (known !== undefined) {
    // Where a block is expected, anything but objects can only be an expression for all of them, or null for none.
    return typeof known === "string" || value === null || asList(value).every(isObject)
      ? known
      : "expression";
  }
  if (shape.otherwise === "block")
    return isObject(value) || isListOfObjects(value) ? BLOCKS_ALL_THE_WAY : "expression";
  if (shape.otherwise !== undefined) return shape.otherwise;
  if (name === "dynamic" && asList(value).every(isObject)) return dynamic(shape);
  return isListOfObjects(value) ? block(0, {}) : "expression";
}

function isListOfObjects(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every(isObject);
}

/** `dynamic "name" { for_each, iterator, content }`, whose content is the body of a block called name. */
function dynamic(enclosing: Body): BlockSlot {
  return {
    labels: 1,
    body: ([name = ""]) => {
      const repeated = enclosing.slots[name];
      const content =
        typeof repeated === "object" && typeof repeated.body === "object" ? repeated.body : { slots: {} };
      return {
        slots: {
          for_each: "expression",
          iterator: "bare",
          labels: "expression",
          content: { labels: 0, body: content },
        },
      };
    },
  };
}

/** A body's members with those that readers look for first at the front; "//" is a comment in the JSON syntax. */
function inOrder(members: JsonObject): [string, Json][] {
  const rank = (name: string) =>
    LAST.includes(name)
      ? 1 + LAST.indexOf(name)
      : FIRST.includes(name)
        ? FIRST.indexOf(name) - FIRST.length
        : 0;
  return Object.entries(members)
    .filter(([name]) => name !== "//")
    .sort(([left], [right]) => rank(left) - rank(right));
}
