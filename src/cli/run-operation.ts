// Runs one operation: opens its account, ends it in time, and prints what it has found.
import { setMaxListeners } from "node:events";
import type { Environment } from "../model/environment";
import { type Model, modelOf } from "../model/model";
import { AwsFailure } from "../operations/aws/failure";
import type { AwsSession } from "../operations/aws/session";
import { TerraformFailure } from "../operations/terraform/failure";
import { durationText } from "./duration";
import type { OperationContext, OperationOptions, OperationProps, Process } from "./operation";
import { OperatorConsole } from "./operator-console";
import { NegativeAnswer } from "./outcomes";
import { INTERVAL, type Round, watch } from "./watch";

/**
 * Runs an operation, once or with `--watch` again and again, and prints what comes of it.
 * @throws NegativeAnswer where all is not well, and what the operation throws
 */
export async function runOperation<Options>(
  process: Process,
  props: OperationProps<Options>,
  options: OperationOptions & Options,
  args: readonly string[],
): Promise<void> {
  const { json = false, interval = INTERVAL } = options;
  const console = new OperatorConsole(process.streams, process.variables);
  const name = process.environments.choose(options.environment);
  const model = modelOf(process.environments.load(name));
  const run = (round: number) => runRound(process, props, { options, args, console, name, model, round });
  let last: Round;
  if (options.watch) {
    last = await watch({ run, console: console.results, json, interval, interrupted: process.interrupted });
  } else {
    last = await run(1);
    if (json && last.document) {
      console.json(last.document);
    } else {
      last.show(console.results);
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
  readonly name: string;
  readonly model: Model;
  readonly round: number;
}

/** Runs the operation once: with a deadline and a session of its own. */
async function runRound<Options>(
  { variables, interrupted }: Process,
  { name: commandName, run }: OperationProps<Options>,
  { options, args, console, name, model, round }: RoundProps<Options>,
): Promise<Round> {
  const { environment } = model;
  const { timeout, json = false, yes = false, dryRun = false } = options;
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
    model,
    console,
    preview: dryRun && !json ? console.results : console,
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
    const said = failureDocument(failure);
    return {
      ok: false,
      document: said && document({ ok: false, error: said }),
      show: () => undefined,
      failure,
    };
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", interrupt);
    session?.close();
  }
}

/** What a JSON document says of a failure; nothing of one that is nobody's but the program's, or the command line's. */
function failureDocument(failure: unknown): object | undefined {
  if (failure instanceof AwsFailure) {
    const { kind, message, call = null, iamAction = null } = failure;
    return { kind, message, call, iamAction };
  }
  if (failure instanceof TerraformFailure) {
    return { kind: "terraform", message: failure.message, call: null, iamAction: null };
  }
  return undefined;
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
