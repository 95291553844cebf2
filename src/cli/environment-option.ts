// The option that chooses the environment, the same for every command.
import { Option } from "commander";
import type { Process } from "./operation";

/** `--environment`; without it, the variable ENVIRONMENT; without that, the default of a synth. */
export function environmentOption({ variables, environments }: Process): Option {
  return new Option(
    "--environment <name>",
    "which environment; the variable ENVIRONMENT says it, too",
  ).default(variables.ENVIRONMENT || environments.defaultName());
}
