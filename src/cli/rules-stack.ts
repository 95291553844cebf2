// A synthesized stack, for commands that work on it with Terraform: most of all, the rules stack.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Option } from "commander";
import type { RuleHolder } from "../model/traffic/rules";
import { synthCommand } from "../operations/commands";
import { SynthesizedStack } from "../operations/terraform/synthesized-stack";
import { holdsStack } from "../terraform/written-files";
import type { OperationContext, Process } from "./operation";
import { UsageError } from "./outcomes";
import { isSynthesized, outputFolder, synthesizeFirst } from "./synth-output";

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

/** What Terraform calls the workspace that it works in where nobody has selected one. */
const DEFAULT_WORKSPACE = "default";

/** `--workspace`: an environment's state is in the default one, unless the user says otherwise each time. */
export function workspaceOption(): Option {
  return new Option(
    "--workspace <name>",
    "the workspace of Terraform's with the environment's state; one that is merely selected is refused",
  ).default(DEFAULT_WORKSPACE);
}

/** What a command is told of where a stack and its state are. */
export interface RulesStackOptions {
  readonly output: string;
  readonly workspace: string;
}

/**
 * The rules stack of the environment in a synth's output folder.
 * @throws UsageError where it is not there, is another environment's, or Terraform would work on another workspace's state
 */
export function rulesStack(options: RulesStackOptions, context: OperationContext): SynthesizedStack {
  return synthesizedStack(STACK, options, context);
}

/** The same for a stack by its id. */
export function synthesizedStack(
  id: string,
  { output, workspace }: RulesStackOptions,
  context: OperationContext,
): SynthesizedStack {
  const { name, environment, variables, signal, console } = context;
  if (environment.terraformModule === "child") {
    throw new UsageError(
      `The stacks of ${name} are child modules (terraformModule), which have no state of their own: this is for stacks that are ` +
        "applied by themselves. Run Terraform in the root that calls them.",
    );
  }
  const folder = join(output, "stacks", id);
  const synthesize = synthCommand(name);
  if (!holdsStack(folder) || !isSynthesized(output, environment, synthesize, "--output")) {
    throw new UsageError(`Nothing is synthesized in ${folder}: ${synthesizeFirst(synthesize, "--output")}.`);
  }
  const selected = selectedWorkspace(folder, variables);
  if (selected !== workspace && selected !== DEFAULT_WORKSPACE) {
    throw new UsageError(
      `Terraform has the workspace "${selected}" selected in ${folder}, and this is for "${workspace}", whose state is ` +
        `another: say --workspace ${selected} if you mean that one, or run "terraform workspace select ${workspace}" there ` +
        "(without the variable TF_WORKSPACE).",
    );
  }
  return new SynthesizedStack({
    workspace,
    binary: variables[BINARY_VARIABLE] || "terraform",
    folder,
    variables: workspace === DEFAULT_WORKSPACE ? variables : { ...variables, TF_WORKSPACE: workspace },
    signal,
    hasBackend: environment.state.backend !== "none",
    say: (line) => console.say(line),
  });
}

/** As Terraform itself finds it: a variable, or else what `terraform workspace select` wrote down. */
function selectedWorkspace(folder: string, variables: Process["variables"]): string {
  const file = resolve(folder, variables.TF_DATA_DIR || ".terraform", "environment");
  const chosen = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  return variables.TF_WORKSPACE || chosen || DEFAULT_WORKSPACE;
}
