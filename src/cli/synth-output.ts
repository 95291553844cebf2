// Reads what a synth has written, so that commands can speak about the Terraform itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Json, type TerraformConfigs } from "../reachability/terraform-config";
import { ownerOf } from "../terraform/owner";
import { UsageError } from "./outcomes";

/** Where a synth writes to. */
export function outputFolder(variables: Readonly<Record<string, string | undefined>>): string {
  return variables.CDKTF_OUTDIR || "cdktf.out";
}

/**
 * Whether something is synthesized in a folder.
 * @param remedy what to do where it is another environment's
 * @throws UsageError where it is
 */
export function isSynthesized(
  folder: string,
  environment: { readonly name: string },
  remedy: string,
): boolean {
  const owner = ownerOf(folder);
  if (owner !== undefined && owner !== environment.name) {
    throw new UsageError(
      `"${folder}" holds the stacks of ${owner}, and not those of ${environment.name}: ${remedy}.`,
    );
  }
  return owner !== undefined;
}

/**
 * The configurations in a synth's output folder, by stack.
 * @param synthesize what to type where they cannot be read
 * @throws UsageError where there is no JSON output
 */
export function readSynthOutput(folder: string, synthesize = "npm run synth"): TerraformConfigs {
  const stacks = join(folder, "stacks");
  const found = (existsSync(stacks) ? readdirSync(stacks) : []).flatMap((stack) => {
    const file = join(stacks, stack, "cdk.tf.json");
    if (!existsSync(file)) {
      return [];
    }
    const config = parse(file, synthesize);
    return isObject(config) ? [[stack, config] as const] : [];
  });
  if (found.length === 0) {
    throw new UsageError(
      `There is no stacks/<stack>/cdk.tf.json in "${folder}". Run "${synthesize}" first, without --hcl.`,
    );
  }
  return Object.fromEntries(found);
}

function parse(file: string, synthesize: string): Json {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON (${String(error)}). Run "${synthesize}" again.`);
  }
}
