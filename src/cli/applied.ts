// Reads all that Terraform would apply from a synth's output folder, and says what of it cannot be read.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RULE_HOLDERS } from "../model/traffic/rules";
import {
  asList,
  entries,
  isObject,
  type Json,
  type JsonObject,
  type TerraformConfigs,
} from "../reachability/terraform-config";
import { mayAddResources, type StrayFile, strayFiles } from "../terraform/stray-files";
import { HCL_FILE, JSON_FILE } from "../terraform/written-files";
import { readStacks } from "./synth-output";

/** What is in a folder. */
export interface Applied {
  /** The configurations that can be read, by stack, with what stray files add to them. */
  readonly configs: TerraformConfigs;
  /** What Terraform would apply, or has applied, that cannot be read: a sentence each. */
  readonly gaps: readonly string[];
  /** Stray files that are read, a sentence each. */
  readonly notices: readonly string[];
}

/**
 * All that Terraform would apply from a synth's output folder.
 * @throws UsageError where nothing is synthesized there as JSON, or what a synth has written is no JSON at all
 */
export function readApplied(folder: string): Applied {
  const written = readStacks(folder);
  const gaps: string[] = [];
  const notices: string[] = [];
  const configs = Object.entries(written).map(([stack, config]): [string, JsonObject] => {
    const place = join(folder, "stacks", stack);
    if (!isObject(config)) gaps.push(`${join(place, JSON_FILE)} holds no configuration`);
    return [stack, withStrays(isObject(config) ? config : {}, place, strayFiles(place), gaps, notices)];
  });
  for (const [stack, config] of configs) {
    const place = join(folder, "stacks", stack);
    gaps.push(
      ...shapeProblems(config).map((problem) => `${place}: ${problem}`),
      ...entries(config.module).map(
        ([name]) => `${place}: module.${name} is a module, whose resources are not read`,
      ),
    );
  }
  // Without those that hold rules, a platform's traffic is not known.
  const stacks = [...new Set([...RULE_HOLDERS, ...inManifest(folder), ...unread(folder, written)])];
  gaps.push(
    ...stacks
      .filter((stack) => written[stack] === undefined)
      .map((stack) =>
        existsSync(join(folder, "stacks", stack, HCL_FILE))
          ? `The stack "${stack}" is written in HCL, which is not read here: synthesize without --hcl`
          : `The stack "${stack}" is not in ${folder}, so that nothing is known of what it allows`,
      ),
  );
  return { configs: Object.fromEntries(configs), gaps, notices };
}

function withStrays(
  config: JsonObject,
  place: string,
  strays: readonly StrayFile[],
  gaps: string[],
  notices: string[],
): JsonObject {
  let whole = config;
  for (const stray of strays) {
    const { name, kind, text } = stray;
    const file = join(place, name);
    if (kind === "values") {
      notices.push(`${file} gives variables their values, so that those are not taken as known.`);
      whole = { ...whole, variable: asList(whole.variable).map(withoutDefaults) };
    } else if (mayAddResources(stray)) {
      const added = kind === "json" ? parsed(text) : undefined;
      if (added === undefined) {
        gaps.push(`${file} is applied with the stack, and what it does cannot be read`);
      } else {
        notices.push(`${file} is no synth's, and Terraform applies it with the stack: it is read, too.`);
        whole = joined(whole, added);
      }
    }
  }
  return whole;
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Blocks that Terraform puts together from all files of a folder. */
const JOINED = ["resource", "data", "module", "variable", "locals", "output"];

function joined(one: JsonObject, other: JsonObject): JsonObject {
  return {
    ...one,
    ...Object.fromEntries(JOINED.map((key) => [key, [...asList(one[key]), ...asList(other[key])]])),
  };
}

function withoutDefaults(variables: Json): Json {
  return isObject(variables)
    ? Object.fromEntries(Object.keys(variables).map((name) => [name, {}]))
    : variables;
}

/** What in a configuration is not of the shape that Terraform takes, so that it is passed over in reading. */
function shapeProblems(config: JsonObject): string[] {
  const isBody = (value: Json | undefined): boolean =>
    value === undefined || asList(value).every((item) => isObject(item));
  return [
    ...JOINED.filter((key) => !isBody(config[key])).map((key) => `"${key}" holds no blocks`),
    ...["resource", "data"].flatMap((key) =>
      entries(config[key]).flatMap(([type, named]) => [
        ...(isBody(named) ? [] : [`"${key}.${type}" holds no blocks`]),
        ...entries(named)
          .filter(([, body]) => !isBody(body))
          .map(([name]) => `"${key}.${type}.${name}" is no block`),
      ]),
    ),
  ];
}

/** The stacks that the synth says it has written. */
function inManifest(folder: string): string[] {
  const file = join(folder, "manifest.json");
  const manifest = existsSync(file) ? parsed(readFileSync(file, "utf8")) : undefined;
  return Object.keys(isObject(manifest?.stacks) ? manifest.stacks : {});
}

/** The folders of stacks that hold a configuration, and are none of those that were read. */
function unread(folder: string, read: object): string[] {
  const stacks = join(folder, "stacks");
  return readdirSync(stacks).filter(
    (stack) => !Object.hasOwn(read, stack) && existsSync(join(stacks, stack, HCL_FILE)),
  );
}
