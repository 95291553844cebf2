// What a stack says, as plain data: the tree that Terraform's JSON syntax is made of.

/** Any value of Terraform's JSON configuration syntax. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of Terraform's JSON configuration syntax: a body, or the value of a map or object attribute. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Tells an object from a list, a string, a number, a boolean and null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells a list; unlike `Array.isArray`, it keeps the type of the items of a readonly array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value as a list: a single value is a list of one, as it is for blocks in Terraform's JSON syntax. */
export function asList(value: Json): readonly Json[] {
  return isList(value) ? value : [value];
}
