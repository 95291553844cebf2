// Reads off a stack's elements which of their arguments are blocks: the one thing that Terraform's JSON does not say.
import {
  DefaultTokenResolver,
  StringConcat,
  type TerraformElement,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import { elementsOf } from "./addresses";
import { asList, isObject, type Json, type JsonObject } from "./hcl/json";
import type { TypedKind, TypedSlots } from "./hcl/language";
import { BLOCKS_ALL_THE_WAY, type Body, block, mergeSlots, type Slot } from "./hcl/shape";

type Slots = Body["slots"];

const KINDS: readonly TypedKind[] = ["provider", "resource", "data"];

/**
 * What the generated provider classes tell about the blocks of a stack's providers, resources and data sources.
 *
 * The knowledge is kept by type, not by element: one listener with a redirect block tells it for all listeners.
 */
export function typedSlots(stack: TerraformStack): TypedSlots {
  const known = new Map<string, Slots>();
  for (const element of elementsOf(stack)) {
    const fragment: Json = Tokenization.resolve(element.toHclTerraform(), { scope: stack, resolver });
    if (!isObject(fragment)) continue;
    for (const kind of KINDS) {
      for (const [type, instances] of entries(fragment[kind])) {
        const key = `${kind} ${type}`;
        for (const attributes of bodies(kind, instances)) {
          known.set(key, mergeSlots(known.get(key) ?? blocksOf(element), slots(attributes)));
        }
      }
    }
  }
  return (kind, type) => known.get(`${kind} ${type}`) ?? {};
}

const resolver = new DefaultTokenResolver(new StringConcat());

/** A provider's instances are a list; those of a resource type are an object by name. */
function bodies(kind: TypedKind, instances: Json): JsonObject[] {
  const all = kind === "provider" ? asList(instances) : entries(instances).map(([, instance]) => instance);
  return all.filter(isObject);
}

/**
 * The blocks that an element's class can take, set or not: the generated classes have a method `putFooBar` for each
 * block `foo_bar`. It tells the blocks that only an override sets.
 */
function blocksOf(element: TerraformElement): Slots {
  const found: Record<string, Slot> = {};
  for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(element))) {
    const [, name] = /^put([A-Z]\w*)$/.exec(method) ?? [];
    if (name !== undefined) found[snakeCase(name)] = block(0, {});
  }
  return found;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter, index) => `${index === 0 ? "" : "_"}${letter.toLowerCase()}`);
}

/** Arguments whose names and kinds cdktf has written down. */
function slots(attributes: JsonObject): Slots {
  const found: Record<string, Slot> = {};
  for (const [name, described] of Object.entries(attributes)) {
    const slot = isObject(described) ? slotOf(described) : undefined;
    if (slot !== undefined) found[name] = slot;
  }
  return found;
}

/**
 * cdktf describes an argument as `{ value, type, isBlock, storageClassType }`, in camel or snake case. Whatever
 * is not described that way (meta-arguments, overrides) is left to the language's own rules.
 */
function slotOf(described: JsonObject): Slot | undefined {
  const isBlock = described.isBlock ?? described.is_block;
  if (typeof isBlock !== "boolean") return undefined;
  // The few arguments that are nested too deep for the generator (a WAF statement) are of type any.
  if ((described.storageClassType ?? described.storage_class_type) === "any") return BLOCKS_ALL_THE_WAY;
  if (!isBlock || described.type === "map") return "expression";
  const values = described.value === undefined ? [] : asList(described.value).filter(isObject);
  return block(0, values.map(slots).reduce(mergeSlots, {}));
}

function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}
