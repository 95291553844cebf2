// Where Terraform gets the AWS provider from: a filesystem mirror if this machine has one, else the registry.

import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const AWS_PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/**
 * The folder of a filesystem mirror that holds the AWS provider: the variable TF_PLUGIN_MIRROR if set, else the first
 * of Terraform's implied mirrors and of the folders directly under /opt. Undefined if there is none: Terraform then
 * asks the registry. Throws if TF_PLUGIN_MIRROR names a folder without the provider.
 */
export function findProviderMirror(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = variables.TF_PLUGIN_MIRROR;
  if (given !== undefined && given !== "") {
    if (!existsSync(join(given, AWS_PROVIDER))) {
      throw new Error(`TF_PLUGIN_MIRROR is ${given}, which holds no ${AWS_PROVIDER}.`);
    }
    return given;
  }
  return candidates(variables).find((folder) => existsSync(join(folder, AWS_PROVIDER)));
}

/** https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories, then /opt. */
function candidates(variables: NodeJS.ProcessEnv): readonly string[] {
  const home = homedir();
  const dataHome = variables.XDG_DATA_HOME || join(home, ".local", "share");
  const dataFolders = (variables.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":");
  return [
    join(home, ".terraform.d", "plugins"),
    join(home, "Library", "Application Support", "io.terraform", "plugins"),
    join(dataHome, "terraform", "plugins"),
    ...dataFolders.map((folder) => join(folder, "terraform", "plugins")),
    ...(existsSync("/opt") ? readdirSync("/opt").map((name) => join("/opt", name)) : []),
  ];
}
