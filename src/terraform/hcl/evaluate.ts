// Works out what a string of Terraform's JSON syntax comes to before anything is deployed, as far as that can be known,
// so that a check sees a default, a condition or an encoded document as Terraform will.

import { Evaluator, type Lookup, shown } from "./evaluator";
import { isList, isObject, type Json } from "./json";
import { TemplateSyntaxError, templateTokens } from "./tokens";

/** What most strings are that hold an expression at all: text and references, in which nothing has to be worked out. */
const REFERENCES = /^(?:[^$%]|[$%](?![{$%])|\$\{(?:data\.)?aws_[\w.-]+\})*$/;

/**
 * The value of a string that Terraform evaluates. What is known only once it is deployed stays what it is, as
 * `${expression}`, be it the whole string or a part of it, of a list or of an object.
 */
export function evaluate(source: string, lookup: Lookup): Json {
  if (!/[$%]\{/.test(source) || REFERENCES.test(source)) {
    return source;
  }
  try {
    return shown(new Evaluator(templateTokens(source), lookup).template());
  } catch (error) {
    if (error instanceof TemplateSyntaxError) {
      return source;
    }
    throw error;
  }
}

/** A value with every string in it evaluated; what holds none that comes to something else is not copied. */
export function evaluateAll(value: Json, lookup: Lookup): Json {
  if (typeof value === "string") {
    return evaluate(value, lookup);
  }
  if (isList(value)) {
    const items = value.map((item) => evaluateAll(item, lookup));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) {
    return value;
  }
  let changed: Record<string, Json> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const evaluated = evaluateAll(inner, lookup);
    if (evaluated !== inner) {
      changed ??= { ...value };
      changed[key] = evaluated;
    }
  }
  return changed ?? value;
}
