// Synthesizes a documented system into a folder, as main.ts does, without a process of its own, and reads what is there.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { systems } from "./systems";

/** @returns the folder, in which `cdktf.out` now is */
export function synthHere(name: string, folder: string, hcl = false): string {
  const environment = systems.load(name);
  const app = createApp({ outdir: join(folder, "cdktf.out"), hcl });
  addPlatform(app, environment);
  synthesize(app, environment.name);
  return folder;
}

/** Every file of a folder's output: path to content. */
export function contents(folder: string): Record<string, string> {
  const out = join(folder, "cdktf.out");
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => [
      join(file.parentPath, file.name).slice(out.length),
      readFileSync(join(file.parentPath, file.name), "utf8"),
    ]),
  );
}
