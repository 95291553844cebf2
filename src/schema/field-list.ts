// Every field that an environment file may have, as a list: its path, its type in words, its unit and its default.
import { z } from "zod";
import { environmentSchema } from "./environment";
import { units } from "./fields";
import { valueText } from "./shown";

/** One field of the environment file. */
export interface Field {
  /** Such as `services.*.routes[].priority`: `*` stands for any key, `[]` for each entry of a list. */
  readonly path: string;
  /** What it takes, in words: `whole number of seconds from 5 to 300`. */
  readonly type: string;
  /** The forms that an object may have, where there are several: `{ secretsManager, jsonKey }`. */
  readonly forms: readonly string[];
  /** Whether it must be there, wherever the object is that it belongs to. */
  readonly required: boolean;
  /**
   * What is filled in where it is left out, as it would be written; `its own defaults` for an object with defaults of its
   * own. `undefined` where nothing is filled in here: what then holds is said in the field's description.
   */
  readonly default: string | undefined;
}

/** Choices beyond this number are counted rather than listed: the message about a wrong one lists them all. */
const LISTED_CHOICES = 30;

/** All fields, those of an object after the object itself. A field that several forms of an object have stands once. */
export function fieldList(): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const field of fieldsOf(environmentSchema, "")) {
    const known = fields.get(field.path);
    fields.set(field.path, known ? merged(known, field) : field);
  }
  return [...fields.values()];
}

function merged(one: Field, other: Field): Field {
  const types = [...new Set([one.type, other.type])];
  return { ...one, type: choice(types), required: one.required && other.required };
}

function* fieldsOf(schema: z.core.$ZodType, path: string): Generator<Field> {
  const { def } = kind(schema);
  switch (def.type) {
    case "object":
      for (const [key, value] of Object.entries(def.shape)) {
        const at = path === "" ? key : `${path}.${key}`;
        const required = value._zod.optin === undefined;
        yield { path: at, type: typeText(value), forms: forms(value), required, default: defaultText(value) };
        yield* fieldsOf(value, at);
      }
      return;
    case "array":
      yield* fieldsOf(def.element, `${path}[]`);
      return;
    case "record":
      yield* fieldsOf(def.valueType, `${path}.*`);
      return;
    case "union":
      for (const option of def.options) {
        yield* fieldsOf(option, path);
      }
      return;
    default: {
      const inner = within(schema);
      if (inner) {
        yield* fieldsOf(inner, path);
      }
    }
  }
}

/** What a schema takes, in words. */
function typeText(schema: z.core.$ZodType): string {
  const { def } = kind(schema);
  switch (def.type) {
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "number":
      return schema instanceof z.ZodNumber ? numberText(schema) : "number";
    case "enum":
      return choices(Object.values(def.entries));
    case "literal":
      return [choices(def.values), units.get(schema)?.unit ?? []].flat().join(" ");
    case "object":
      return "object";
    case "array":
      return `list of ${plural(typeText(def.element))}`;
    case "record":
      return `${plural(typeText(def.valueType))} by key`;
    case "union":
      return choice([...new Set(def.options.map(typeText))]);
    default: {
      const inner = within(schema);
      if (!inner) {
        throw new TypeError(`The list of fields has no words for a schema of the kind "${def.type}".`);
      }
      return typeText(inner);
    }
  }
}

/** The objects that a value may be, where it is one of several. */
function forms(schema: z.core.$ZodType): string[] {
  const { def } = kind(schema);
  if (def.type === "union") {
    const objects = def.options.flatMap((option) => objectText(option) ?? []);
    return objects.length > 1 ? objects : [];
  }
  const inner = def.type === "record" ? def.valueType : def.type === "array" ? def.element : within(schema);
  return inner ? forms(inner) : [];
}

/** An object by its keys, with the values of those that take just one; `undefined` for what is no object. */
function objectText(schema: z.core.$ZodType): string | undefined {
  const { def } = kind(schema);
  if (def.type !== "object") {
    const inner = within(schema);
    return inner && objectText(inner);
  }
  const keys = Object.entries(def.shape).map(([key, value]) => {
    const { def: field } = kind(value);
    return field.type === "literal" && field.values.length === 1 ? `${key}: ${typeText(value)}` : key;
  });
  return `{ ${keys.join(", ")} }`;
}

function numberText(schema: z.ZodNumber): string {
  const { minValue, maxValue, isInt } = schema;
  const unit = units.get(schema)?.unit;
  const whole = isInt ? "whole number" : "number";
  return [unit ? `${whole} of ${unit}` : whole, ...range(minValue, maxValue)].join(" ");
}

/** The bounds of a number in words; none for those that JavaScript's own numbers have. */
function range(minimum: number | null, maximum: number | null): string[] {
  const least = minimum !== null && minimum > Number.MIN_SAFE_INTEGER;
  const most = maximum !== null && maximum < Number.MAX_SAFE_INTEGER;
  if (least && most) {
    return [`from ${minimum} to ${maximum}`];
  }
  return least ? [`above ${minimum}`] : most ? [`up to ${maximum}`] : [];
}

/** What is filled in by the schema itself where a field is left out. */
function defaultText(schema: z.core.$ZodType): string | undefined {
  const { def } = kind(schema);
  switch (def.type) {
    case "default":
      return valueText(def.defaultValue);
    case "prefault":
      return "its own defaults";
    case "union":
      return undefined;
    default: {
      const inner = within(schema);
      return inner ? defaultText(inner) : undefined;
    }
  }
}

/** The schema that another one wraps; `undefined` for one that wraps none. */
function within(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const { def } = kind(schema);
  switch (def.type) {
    case "optional":
    case "default":
    case "prefault":
    case "readonly":
    case "nonoptional":
      return def.innerType;
    case "pipe":
      return def.in;
    default:
      return undefined;
  }
}

/** zod types its definitions by kind, but not the schemas that it hands out. */
function kind(schema: z.core.$ZodType): { readonly def: z.core.$ZodTypes["_zod"]["def"] } {
  return { def: (schema as z.core.$ZodTypes)._zod.def };
}

function choices(values: readonly unknown[]): string {
  const texts = values.map(valueText);
  return texts.length > LISTED_CHOICES
    ? `one of ${texts.length}: ${texts.slice(0, 3).join(", ")}, ...`
    : choice(texts);
}

function choice(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length > 1 ? `${texts.slice(0, -1).join(", ")} or ${last}` : last;
}

function plural(type: string): string {
  const words: Readonly<Record<string, string>> = { text: "texts", object: "objects" };
  return words[type] ?? type;
}
