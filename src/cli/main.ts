// The operations' command line: `npm run ops -- <command>`.
import { Command } from "commander";
import { EnvironmentError } from "../config/problem";
import { DEFAULT_ENVIRONMENT, UnknownEnvironmentError } from "../environments";
import { trafficCommand } from "./traffic";
import { trafficDocsCommand } from "./traffic-docs";
import { UsageError } from "./usage-error";

/** Exit code for a wrong command line, environment or input, as against a command's own "no" (1). */
const USAGE = 2;

const program = new Command("npm run ops --")
  .description("Looks at an environment's traffic and operates it.")
  .helpOption("--help", "explain a command")
  .addHelpText(
    "after",
    `\nThe variable ENVIRONMENT chooses the environment; without it, ${DEFAULT_ENVIRONMENT} is used.\n` +
      "Exit codes: 0 yes or done, 1 no or not in order, 2 wrong usage or input.",
  )
  .exitOverride();

for (const command of [trafficCommand(process.env), trafficDocsCommand()]) {
  program.addCommand(command.copyInheritedSettings(program));
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof Error && "code" in error && String(error.code).startsWith("commander.")) {
    // Commander has said what is wrong, or shown the help that was asked for.
    process.exitCode = "exitCode" in error && error.exitCode === 0 ? 0 : USAGE;
    return;
  }
  const expected = [EnvironmentError, UnknownEnvironmentError, UsageError].some(
    (kind) => error instanceof kind,
  );
  console.error(expected && error instanceof Error ? error.message : error);
  process.exitCode = USAGE;
});
