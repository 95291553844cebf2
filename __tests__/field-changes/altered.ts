// An environment file after a change of some of its fields.
import type { EnvironmentInput } from "../../src/schema/environment";

/** What the file says afterwards, by where in it: `services.api.routes.0.priority`. What is `undefined` is taken out. */
export type Changes = Readonly<Record<string, unknown>>;

/** A copy with the changes, in their order. Objects on the way are added where they are missing. */
export function altered(input: EnvironmentInput, changes: Changes): EnvironmentInput {
  const copy = structuredClone(input);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? path;
    let at: Record<string, unknown> = Object(copy);
    for (const key of keys) {
      at[key] ??= {};
      at = Object(at[key]);
    }
    if (value !== undefined) {
      at[last] = value;
    } else if (Array.isArray(at)) {
      at.splice(Number(last), 1);
    } else {
      delete at[last];
    }
  }
  return copy;
}
