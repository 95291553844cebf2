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

/** Milliseconds in words: `5m`. */
export function durationText(milliseconds: number): string {
  return ms(milliseconds);
}
