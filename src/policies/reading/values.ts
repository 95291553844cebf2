// Questions that policies ask of a value, such as whether it is true, in whichever way Terraform takes it.
import { asList, entries, isObject, type Json, type JsonObject } from "../../reachability/terraform-config";

/** Whether a value is true; Terraform takes "true", too. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === "true";
}

/** Whether a value is false, or is left out, which for most arguments is the same. */
export function isFalse(value: Json | undefined): boolean {
  return value === undefined || value === null || value === false || value === "false";
}

/** The blocks of a name within a block, or a list of blocks: Terraform takes a single one, or a list of them. */
export function nested(within: Json | undefined, name: string): JsonObject[] {
  return asList(within)
    .filter(isObject)
    .flatMap((body) => asList(body[name]))
    .filter(isObject);
}

/** Whether a body makes blocks of a name with `dynamic`, so that they cannot be read. */
export function isDynamic(body: JsonObject, name: string): boolean {
  return entries(body.dynamic).some(([made]) => made === name);
}

/** Texts of a value that is one text or a list of them. */
export function texts(value: Json | undefined): string[] {
  return asList(value).map(String);
}
