// The versions of providers that a project is pinned to: Terraform's lock file, kept beside cdktf.json and handed to each stack.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Manifest } from "cdktf";
import { replaceFile } from "./replace-file";

/** What Terraform calls it: https://developer.hashicorp.com/terraform/language/files/dependency-lock */
export const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Copies the project's lock file, if there is one, into the folder of each stack of a synth's output: `terraform init` then
 * takes those versions, and refuses a provider of another content. Without one, each stack's folder keeps what its own
 * `terraform init` wrote.
 *
 * @param project where cdktf.json is
 */
export function pinProviders(project: string, outdir: string): void {
  const lock = join(project, LOCK_FILE);
  if (!existsSync(lock)) {
    return;
  }
  const stacks = join(outdir, Manifest.stacksFolder);
  for (const stack of readdirSync(stacks)) {
    replaceFile(join(stacks, stack, LOCK_FILE), readFileSync(lock));
  }
}
