// The option that says how far a search looks back.
import { Option } from "commander";
import { durationText, parseDuration } from "../../duration";

/** A day: long enough for a whole shift, short enough to read. */
const DEFAULT_SINCE = 86_400_000;

export interface SinceOptions {
  /** Milliseconds. */
  readonly since: number;
}

/**
 * `--since`.
 * @param parse how the duration is read
 */
export function sinceOption(parse: (text: string) => number = parseDuration): Option {
  return new Option("--since <duration>", "look back this long, such as 90m, 24h or 7d")
    .argParser(parse)
    .default(DEFAULT_SINCE, durationText(DEFAULT_SINCE));
}
