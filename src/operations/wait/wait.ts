// Waits for one resource: looks again and again until it is ready, has failed, or the time is up.
import { setTimeout as sleep } from "node:timers/promises";
import type { Readiness } from "../live/readiness";

/** What one look at a resource has found. */
export interface Look extends Readiness {
  /** Asks AWS why it is not ready, a line each. */
  readonly reasons: () => Promise<readonly string[]>;
}

export interface AwaitedResource {
  /** For scripts: `load-balancer`, `service:django`, `targets:django`, `database` or `cache`. */
  readonly resource: string;
  /** For a person. */
  readonly title: string;
  readonly look: () => Promise<Look>;
}

export interface Patience {
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** When to stop waiting, in milliseconds since 1970. */
  readonly deadline: number;
  /** Aborted when nobody wants the result any more. */
  readonly ended: AbortSignal;
  /** Hears what each look has found. */
  readonly says: (detail: string) => void;
}

/** How the wait for one resource has ended. */
export interface WaitedResource extends Readiness {
  readonly resource: string;
  /** How long it has been waited for. */
  readonly seconds: number;
  /** Why it is not ready, in the words of AWS; empty where it is. */
  readonly reasons: readonly string[];
}

/** Waits for these at the same time, each with `waitFor`. */
export type WaitTogether = (
  resources: readonly AwaitedResource[],
) => Promise<readonly (WaitedResource & { readonly looks: number })[]>;

/**
 * Waits until all are ready at the same time: what was ready once may have ceased to be while another one came up, so all
 * are looked at again until each is ready at a first look.
 * @param deadline when to stop waiting, in milliseconds since 1970
 */
export async function waitForAll(
  resources: readonly AwaitedResource[],
  waitTogether: WaitTogether,
  deadline: number,
): Promise<WaitedResource[]> {
  const seconds = new Map<string, number>();
  for (;;) {
    const waited = await waitTogether(resources);
    const isOver =
      waited.some(({ state }) => state !== "ready") ||
      waited.every(({ looks }) => looks === 1) ||
      Date.now() >= deadline;
    for (const { resource, looks, seconds: more } of waited) {
      if (looks > 1 || !seconds.has(resource)) {
        seconds.set(resource, (seconds.get(resource) ?? 0) + more);
      }
    }
    if (isOver) {
      return waited.map(({ looks: _, ...rest }) => ({ ...rest, seconds: seconds.get(rest.resource) ?? 0 }));
    }
  }
}

/** Where not even the first look has found anything when the time is up. */
const NOTHING_SEEN: Look = {
  state: "pending",
  detail: "AWS has not answered yet",
  reasons: async () => [],
};

/**
 * Waits until a resource is ready or has failed, until the deadline at most, and then asks why it is not ready.
 * (The SDK's own `createWaiter` would sleep on where nobody waits any more, and keep the process.)
 * @throws AwsFailure as the looks do, and the signal's AbortError
 */
export async function waitFor(
  { resource, look }: AwaitedResource,
  { interval, deadline, ended, says }: Patience,
): Promise<WaitedResource & { readonly looks: number }> {
  const started = Date.now();
  // A look that is never answered must not outlast the deadline.
  const timeIsUp = sleep(deadline - started, undefined, { signal: ended, ref: false });
  let seen = NOTHING_SEEN;
  let looks = 0;
  while (seen.state === "pending" && Date.now() < deadline) {
    const found = await Promise.race([look(), timeIsUp]);
    if (found === undefined) {
      break;
    }
    seen = found;
    looks += 1;
    says(seen.detail);
    if (seen.state === "pending") {
      await sleep(Math.min(interval, deadline - Date.now()), undefined, { signal: ended });
    }
  }
  const { state, detail, reasons } = seen;
  const seconds = Math.round((Date.now() - started) / 1000);
  return { resource, state, detail, seconds, looks, reasons: state === "ready" ? [] : await reasons() };
}
