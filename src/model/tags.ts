// The tags that every resource of an environment has: by them a bill is split, and what is ours is told from the rest.
import type { Environment } from "./environment";

/** The tags by which an environment is known, and the environment's own, which win. */
export function defaultTags({
  name,
  tags,
}: Pick<Environment, "name" | "tags">): Readonly<Record<string, string>> {
  return { Environment: name, ManagedBy: "cdktf", ...tags };
}
