// Whose output an output folder holds: a synth writes it down, and whoever acts on the output looks.
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Names the environment that an output folder belongs to. */
export const OWNER_FILE = "environment";

/** The `name` of the environment that was synthesized into a folder last; `undefined` where none was. */
export function ownerOf(outdir: string): string | undefined {
  const file = join(outdir, OWNER_FILE);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** What to tell somebody whose synth has replaced another environment's output: most likely, ENVIRONMENT was forgotten. */
export function replacedNotice(outdir: string, before: string, now: string): string {
  const folder = relative("", outdir) || outdir;
  return (
    `[warn] ${folder} held the stacks of ${before}; it now holds those of ${now}. If that is not what you meant, set ` +
    `ENVIRONMENT and synthesize again; to keep both, give one a folder of its own: CDKTF_OUTDIR=${folder}.${before}, or --output with npx cdktf.`
  );
}
