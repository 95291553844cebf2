// The command `module-moves`: the `moved` blocks for a root that becomes a module, so that nothing is made a second time.
import { join } from "node:path";
import { Argument, Command } from "commander";
import { synthCommand } from "../../operations/commands";
import { managedAddresses, managedAddressesInHcl, movedToModule } from "../../terraform/moved-to-module";
import { holdsStack, writtenHcl } from "../../terraform/written-files";
import { environmentOption } from "../environment-option";
import { examplesText } from "../examples";
import type { Process } from "../operation";
import { OperatorConsole } from "../operator-console";
import { UsageError } from "../outcomes";
import { outputOption } from "../rules-stack";
import { isSynthesized, stackConfig, synthesizeFirst } from "../synth-output";

interface Options {
  readonly environment?: string;
  readonly json?: true;
  readonly module?: string;
  readonly output: string;
}

/** What Terraform takes as a name. */
const NAME = /^[A-Za-z_][\w-]*$/;

export function moduleMovesCommand(process: Process): Command {
  return new Command("module-moves")
    .description("Print the moved blocks for a root that calls a stack as a module from now on.")
    .addArgument(new Argument("<stack>", "the stack, for example django"))
    .addOption(environmentOption(process))
    .option("--module <name>", "what the root calls the module (default: the stack's name with underscores)")
    .addOption(outputOption(process.variables))
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `${examplesText([
        ["module-moves django > moved.tf", 'for a root that calls module "django"'],
        ["module-moves security-group-rules --module rules", "where it is called otherwise"],
      ])}\ndocs/modules.md has the whole way.`,
    )
    .action((stack: string, { environment, json, module, output }: Options) => {
      const called = module ?? stack.replaceAll("-", "_");
      if (!NAME.test(called)) {
        throw new UsageError(
          `"${called}" is no name of a module: write letters, digits, underscores and hyphens.`,
        );
      }
      const name = process.environments.choose(environment);
      const folder = join(output, "stacks", stack);
      const synthesize = synthCommand(name);
      if (
        !isSynthesized(output, process.environments.load(name), synthesize, "--output") ||
        !holdsStack(folder)
      ) {
        throw new UsageError(
          `There is no stack "${stack}" in "${output}": ${synthesizeFirst(synthesize, "--output")}.`,
        );
      }
      const config = stackConfig(folder, synthesize);
      const addresses =
        config === undefined ? managedAddressesInHcl(writtenHcl(folder)) : managedAddresses(config);
      const { results } = new OperatorConsole(process.streams, process.variables);
      if (json) {
        results.json(
          addresses.toSorted().map((address) => ({ from: address, to: `module.${called}.${address}` })),
        );
      } else {
        results.document(movedToModule(addresses, called).trimEnd());
      }
    });
}
