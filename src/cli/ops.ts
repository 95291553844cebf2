// All commands behind one call that says how it ended: what a script sees as the exit code.
import { Command, CommanderError } from "commander";
import { EnvironmentError } from "../config/problem";
import { DEFAULT_ENVIRONMENT, UnknownEnvironmentError } from "../environments";
import { NegativeAnswer, UsageError } from "./outcomes";
import { trafficCommand } from "./traffic";
import { trafficDocsCommand } from "./traffic-docs";

/** Yes, or done. */
const DONE = 0;
/** A command's own "no": there is no way, a page is out of date. */
const NO = 1;
/** The command line, the environment or the input is wrong. */
const USAGE = 2;

/**
 * Runs one command; prints its result to standard output, and what is wrong to standard error.
 * @param variables the process's environment variables
 * @returns the exit code; an error that is no one's input is thrown
 */
export async function ops(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
  const program = new Command("npm run ops --")
    .description("Looks at an environment's traffic and operates it.")
    .helpOption("--help", "explain a command")
    .addHelpText(
      "after",
      `\nThe variable ENVIRONMENT chooses the environment; without it, ${DEFAULT_ENVIRONMENT} is used.\n` +
        "Exit codes: 0 yes or done, 1 no or not in order, 2 wrong usage or input.",
    )
    .exitOverride();
  for (const command of [trafficCommand(variables), trafficDocsCommand()]) {
    program.addCommand(command.copyInheritedSettings(program));
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
    if (
      error instanceof EnvironmentError ||
      error instanceof UnknownEnvironmentError ||
      error instanceof UsageError
    ) {
      console.error(error.message);
      return USAGE;
    }
    throw error;
  }
}
