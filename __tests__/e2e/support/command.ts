// Runs one command of a test as a process group of its own, and keeps what it said.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { forget, note } from "./janitor";
import { killTree } from "./processes";

/** Seconds within which a command ends that has no reason to wait, on a busy machine, too: what it must not wait for takes longer. */
export const SOON = 30;

/** A command that has ended. */
export interface Ended {
  /** Undefined if a signal ended it. */
  readonly exitCode: number | undefined;
  /** All it printed, on both streams, in the order it came. */
  readonly output: string;
  /** Standard output alone, for commands that print JSON. */
  readonly stdout: string;
  /** Standard error alone. */
  readonly stderr: string;
  readonly seconds: number;
}

/** A command under way. */
export interface Running {
  readonly pid: number;
  output(): string;
  /** Resolves when it has ended, whatever the exit code. */
  readonly ended: Promise<Ended>;
  /** Kills it with everything that it started. */
  kill(): Promise<void>;
}

export interface CommandOptions {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Gets each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** The number of the user and the group that it runs as. Default: those of this process. */
  readonly user?: number | undefined;
}

/** Thrown by `expectSuccess`; the message ends with the last lines that the command printed. */
export class CommandFailed extends Error {
  constructor(
    what: string,
    readonly result: Ended,
  ) {
    const tail = result.output.trimEnd().split("\n").slice(-60).join("\n");
    super(`${what} ended with exit code ${result.exitCode ?? "none (killed)"}:\n${tail}`);
    this.name = "CommandFailed";
  }
}

/** Starts a command, with no terminal and nothing on its standard input. */
export function startCommand(command: string, args: readonly string[], options: CommandOptions): Running {
  const started = Date.now();
  const child = spawn(command, args, {
    cwd: options.folder,
    env: { ...options.variables },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that a test can send it the SIGINT that a terminal sends to the whole group.
    detached: true,
    ...(options.user !== undefined && { uid: options.user, gid: options.user }),
  });
  const closed = once(child, "close").then(([exitCode]: (number | null)[]) => exitCode ?? undefined);
  const { pid } = child;
  if (pid === undefined) {
    throw new Error(`${command} could not be started.`);
  }
  note("process", pid);
  let output = "";
  let stdout = "";
  let stderr = "";
  const keep = (text: string) => {
    output += text;
    options.onOutput?.(text);
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    keep(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    keep(text);
  });
  return {
    pid,
    output: () => output,
    ended: closed.then((exitCode) => {
      forget("process", pid);
      return { exitCode, output, stdout, stderr, seconds: (Date.now() - started) / 1000 };
    }),
    kill: () => killTree(pid),
  };
}

/** The result, if the command ended well. Throws CommandFailed if it did not. */
export function expectSuccess(what: string, result: Ended): Ended {
  if (result.exitCode !== 0) {
    throw new CommandFailed(what, result);
  }
  return result;
}
