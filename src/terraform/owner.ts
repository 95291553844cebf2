// Whose output an output folder holds: a synth writes it down, and whoever acts on the output looks.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names the environment that an output folder belongs to. */
export const OWNER_FILE = "environment";

/** The `name` of the environment that was synthesized into a folder last; `undefined` where none was. */
export function ownerOf(outdir: string): string | undefined {
  const file = join(outdir, OWNER_FILE);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}
