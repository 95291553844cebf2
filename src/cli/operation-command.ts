// The command of an operation: the options that all of them have, and the way they are run.
import { Command, Option } from "commander";
import { durationText, parseTimer } from "./duration";
import { environmentOption } from "./environment-option";
import { examplesText } from "./examples";
import type { OperationOptions, OperationProps, Process } from "./operation";
import { runOperation } from "./run-operation";
import { INTERVAL } from "./watch";

/** A command for an operation; its own options and arguments are added by the caller. */
export function operationCommand<Options>(process: Process, props: OperationProps<Options>): Command {
  const { name, description, examples, timeout, changes, repeats = false } = props;
  const dryRun = changes ? "show what would be done, and do nothing" : "the same: this changes nothing";
  const command = new Command(name.split(" ").at(-1))
    .description(description)
    .addOption(environmentOption(process))
    .option("--json", "print JSON to standard output")
    .option(
      "--yes",
      changes ? "change the account without asking" : "accepted for scripts: this changes nothing",
    )
    .option("--dry-run", props.dryRun ?? dryRun)
    .addOption(
      new Option("--timeout <duration>", "give up after this long, such as 90s or 30m")
        .argParser(parseTimer)
        .default(timeout, durationText(timeout)),
    )
    .addHelpText(
      "after",
      `${examplesText(examples)}\nExit codes: 0 all is well, 1 a check failed, 2 wrong usage, 3 AWS not reachable or not allowed.`,
    );
  if (repeats) {
    command
      .option("--watch", "repeat until Ctrl-C; --timeout then bounds each round")
      .addOption(
        new Option("--interval <duration>", "with --watch, rest this long between two rounds")
          .argParser(parseTimer)
          .default(INTERVAL, durationText(INTERVAL))
          .implies({ watch: true }),
      );
  }
  return command.action(async (...given: unknown[]) => {
    // Commander passes the arguments, the options, and the command itself.
    const options = command.opts<OperationOptions & Options>();
    await runOperation(process, props, options, given.slice(0, -2).flat().map(String));
  });
}
