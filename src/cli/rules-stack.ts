// The synthesized rules stack, for commands that work on it with Terraform.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { SynthesizedStack } from "../operations/terraform/synthesized-stack";
import { ownerOf } from "../output/owner";
import type { RuleHolder } from "../traffic/rules";
import type { OperationContext, Process } from "./operation";
import { UsageError } from "./outcomes";

const STACK: RuleHolder = "security-group-rules";

/** How the CDKTF CLI, too, is told which program to run. */
const BINARY_VARIABLE = "TERRAFORM_BINARY_NAME";

/** `--output`; without it, where a synth writes to. */
export function outputOption(variables: Process["variables"]): Option {
  return new Option(
    "--output <folder>",
    "the synth's output; the variable CDKTF_OUTDIR says it, too",
  ).default(variables.CDKTF_OUTDIR || "cdktf.out");
}

/**
 * The rules stack of the environment in a synth's output folder.
 * @throws UsageError where it is not there, or is another environment's
 */
export function rulesStack(output: string, context: OperationContext): SynthesizedStack {
  const { name, environment, variables, signal, console, json } = context;
  const folder = join(output, "stacks", STACK);
  const synthesize = `run "ENVIRONMENT=${name} npm run synth" first, or name another folder with --output`;
  const owner = ownerOf(output);
  if (owner === undefined || !["cdk.tf.json", "cdk.tf"].some((file) => existsSync(join(folder, file)))) {
    throw new UsageError(`Nothing is synthesized in ${folder}: ${synthesize}.`);
  }
  if (owner !== environment.name) {
    throw new UsageError(
      `"${output}" holds the stacks of ${owner}, and not those of ${environment.name}: ${synthesize}.`,
    );
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
