// Terragrunt, as tools/consumers/install.js has built it, in a folder of units.
import { childEnvironment } from "../../e2e/support/child-environment";
import { expectSuccess, startCommand } from "../../e2e/support/command";
import { pathWith } from "./tools";

export interface TerragruntOptions {
  /** The emulator's. */
  readonly endpoint: string;
  /** The folder of units. */
  readonly folder: string;
  /** What Terragrunt runs: Terraform or OpenTofu. */
  readonly program: string;
  /** Where that finds providers. @default where Terraform does */
  readonly mirror?: string | undefined;
}

/** Runs lines of a shell. Resolves to all that they print. Throws CommandFailed where one of them fails. */
export async function runWithTerragrunt(text: string, options: TerragruntOptions): Promise<string> {
  const { endpoint, folder, program, mirror } = options;
  const given = childEnvironment(endpoint);
  const variables = {
    ...given,
    ...(mirror !== undefined && { TF_CLI_ARGS_init: `-no-color -plugin-dir=${mirror}` }),
    PATH: pathWith("terragrunt", given.PATH ?? ""),
    TG_TF_PATH: program,
    TG_NON_INTERACTIVE: "true",
    TG_NO_COLOR: "true",
  };
  const { ended } = startCommand("bash", ["-c", `set -euo pipefail\n${text}`], { folder, variables });
  return expectSuccess(text, await ended).output;
}
