// Reads what a synth has written, so that commands can speak about the Terraform itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Json, type TerraformConfigs } from "../reachability/terraform-config";
import { UsageError } from "./outcomes";

/**
 * The configurations in a synth's output folder, by stack.
 * @throws UsageError where there is no JSON output
 */
export function readSynthOutput(folder: string): TerraformConfigs {
  const stacks = join(folder, "stacks");
  const found = (existsSync(stacks) ? readdirSync(stacks) : []).flatMap((stack) => {
    const file = join(stacks, stack, "cdk.tf.json");
    if (!existsSync(file)) {
      return [];
    }
    const config = parse(file);
    return isObject(config) ? [[stack, config] as const] : [];
  });
  if (found.length === 0) {
    throw new UsageError(
      `There is no stacks/<stack>/cdk.tf.json in "${folder}". Run "npm run synth" first, without --hcl.`,
    );
  }
  return Object.fromEntries(found);
}

function parse(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} is not JSON (${String(error)}). Run "npm run synth" again.`);
  }
}
