// The synthesized rules stack, for commands that work on it with Terraform.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import type { RuleHolder } from "../model/traffic/rules";
import { synthCommand } from "../operations/commands";
import { SynthesizedStack } from "../operations/terraform/synthesized-stack";
import type { OperationContext, Process } from "./operation";
import { UsageError } from "./outcomes";
import { isSynthesized, outputFolder } from "./synth-output";

const STACK: RuleHolder = "security-group-rules";

/** How the CDKTF CLI, too, is told which program to run. */
const BINARY_VARIABLE = "TERRAFORM_BINARY_NAME";

/** `--output`; without it, where a synth writes to. */
export function outputOption(variables: Process["variables"]): Option {
  return new Option(
    "--output <folder>",
    "the synth's output; the variable CDKTF_OUTDIR says it, too",
  ).default(outputFolder(variables));
}

/**
 * The rules stack of the environment in a synth's output folder.
 * @throws UsageError where it is not there, or is another environment's
 */
export function rulesStack(output: string, context: OperationContext): SynthesizedStack {
  const { name, environment, variables, signal, console, json } = context;
  const folder = join(output, "stacks", STACK);
  const synthesize = `run "${synthCommand(name)}" first, or name another folder with --output`;
  const holdsStack = ["cdk.tf.json", "cdk.tf"].some((file) => existsSync(join(folder, file)));
  if (!holdsStack || !isSynthesized(output, environment, synthesize)) {
    throw new UsageError(`Nothing is synthesized in ${folder}: ${synthesize}.`);
  }
  return new SynthesizedStack({
    binary: variables[BINARY_VARIABLE] || "terraform",
    folder,
    variables,
    signal,
    hasBackend: environment.state.backend !== "none",
    colours: console.terminal !== undefined && !json,
    say: (line) => console.say(line),
  });
}
