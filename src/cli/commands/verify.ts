// The command `verify`: everything that must hold after a deployment.

import { type Command, InvalidArgumentError } from "commander";
import { noneFailed } from "../../operations/checks";
import type { Address } from "../../operations/verify/ask";
import type { VerifyCheck } from "../../operations/verify/check";
import type { InsideCheck } from "../../operations/verify/connectivity";
import type { Probe } from "../../operations/verify/probe";
import { showChecks } from "../checks";
import type { OperationContext, Process } from "../operation";
import { operationCommand } from "../operation-command";
import type { OperatorConsole } from "../operator-console";
import { UsageError } from "../outcomes";
import { together, type Undertaking } from "../progress";

interface Options {
  readonly connectTo?: Address;
  readonly connectHttpTo?: Address;
}

/** For whoever works through a tunnel all day. */
const CONNECT_TO = "OPS_CONNECT_TO";
const CONNECT_HTTP_TO = "OPS_CONNECT_HTTP_TO";

export function verifyCommand(process: Process): Command {
  // What --watch keeps from round to round.
  const answers = new Map<string, VerifyCheck>();
  let consent: Promise<string | undefined> | undefined;
  return operationCommand<Options>(process, {
    name: "verify",
    description: "Check everything that must hold after a deployment.",
    examples: [
      ["verify", "of the default environment; asks before it starts tasks"],
      ["verify --environment helloapi --yes --json", "for a script"],
      ["verify --watch --interval 1m --dry-run", "again and again until Ctrl-C, without a task"],
      ["verify --connect-to localhost:8443", "with the load balancer at the other end of a tunnel"],
    ],
    timeout: 600_000,
    changes: true,
    repeats: true,
    run: async (context, { connectTo, connectHttpTo }) => {
      const { aws, model, name, console, round } = context;
      const { verify }: typeof import("../../operations/verify/verify") =
        require("../../operations/verify/verify");
      const session = await aws();
      if (round === 1) {
        console.say(`Reading what account ${session.accountId} has of ${name}.`);
      }
      const checks = await verify({
        aws: session,
        name,
        model,
        connectTo: connectTo ?? addressIn(context, CONNECT_TO),
        connectHttpTo: connectHttpTo ?? addressIn(context, CONNECT_HTTP_TO),
        answers,
        whyNoTask: (checks) => {
          consent ??= whyNoTask(context, checks);
          return consent;
        },
        together: (probes) =>
          round === 1
            ? together(console, probes.map(undertaking), {
                signal: context.signal,
                isGood: ({ status }) => status !== "fail",
              })
            : unseen(probes),
      });
      return { ok: noneFailed(checks), json: { checks }, show: (to) => show(to, checks) };
    },
  })
    .option(
      "--connect-to <host:port>",
      `reach the load balancer there; Host and certificate stay the domain's; the variable ${CONNECT_TO} says it, too`,
      parseAddress,
    )
    .option(
      "--connect-http-to <host:port>",
      `and its port for plain HTTP there; the variable ${CONNECT_HTTP_TO} says it, too`,
      parseAddress,
    );
}

function undertaking({ id, run }: Probe): Undertaking<VerifyCheck> {
  return {
    title: id,
    run: async (says) => {
      const check = await run(says);
      says(check.status);
      return check;
    },
  };
}

/** Runs all of them at the same time, as `together` does: what --watch repeats need not be shown again. */
async function unseen(probes: readonly Probe[]): Promise<VerifyCheck[]> {
  const results = await Promise.allSettled(probes.map(({ run }) => run(() => undefined)));
  return results.map((result) => {
    if (result.status === "rejected") {
      throw result.reason;
    }
    return result.value;
  });
}

/** Shows what the tasks would do, and asks. */
async function whyNoTask(
  { console, dryRun, yes, environment, mayChange }: OperationContext,
  checks: readonly InsideCheck[],
): Promise<string | undefined> {
  if (!dryRun && !yes && !console.canAsk) {
    return "starts a task: say --yes";
  }
  const { whatItStarts }: typeof import("../../operations/verify/connectivity") =
    require("../../operations/verify/connectivity");
  for (const check of checks) {
    console.say(whatItStarts(check, environment));
  }
  if (dryRun) {
    return "dry run";
  }
  return (await mayChange(checks.length === 1 ? "Start it?" : "Start them?")) ? undefined : "not wanted";
}

function show(console: OperatorConsole, checks: readonly VerifyCheck[]): void {
  showChecks(console, checks);
  const lines = (heading: string, content: readonly string[]) => {
    if (content.length > 0) {
      for (const line of ["", heading, ...content.map((each) => `  ${each}`)]) {
        console.say(line);
      }
    }
  };
  lines("What is not declared goes by:", [
    ...new Set(checks.flatMap(({ findings = [] }) => findings.map(({ remedy }) => remedy))),
  ]);
  for (const { id, log = [] } of checks) {
    lines(`The last lines of ${id}:`, log);
  }
}

/** Where a variable says that the load balancer is reached. */
function addressIn({ variables }: OperationContext, variable: string): Address | undefined {
  const text = variables[variable];
  try {
    return text ? parseAddress(text) : undefined;
  } catch (error) {
    throw error instanceof InvalidArgumentError
      ? new UsageError(`The variable ${variable} is "${text}". ${error.message}`)
      : error;
  }
}

/** `host:port`, or `[::1]:port`. Throws what commander shows as a wrong argument. */
function parseAddress(text: string): Address {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new InvalidArgumentError("Write host:port, such as localhost:8443.");
  }
  return { host, port: Number(port) };
}
