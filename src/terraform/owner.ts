// Whose output an output folder holds: a synth writes it down, and whoever acts on the output looks.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { replaceFile } from "./replace-file";

/** Names the environment that an output folder belongs to. */
const OWNER_FILE = "environment";

/** The `name` of the environment that was synthesized into a folder last; `undefined` where none was, or not to its end. */
export function ownerOf(outdir: string): string | undefined {
  const file = join(outdir, OWNER_FILE);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/**
 * Stands in an output folder while a synth writes into it, and for good where it was kept from its end: names every
 * environment whose stacks may be there, a line each.
 */
const UNFINISHED_FILE = "environment.unfinished";

/** The environments whose stacks an unfinished synth has left side by side; empty where the last one came to its end. */
export function unfinishedOwners(outdir: string): readonly string[] {
  const file = join(outdir, UNFINISHED_FILE);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

/**
 * From now on the folder is nobody's, until `claim`.
 * @returns the environments whose stacks it may hold
 */
export function disclaim(outdir: string, owner: string): readonly string[] {
  const before = ownerOf(outdir);
  const holders = new Set([...unfinishedOwners(outdir), ...(before === undefined ? [] : [before])]);
  replaceFile(join(outdir, UNFINISHED_FILE), `${[...new Set([...holders, owner])].join("\n")}\n`);
  rmSync(join(outdir, OWNER_FILE), { force: true });
  return [...holders];
}

/** Says whose the folder is, once everything in it is. */
export function claim(outdir: string, owner: string): void {
  replaceFile(join(outdir, OWNER_FILE), `${owner}\n`);
  rmSync(join(outdir, UNFINISHED_FILE), { force: true });
}

/** What to tell somebody whose synth has replaced another environment's output: most likely, ENVIRONMENT was forgotten. */
export function replacedNotice(outdir: string, before: string, now: string): string {
  const folder = relative("", outdir) || outdir;
  return (
    `[warn] ${folder} held the stacks of ${before}; it now holds those of ${now}. If that is not what you meant, set ` +
    `ENVIRONMENT and synthesize again; to keep both, give one a folder of its own: CDKTF_OUTDIR=${folder}.${before}, or --output with npx cdktf.`
  );
}
