// The times that a service's command gives its web server, read from the options of gunicorn, uvicorn and hypercorn.
import { type CommandSource, numberOption, runs, wordsOf } from "./server-command";

/** Each in seconds; `undefined` where the command does not say. */
export interface ServerTimes {
  /** How long the server goes on with its requests once it is asked to stop. */
  readonly graceful: number | undefined;
  /** How long it keeps an idle connection open. */
  readonly keepAlive: number | undefined;
  /** How long one of gunicorn's workers may be silent: with sync workers, how long a request may take. */
  readonly request: number | undefined;
}

/** gunicorn: "Settings"; uvicorn: "Settings", timeouts; hypercorn: "Configuration options". */
const OPTIONS = {
  graceful: ["--graceful-timeout", "--timeout-graceful-shutdown"],
  keepAlive: ["--keep-alive", "--timeout-keep-alive"],
  request: ["--timeout", "-t"],
} as const satisfies Readonly<Record<keyof ServerTimes, readonly string[]>>;

const SERVERS = ["gunicorn", "uvicorn", "hypercorn"];

export function serverTimes(source: CommandSource): ServerTimes {
  const given = wordsOf(source);
  const words = [
    ...(runs(given, ...SERVERS) ? given : []),
    // gunicorn reads it besides its command line, which wins.
    ...(source.environment?.GUNICORN_CMD_ARGS ?? "").split(/\s+/),
  ];
  return {
    graceful: numberOption(words, OPTIONS.graceful),
    keepAlive: numberOption(words, OPTIONS.keepAlive),
    request: numberOption(words, OPTIONS.request),
  };
}
