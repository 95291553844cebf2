// The root.hcl of Terragrunt that all units of an environment include: provider, state, and what each of them is told.
import { type StateLocation, stateLocation } from "../../model/state-location";
import type { State } from "../../schema/state";
import type { Module } from "./unit";

/** Inputs that the root gives to all units. */
export const COMMON_INPUTS = ["account_id", "environment", "region"] as const;

export interface RootProps {
  /** The environment's name. */
  readonly name: string;
  readonly region: string;
  /** The account that the environment names. @default - the credentials' */
  readonly account: string | undefined;
  /** Where the states are kept; "none" leaves that to who edits the root. */
  readonly state: State;
  readonly modules: readonly Module[];
}

/** The text of `root.hcl`. */
export function rootText(props: RootProps): string {
  const { region, account, modules } = props;
  return [
    [
      "locals {",
      `  account_id = ${account === undefined ? "get_aws_account_id()" : JSON.stringify(account)}`,
      `  region     = ${JSON.stringify(region)}`,
      "}",
    ].join("\n"),
    [
      'generate "provider" {',
      '  path      = "provider.tf"',
      '  if_exists = "overwrite_terragrunt"',
      "  contents  = <<-EOF",
      ...provider(),
      ...aliasesOf(modules).flatMap((alias) => ["", ...provider(alias)]),
      "  EOF",
      "}",
    ].join("\n"),
    remoteState(props),
    [
      "# A folder of modules holds those of one environment at a time: those of another refuse this name.",
      "inputs = {",
      "  account_id  = local.account_id",
      `  environment = ${JSON.stringify(props.name)}`,
      "  region      = local.region",
      "}",
    ].join("\n"),
  ].join("\n\n");
}

/** @param alias the region that a configuration beside the default one is called after */
function provider(alias?: string): string[] {
  return [
    '    provider "aws" {',
    ...(alias === undefined
      ? ['      region              = "${local.region}"']
      : [`      alias               = "${alias}"`, `      region              = "${alias}"`]),
    '      allowed_account_ids = ["${local.account_id}"]',
    "    }",
  ];
}

/** The regions that some module wants a provider of. */
function aliasesOf(modules: readonly Module[]): string[] {
  const found = modules.flatMap(({ config }) => {
    const { required_providers: required }: Record<string, unknown> = Object(config.terraform);
    const { aws }: Record<string, unknown> = Object(required);
    const aliases: unknown = Object(aws).configuration_aliases;
    return Array.isArray(aliases) ? aliases.map((alias) => String(alias).replace(/^aws\./, "")) : [];
  });
  return [...new Set(found)].sort();
}

function remoteState({ name, state }: RootProps): string {
  // In a unit's folder, this is its name.
  const unit = "${path_relative_to_include()}";
  const config = configOf(stateLocation(state, name, unit), state);
  const width = Math.max(...config.map(([key]) => key.length));
  const { backend } = state.backend === "s3" ? state : { backend: "local" };
  return [
    "remote_state {",
    `  backend = "${backend}"`,
    "",
    "  generate = {",
    '    path      = "backend.tf"',
    '    if_exists = "overwrite_terragrunt"',
    "  }",
    "",
    "  config = {",
    ...config.map(([key, value]) => `    ${key.padEnd(width)} = ${value}`),
    "  }",
    "}",
  ].join("\n");
}

function configOf(location: StateLocation, state: State): [key: string, value: string][] {
  if (location.backend !== "s3") {
    // Beside the units, and not in Terragrunt's cache, which may be removed at any time.
    return [["path", '"${get_parent_terragrunt_dir()}/${path_relative_to_include()}.tfstate"']];
  }
  const { bucket, key, region } = location;
  const kmsKeyId = state.backend === "s3" ? state.kmsKeyId : undefined;
  return [
    ["bucket", JSON.stringify(bucket)],
    ["key", JSON.stringify(key)],
    ["region", JSON.stringify(region)],
    ["encrypt", "true"],
    ["use_lockfile", "true"],
    ...(kmsKeyId === undefined ? [] : [["kms_key_id", JSON.stringify(kmsKeyId)] as [string, string]]),
  ];
}
