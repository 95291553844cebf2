// What all commands that operate a live environment have in common: their options, their account, their deadline, how
// they ask, and how they end.
import { setMaxListeners } from "node:events";
import { Command, Option } from "commander";
import type { Environment } from "../config/environment";
import { loadEnvironment } from "../environments";
import { AwsFailure } from "../operations/aws/failure";
import type { AwsSession } from "../operations/aws/session";
import { TerraformFailure } from "../operations/terraform/failure";
import { durationText, parseDuration } from "./duration";
import { environmentOption } from "./environment-option";
import { OperatorConsole, type Streams } from "./operator-console";
import { NegativeAnswer } from "./outcomes";

/** What a command sees of the process that it runs in. */
export interface Process {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly streams: Streams;
  /** Aborted when somebody presses Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** Options of every operation. */
export interface OperationOptions {
  readonly environment: string;
  readonly json?: true;
  readonly yes?: true;
  readonly dryRun?: true;
  /** Milliseconds. */
  readonly timeout: number;
}

/** What an operation works with. */
export interface OperationContext {
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly environment: Environment;
  readonly console: OperatorConsole;
  readonly variables: Process["variables"];
  /** Aborted, with an AwsFailure as its reason, when the command's time is up or somebody presses Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds from start until the command's time is up. */
  readonly timeout: number;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  /**
   * The environment's account, opened when first asked for.
   * @throws AwsFailure where it cannot be, or is another one
   */
  aws(): Promise<AwsSession>;
  /**
   * Whether to go ahead with what the caller has just shown: not in a dry run, always with --yes, else as a person says.
   * @throws UsageError where there is nobody to ask
   */
  mayChange(question: string): Promise<boolean>;
}

/** How an operation has ended. */
export interface OperationResult {
  /** Whether all is as it should be; if not, the exit code is 1. */
  readonly ok: boolean;
  /** What AWS did not answer, where the operation went on without: shown after the rest, and the exit code is 3. */
  readonly failure?: AwsFailure | undefined;
  /** The command's own part of the JSON document: see docs/operations.md. */
  readonly json: object;
  /** Shows the same to a person. */
  show(console: OperatorConsole): void;
}

export interface OperationProps<Options> {
  /** As typed: `discover`, or `contain undo`. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** Command lines, without `npm run -s ops --`, each with what it is for. */
  readonly examples: readonly (readonly [commandLine: string, purpose: string])[];
  /** Milliseconds after which it gives up, unless the user says otherwise. */
  readonly timeout: number;
  /** Whether it can change the account. */
  readonly changes: boolean;
  /**
   * What --dry-run says in the help.
   *
   * @default - as `changes` has it
   */
  readonly dryRun?: string;
  readonly run: (
    context: OperationContext,
    options: Options,
    args: readonly string[],
  ) => Promise<OperationResult>;
}

/** A command for an operation; its own options and arguments are added by the caller. */
export function operationCommand<Options>(process: Process, props: OperationProps<Options>): Command {
  const { name, description, examples, timeout, changes } = props;
  const dryRun = changes ? "show what would be done, and do nothing" : "the same: this changes nothing";
  const width = Math.max(...examples.map(([line]) => line.length));
  const command = new Command(name.split(" ").at(-1))
    .description(description)
    .addOption(environmentOption(process.variables))
    .option("--json", "print JSON to standard output")
    .option(
      "--yes",
      changes ? "change the account without asking" : "accepted for scripts: this changes nothing",
    )
    .option("--dry-run", props.dryRun ?? dryRun)
    .addOption(
      new Option("--timeout <duration>", "give up after this long, such as 90s or 30m")
        .argParser(parseDuration)
        .default(timeout, durationText(timeout)),
    )
    .addHelpText(
      "after",
      `\nExamples:\n${examples
        .map(([line, purpose]) => `  npm run -s ops -- ${line.padEnd(width)}  # ${purpose}`)
        .join(
          "\n",
        )}\n\nExit codes: 0 all is well, 1 a check failed, 2 wrong usage, 3 AWS not reachable or not allowed.`,
    );
  return command.action(async (...given: unknown[]) => {
    // Commander passes the arguments, the options, and the command itself.
    const options = command.opts<OperationOptions & Options>();
    await runOperation(process, props, options, given.slice(0, -2).flat().map(String));
  });
}

async function runOperation<Options>(
  process: Process,
  { name: commandName, run }: OperationProps<Options>,
  options: OperationOptions & Options,
  args: readonly string[],
): Promise<void> {
  const { variables, streams, interrupted } = process;
  const console = new OperatorConsole(streams, variables);
  const { environment: name, timeout, json = false, yes = false, dryRun = false } = options;
  const environment = loadEnvironment(name);
  const controller = new AbortController();
  // Every call under way listens; Node.js would warn of a leak from the eleventh on.
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(() => {
    const message = `"${commandName}" did not end within ${durationText(timeout)}: allow more with --timeout.`;
    controller.abort(new AwsFailure(message, { kind: "timed-out" }));
  }, timeout);
  const interrupt = () => {
    controller.abort(new AwsFailure(`"${commandName}" was interrupted.`, { kind: "interrupted" }));
  };
  interrupted.addEventListener("abort", interrupt, { once: true });

  let opening: Promise<AwsSession> | undefined;
  let session: AwsSession | undefined;
  const context: OperationContext = {
    name,
    environment,
    console,
    variables,
    signal: controller.signal,
    timeout,
    json,
    dryRun,
    yes,
    aws: async () => {
      opening ??= openSession(name, environment, controller.signal, variables);
      session = await opening;
      return session;
    },
    mayChange: async (question) => {
      if (dryRun) {
        console.say("Dry run: nothing was done.");
        return false;
      }
      try {
        return yes || (await console.confirm(question, controller.signal));
      } catch (error) {
        // While a question is open, the terminal's Ctrl-C comes as an error; so does the end of the time.
        const { name }: { name?: unknown } = Object(error);
        if (name === "AbortError") {
          interrupt();
        }
        controller.signal.throwIfAborted();
        throw error;
      }
    },
  };
  const document = (rest: object) => ({
    command: commandName,
    environment: name,
    account: session?.accountId ?? null,
    region: environment.region,
    ...rest,
  });
  let result: OperationResult;
  try {
    result = await run(context, options, args);
  } catch (error) {
    const failure = session?.explain(error) ?? error;
    if (json && failure instanceof AwsFailure) {
      console.json(document({ ok: false, error: failureDocument(failure) }));
    }
    if (json && failure instanceof TerraformFailure) {
      const { message } = failure;
      console.json(
        document({ ok: false, error: { kind: "terraform", message, call: null, iamAction: null } }),
      );
    }
    throw failure;
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", interrupt);
    session?.close();
  }
  const { ok, failure, json: own, show } = result;
  if (json) {
    console.json(
      document({ ok: ok && !failure, ...own, ...(failure && { error: failureDocument(failure) }) }),
    );
  } else {
    show(console);
  }
  if (failure) {
    throw failure;
  }
  if (!ok) {
    throw new NegativeAnswer();
  }
}

/** What a JSON document says of a failure. */
function failureDocument({ kind, message, call, iamAction }: AwsFailure): object {
  return { kind, message, call: call ?? null, iamAction: iamAction ?? null };
}

async function openSession(
  name: string,
  { region, account }: Environment,
  signal: AbortSignal,
  variables: Process["variables"],
): Promise<AwsSession> {
  // Loaded only here, so that what needs no account does not wait for the SDK.
  const { AwsSession }: typeof import("../operations/aws/session") = require("../operations/aws/session");
  return AwsSession.open({ environment: name, region, account, signal, variables });
}
