// Reads what a synth has written, so that commands can speak about the Terraform itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../model/environment";
import { contentOfHcl, contentOfJson, strangeContent } from "../operations/terraform/stack-content";
import { isObject, type Json, type TerraformConfigs } from "../reachability/terraform-config";
import { ownerOf, unfinishedOwners } from "../terraform/owner";
import { holdsStack, JSON_FILE, writtenHcl } from "../terraform/written-files";
import { UsageError } from "./outcomes";

/** Where a synth writes to. */
export function outputFolder(variables: Readonly<Record<string, string | undefined>>): string {
  return variables.CDKTF_OUTDIR || "cdktf.out";
}

/**
 * Whether something is synthesized in a folder.
 * @param synthesize what to type to have it synthesized
 * @param option the option that names another folder
 * @throws UsageError where it is, by what the folder is called or by what its stacks say, or may be
 */
export function isSynthesized(
  folder: string,
  environment: Environment,
  synthesize: string,
  option: "--from" | "--output",
): boolean {
  const { name } = environment;
  const remedy = synthesizeFirst(synthesize, option);
  const unfinished = unfinishedOwners(folder);
  if (unfinished.length > 0) {
    throw new UsageError(
      `A synth has not come to its end in "${folder}", which may hold stacks of ${unfinished.join(" and of ")}: ${remedy}.`,
    );
  }
  const owner = ownerOf(folder);
  if (owner === undefined) {
    return false;
  }
  if (owner !== name) {
    throw new UsageError(`"${folder}" holds the stacks of ${owner}, and not those of ${name}: ${remedy}.`);
  }
  const strange = stacksIn(folder).flatMap((stack) =>
    strangeContent(contentIn(join(folder, "stacks", stack), synthesize), environment, stack).map(
      (sentence) => `${join(folder, "stacks", stack)}: ${sentence}.`,
    ),
  );
  if (strange.length > 0) {
    throw new UsageError(
      `"${folder}" says that it holds the stacks of ${name}, and what is in them says otherwise:\n  ` +
        `${strange.join("\n  ")}\nNothing was done: ${remedy}.`,
    );
  }
  return true;
}

/** What to do about a folder that does not hold what is needed. */
export function synthesizeFirst(synthesize: string, option: string): string {
  return `run "${synthesize}" first, or name another folder with ${option}`;
}

/** The stacks of a folder that have a configuration. */
function stacksIn(folder: string): string[] {
  const stacks = join(folder, "stacks");
  return (existsSync(stacks) ? readdirSync(stacks) : []).filter((stack) => holdsStack(join(stacks, stack)));
}

function contentIn(folder: string, synthesize: string) {
  const config = stackConfig(folder, synthesize);
  return config === undefined ? contentOfHcl(writtenHcl(folder)) : contentOfJson(config);
}

/**
 * What a stack's folder holds as JSON; `undefined` where it holds HCL.
 * @param synthesize what to type where it cannot be read
 */
export function stackConfig(
  folder: string,
  synthesize: string,
): Readonly<Record<string, unknown>> | undefined {
  const json = join(folder, JSON_FILE);
  return existsSync(json) ? Object(parse(json, synthesize)) : undefined;
}

/**
 * The configurations in a synth's output folder, by stack.
 * @param synthesize what to type where they cannot be read
 * @throws UsageError where there is no JSON output, or one is no configuration
 */
export function readSynthOutput(folder: string, synthesize = "npm run synth"): TerraformConfigs {
  return Object.fromEntries(
    Object.entries(readStacks(folder, synthesize)).map(([stack, config]) => {
      if (!isObject(config)) {
        throw new UsageError(
          `${join(folder, "stacks", stack, JSON_FILE)} holds no configuration. Run "${synthesize}" again.`,
        );
      }
      return [stack, config];
    }),
  );
}

/**
 * What stands in the JSON of each stack of a synth's output folder, whatever that is.
 * @param synthesize what to type where there is none
 * @throws UsageError where there is no JSON output
 */
export function readStacks(folder: string, synthesize = "npm run synth"): Readonly<Record<string, Json>> {
  const stacks = join(folder, "stacks");
  const found = (existsSync(stacks) ? readdirSync(stacks) : []).flatMap((stack) => {
    const file = join(stacks, stack, JSON_FILE);
    return existsSync(file) ? [[stack, parse(file, synthesize)] as const] : [];
  });
  if (found.length === 0) {
    throw new UsageError(
      `There is no stacks/<stack>/${JSON_FILE} in "${folder}". Run "${synthesize}" first, without --hcl.`,
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
