// Repeats an operation until Ctrl-C, and says something only when something has changed.
import { setTimeout as sleep } from "node:timers/promises";
import { AwsFailure, type FailureKind } from "../operations/aws/failure";
import type { OperatorConsole } from "./operator-console";

/** How one run of an operation has ended. */
export interface Round {
  /** Whether all is as it should be. */
  readonly ok: boolean;
  /** What a script gets; none where the failure is not AWS's. */
  readonly document: object | undefined;
  /** Shows the result to a person; a failure is left to the caller. */
  show(console: OperatorConsole): void;
  /** What kept it from a result. */
  readonly failure?: unknown;
}

export interface WatchProps {
  /** Runs the operation once. */
  readonly run: (round: number) => Promise<Round>;
  readonly console: OperatorConsole;
  readonly json: boolean;
  /** Milliseconds between two rounds. */
  readonly interval: number;
  /** Aborted when somebody presses Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** Milliseconds between two rounds, unless the user says otherwise. */
export const INTERVAL = 30_000;

/** What may be over by the next round. */
const PASSING: ReadonlySet<FailureKind> = new Set(["unreachable", "throttled", "aws-error", "timed-out"]);

/**
 * Runs round after round: with JSON a line each; else the result when it is another than before, and a line with the
 * time when it is the same. A failure that may be over by the next round is no reason to stop, once one has gone well.
 * @returns the last round that Ctrl-C did not cut short, or the one that cannot be gone on from
 */
export async function watch({ run, console, json, interval, interrupted }: WatchProps): Promise<Round> {
  let last: Round | undefined;
  let shown: string | undefined;
  for (let count = 1; ; count += 1) {
    const round = await run(count);
    const { failure, document } = round;
    if (failure instanceof AwsFailure && failure.kind === "interrupted") {
      return last ?? round;
    }
    const at = new Date().toISOString();
    if (json && document) {
      console.json({ at, ...document }, { oneLine: true });
    }
    if (failure !== undefined && (last === undefined || !isPassing(failure))) {
      return round;
    }
    last = round;
    if (!json) {
      const content = JSON.stringify(document);
      if (failure instanceof AwsFailure) {
        console.say(`${at} ${failure.message}`);
      } else if (content === shown) {
        console.say(`${at} Nothing has changed.`);
      } else {
        console.say(at);
        round.show(console);
        shown = content;
      }
    }
    if (!(await rested(interval, interrupted))) {
      return round;
    }
  }
}

function isPassing(failure: unknown): boolean {
  return failure instanceof AwsFailure && PASSING.has(failure.kind);
}

/** Rests; whether nobody has pressed Ctrl-C meanwhile. */
async function rested(milliseconds: number, interrupted: AbortSignal): Promise<boolean> {
  await sleep(milliseconds, undefined, { signal: interrupted }).catch(() => undefined);
  return !interrupted.aborted;
}
