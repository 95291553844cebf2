// Whole trees of processes. `cdktf` starts Terraform in a pseudo-terminal, that is in a session of its own, so a signal
// to cdktf's process group does not reach it: only a walk over parents and children finds everything.

import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

interface Entry {
  readonly pid: number;
  readonly parent: number;
}

/** Every process of this machine, without the dead that merely wait for their parent to notice (zombies). */
async function allProcesses(): Promise<readonly Entry[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat="]);
  return stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => state !== undefined && !state.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

/** The process and all its descendants, parents first. */
export async function processTree(root: number): Promise<readonly number[]> {
  const entries = await allProcesses();
  const tree = entries.filter(({ pid }) => pid === root).map(({ pid }) => pid);
  for (let next = 0; next < tree.length; next += 1) {
    tree.push(...entries.filter(({ parent }) => parent === tree[next]).map(({ pid }) => pid));
  }
  return tree;
}

/** Which of these processes still run. */
export async function survivors(pids: readonly number[]): Promise<readonly number[]> {
  const running = new Set((await allProcesses()).map(({ pid }) => pid));
  return pids.filter((pid) => running.has(pid));
}

/** Waits until none of these processes runs. Resolves to those that still do when the time (milliseconds) is up. */
export async function waitForEnd(pids: readonly number[], timeout: number): Promise<readonly number[]> {
  const deadline = Date.now() + timeout;
  let left = await survivors(pids);
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(100);
    left = await survivors(left);
  }
  return left;
}

/** Kills the process and all its descendants at once, and waits (5 seconds at most) until they are gone. */
export async function killTree(root: number): Promise<void> {
  const tree = await processTree(root);
  for (const pid of tree) {
    signal(pid, "SIGKILL");
  }
  await waitForEnd(tree, 5_000);
}

/** Sends a signal; a process (or, if negative, a process group) that has already ended is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) {
      throw error;
    }
  }
}
