// Runs a server of the tests; the namespace of the run ends it if nobody else does.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { eventually } from "../container";

export interface Server {
  log(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** What it prints once it listens. */
  readonly ready: RegExp;
  readonly variables?: Readonly<Record<string, string>>;
  /** The number of the user and the group that it runs as. Default: root. */
  readonly user?: number;
  readonly stop?: NodeJS.Signals;
}

export async function startServer(
  command: string,
  args: readonly string[],
  { ready, variables = {}, user, stop = "SIGTERM" }: ServerOptions,
): Promise<Server> {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...variables },
    ...(user !== undefined && { uid: user, gid: user }),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = once(child, "close");
  const alive = () => child.exitCode === null && child.signalCode === null;
  await eventually(
    `${command} starts`,
    () => ready.test(output) || !alive(),
    () => output,
  );
  if (!alive()) {
    throw new Error(`${command} did not start:\n${output}`);
  }
  return {
    log: () => output,
    stop: async () => {
      child.kill(stop);
      await ended;
    },
  };
}
