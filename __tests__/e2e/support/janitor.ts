// Notes what must not outlive this run, with a process that outlives it (see janitor.py).

import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { supportFile } from "./project";

type Kind = "process" | "folder";

interface Listener {
  write(line: string): void;
}

let listener: Listener | undefined;

function start(): Listener {
  const child = spawn("python3", ["-B", supportFile("janitor.py")], {
    stdio: ["pipe", "ignore", "ignore"],
    // A session of its own: what interrupts this run must not interrupt the clearing up.
    detached: true,
  });
  const { stdin } = child;
  // A machine without python3 has been told so by the prerequisites; nothing has been started then.
  child.on("error", () => undefined);
  stdin.on("error", () => undefined);
  // Neither the process nor the pipe may keep this run alive: the pipe's closing is what the janitor waits for.
  child.unref();
  if (stdin instanceof Socket) {
    stdin.unref();
  }
  return { write: (line) => stdin.write(line) };
}

function tell(line: string): void {
  listener ??= start();
  listener.write(`${line}\n`);
}

/** From now on the process (with its descendants) or the folder is removed when this run ends, however it ends. */
export function note(kind: Kind, what: number | string): void {
  tell(`${kind} ${what}`);
}

/** The process has ended, or the folder is gone: nothing is left to do. */
export function forget(kind: Kind, what: number | string): void {
  tell(`forget ${kind} ${what}`);
}
