// All commands behind one call that says how it ended: what a script sees as the exit code.
import { Command, CommanderError } from "commander";
import { AwsFailure } from "../operations/aws/failure";
import { JournalError } from "../operations/contain/journal-error";
import { TerraformFailure } from "../operations/terraform/failure";
import { UnknownEnvironmentError } from "../project/environments";
import { fileProblem } from "../project/file-problem";
import { printable } from "../project/printable";
import { EnvironmentError } from "../schema/problem";
import { adoptCommand } from "./commands/adopt";
import { cacheUserCommand } from "./commands/cache-user";
import { checklistCommand } from "./commands/checklist";
import { containCommand } from "./commands/contain";
import { databaseUserCommand } from "./commands/database-user";
import { discoverCommand } from "./commands/discover";
import { moduleMovesCommand } from "./commands/module-moves";
import { preflightCommand } from "./commands/preflight";
import { rollbackCommand } from "./commands/rollback";
import { trafficCommand } from "./commands/traffic";
import { trafficDocsCommand } from "./commands/traffic-docs";
import { verifyCommand } from "./commands/verify";
import { waitCommand } from "./commands/wait";
import type { Process } from "./operation";
import { OperatorConsole } from "./operator-console";
import { NegativeAnswer, UnknownAnswer, USAGE, UsageError } from "./outcomes";

/** Yes, or done. */
const DONE = 0;
/** A command's own "no": a check failed, there is no way, a page is out of date, Terraform ended with an error. */
const NO = 1;
/** AWS is not reachable, not allowed, or not the environment's. */
const AWS = 3;
/** It cannot be told: something that would have to be known cannot be read. */
const UNKNOWN = 4;
/** What shells report for a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * Runs one command; prints its result to standard output, and what is wrong to standard error.
 * @returns the exit code; an error that is no one's input is thrown
 */
export async function ops(args: readonly string[], process: Process): Promise<number> {
  const program = new Command("npm run -s ops --")
    .description("Looks at an environment's traffic and operates it.")
    .helpOption("-h, --help", "explain a command")
    .addHelpText(
      "after",
      "\nThe variable ENVIRONMENT, or --environment, chooses the environment; without either, cdktf.json does.\n" +
        "Exit codes: 0 yes or done, 1 no or a check failed, 2 wrong usage or input, 3 AWS not reachable or not allowed, " +
        "4 it cannot be told.",
    )
    .exitOverride();
  program.showHelpAfterError(helpHint(program));
  // In the order of a deployment's life.
  const commands = [
    trafficCommand(process),
    trafficDocsCommand(process),
    checklistCommand(process),
    preflightCommand(process),
    waitCommand(process),
    databaseUserCommand(process),
    cacheUserCommand(process),
    verifyCommand(process),
    discoverCommand(process),
    adoptCommand(process),
    rollbackCommand(process),
    moduleMovesCommand(process),
    containCommand(process),
  ];
  for (const command of commands) {
    program.addCommand(command);
    inheritSettings(command, program);
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return DONE;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what is wrong, or shown the help that was asked for.
      return error.exitCode === 0 ? DONE : USAGE;
    }
    if (error instanceof NegativeAnswer) {
      return NO;
    }
    if (error instanceof UnknownAnswer) {
      return UNKNOWN;
    }
    const console = new OperatorConsole(process.streams, process.variables);
    if (error instanceof AwsFailure) {
      console.say(error.message);
      return error.kind === "interrupted" ? INTERRUPTED : AWS;
    }
    if (error instanceof TerraformFailure) {
      console.say(error.message);
      return error.kind === "not-installed" ? USAGE : NO;
    }
    if (
      error instanceof EnvironmentError ||
      error instanceof JournalError ||
      error instanceof UnknownEnvironmentError ||
      error instanceof UsageError
    ) {
      process.streams.stderr.write(`${printable(error.message)}\n`);
      return USAGE;
    }
    const problem = fileProblem(error);
    if (problem !== undefined) {
      console.say(problem);
      return USAGE;
    }
    throw error;
  }
}

/** Where whoever has mistyped a command, or an option of one, finds what there is. */
function helpHint(command: Command): string {
  const names: string[] = [];
  for (let one: Command | null = command; one !== null; one = one.parent) {
    names.unshift(one.name());
  }
  return `${names.join(" ")} --help says what there is.`;
}

/** Commander does so for commands that a parent makes itself; without it, a mistake in their options ends the process. */
function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  command.showHelpAfterError(helpHint(command));
  for (const child of command.commands) {
    inheritSettings(child, command);
  }
}
