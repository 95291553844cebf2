// What a change of each field of the environment file does to a platform that runs. The compiler names a field that is missing.
import type { FieldPath } from "../../schema/field-path";
import { bucketChanges } from "./buckets";
import { type Change, type Effect, effectsOf, type Refusal } from "./change";
import { dataChanges } from "./data";
import { entranceChanges } from "./entrance";
import { namesChanges } from "./names";
import { networkChanges } from "./network";
import { projectChanges } from "./project";
import { servicesChanges } from "./services";
import { watchingChanges } from "./watching";

export const CHANGES: Readonly<Record<FieldPath, Change>> = {
  ...namesChanges,
  ...networkChanges,
  ...servicesChanges,
  ...dataChanges,
  ...bucketChanges,
  ...entranceChanges,
  ...watchingChanges,
  // Last: where a resource is called after the environment, its own name is the nearer reason.
  ...projectChanges,
};

/** A field that cannot be changed on a running platform, and what to do instead. */
export interface RefusedField extends Refusal {
  readonly path: string;
}

/** All of them, in the order in which they are declared. */
export const REFUSED_FIELDS: readonly RefusedField[] = Object.entries(CHANGES).flatMap(([path, change]) =>
  typeof change === "string" ? [] : [{ path, ...change }],
);

/** The fields by which an argument of a resource changes that can only be replaced. @param argument `aws_lb.name` */
export function fieldsThatReplace(argument: string): readonly RefusedField[] {
  return REFUSED_FIELDS.filter(({ replaces }) => replaces.includes(argument));
}

/** What a change of a field does. @throws Error for a path that is no field's */
export function effectsOfField(path: string): readonly Effect[] {
  const [, change] = Object.entries(CHANGES).find(([field]) => field === path) ?? [];
  if (change === undefined) {
    throw new Error(`"${path}" is no field of the environment file.`);
  }
  return effectsOf(change);
}
