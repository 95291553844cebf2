// What all commands that operate a live environment have in common: their options, their account, their deadline, how
// they ask, and how they end.
import { setMaxListeners } from "node:events";
import { Command, Option } from "commander";
import type { Environment } from "../config/environment";
import { loadEnvironment } from "../environments";
import { AwsFailure } from "../operations/aws/failure";
import type { AwsSession } from "../operations/aws/session";
import { durationText, parseDuration } from "./duration";
import { environmentOption } from "./environment-option";
import { type Examples, examplesText } from "./examples";
import { OperatorConsole, type Streams } from "./operator-console";
import { NegativeAnswer } from "./outcomes";
import { type Round, watch } from "./watch";

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
  readonly watch?: true;
  /** Milliseconds; where the operation can be repeated. */
  readonly interval?: number;
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
  /** 1, and counting where `--watch` repeats the operation. */
  readonly round: number;
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
  readonly examples: Examples;
  /** Milliseconds after which it gives up, unless the user says otherwise. */
  readonly timeout: number;
  /** Whether it can change the account. */
  readonly changes: boolean;
  /** Whether `--watch` can repeat it. @default false */
  readonly repeats?: boolean;
  readonly run: (
    context: OperationContext,
    options: Options,
    args: readonly string[],
  ) => Promise<OperationResult>;
}

/** Milliseconds between two rounds of `--watch`, unless the user says otherwise. */
const INTERVAL = 30_000;

/** A command for an operation; its own options and arguments are added by the caller. */
export function operationCommand<Options>(process: Process, props: OperationProps<Options>): Command {
  const { name, description, examples, timeout, changes, repeats = false } = props;
  const command = new Command(name.split(" ").at(-1))
    .description(description)
    .addOption(environmentOption(process.variables))
    .option("--json", "print JSON to standard output")
    .option(
      "--yes",
      changes ? "change the account without asking" : "accepted for scripts: this changes nothing",
    )
    .option(
      "--dry-run",
      changes ? "show what would be done, and do nothing" : "the same: this changes nothing",
    )
    .addOption(
      new Option("--timeout <duration>", "give up after this long, such as 90s or 30m")
        .argParser(parseDuration)
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
          .argParser(parseDuration)
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

async function runOperation<Options>(
  process: Process,
  props: OperationProps<Options>,
  options: OperationOptions & Options,
  args: readonly string[],
): Promise<void> {
  const { json = false, interval = INTERVAL } = options;
  const console = new OperatorConsole(process.streams, process.variables);
  const environment = loadEnvironment(options.environment);
  const run = (round: number) => runRound(process, props, { options, args, console, environment, round });
  let last: Round;
  if (options.watch) {
    last = await watch({ run, console, json, interval, interrupted: process.interrupted });
  } else {
    last = await run(1);
    if (json && last.document) {
      console.json(last.document);
    } else {
      last.show(console);
    }
  }
  if (last.failure !== undefined) {
    throw last.failure;
  }
  if (!last.ok) {
    throw new NegativeAnswer();
  }
}

interface RoundProps<Options> {
  readonly options: OperationOptions & Options;
  readonly args: readonly string[];
  readonly console: OperatorConsole;
  readonly environment: Environment;
  readonly round: number;
}

/** Runs the operation once: with a deadline and a session of its own. */
async function runRound<Options>(
  { variables, interrupted }: Process,
  { name: commandName, run }: OperationProps<Options>,
  { options, args, console, environment, round }: RoundProps<Options>,
): Promise<Round> {
  const { environment: name, timeout, json = false, yes = false, dryRun = false } = options;
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
    round,
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
      return yes || (await console.confirm(question, controller.signal));
    },
  };
  const document = (rest: object) => ({
    command: commandName,
    environment: name,
    account: session?.accountId ?? null,
    region: environment.region,
    ...rest,
  });
  try {
    const { ok, failure, json: own, show } = await run(context, options, args);
    return {
      ok: ok && !failure,
      document: document({ ok: ok && !failure, ...own, ...(failure && { error: failureDocument(failure) }) }),
      show,
      failure,
    };
  } catch (error) {
    const failure = session?.explain(error) ?? error;
    return {
      ok: false,
      document:
        failure instanceof AwsFailure ? document({ ok: false, error: failureDocument(failure) }) : undefined,
      show: () => undefined,
      failure,
    };
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", interrupt);
    session?.close();
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
