// Durations as people type them: 90s, 30m, 24h, 7d.
import { InvalidArgumentError } from "commander";
import ms from "ms";

/** A duration in milliseconds. Throws what commander shows as a wrong argument. */
export function parseDuration(text: string): number {
  // Without a unit, ms takes the number for milliseconds, and nobody means those.
  const milliseconds = /^\d+(\.\d+)? ?[a-z]+$/i.test(text) ? ms(text as ms.StringValue) : undefined;
  if (milliseconds === undefined || !(milliseconds > 0)) {
    throw new InvalidArgumentError("Write a duration such as 90s, 30m, 24h or 7d.");
  }
  return milliseconds;
}

/** Milliseconds that a timer of Node.js takes, 24.8 days; one that is set for longer ends at once: its API, "setTimeout". */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A duration that somebody will wait for, in milliseconds. Throws what commander shows as a wrong argument. */
export function parseTimer(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds > LONGEST_TIMER) {
    throw new InvalidArgumentError("24 days are the longest.");
  }
  return milliseconds;
}

/** Milliseconds in words: `5m`. */
export function durationText(milliseconds: number): string {
  return ms(milliseconds);
}
