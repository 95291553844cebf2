// JSON inside of a configuration: container definitions, policy documents.
import type { Json } from "../../reachability/terraform-config";

/** A value that is JSON text, parsed; `undefined` if it is none. */
export function parseJson(value: Json | undefined): Json | undefined {
  try {
    return typeof value === "string" ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}
