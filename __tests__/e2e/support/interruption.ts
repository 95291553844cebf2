// Interrupts a command as Ctrl-C in a terminal does, and sees to it that nothing of it is left running.

import { setTimeout as sleep } from "node:timers/promises";
import type { Ended, Running } from "./command";
import { processTree, signal, survivors, waitForEnd } from "./processes";

export interface InterruptOptions {
  /** When to interrupt: output that has come, or a condition that is asked for every half second. */
  readonly when: RegExp | (() => Promise<boolean>);
  /** How long to wait for that, in milliseconds. @default 120000 */
  readonly within?: number;
  /** Then wait until the command has printed nothing new for so many milliseconds. @default 2000 */
  readonly quiet?: number;
}

export interface Interrupted extends Ended {
  /** What the command had started, such as Terraform and its provider, that was still there a minute later. */
  readonly orphans: readonly number[];
}

/** What Terraform says every ten seconds of each resource that it waits for: many of them together are never silent. */
const STILL_WAITING = /^.*: Still (creating|modifying|destroying)\.\.\. .*$/gm;

// Terraform finishes what it is doing; the provider gives up a resource that it waits for within seconds.
const GRACE = 60_000;

/**
 * Waits for the moment, sends SIGINT to the command's process group, and waits until it *and all that it started* have
 * ended: cdktf itself does not wait for Terraform, which runs in a session of its own. What remains after a minute is
 * killed and reported. Throws if the command ends before the moment comes, or the moment does not come in time.
 *
 * The quiet before the signal is while Terraform waits for resources rather than starts them. On SIGINT the AWS
 * provider abandons the calls that are under way, and what such a call has made all the same is in no state file: the
 * next deployment finds the name taken, with real AWS too. A resource that was being waited for becomes tainted
 * instead, and the next deployment replaces it, for which deletion protection must be off.
 */
export async function interruptCommand(command: Running, options: InterruptOptions): Promise<Interrupted> {
  const { when, within = 120_000, quiet = 2_000 } = options;
  const deadline = Date.now() + within;
  const isTime = async () => (when instanceof RegExp ? when.test(command.output()) : await when());
  await until(isTime, command, deadline);
  const news = () => command.output().replace(STILL_WAITING, "").replace(/\s+/g, "").length;
  let printed = news();
  let since = Date.now();
  const isQuiet = async () => {
    if (news() !== printed) {
      printed = news();
      since = Date.now();
    }
    return Date.now() - since >= quiet;
  };
  await until(isQuiet, command, deadline);

  // The tree must be known before: afterwards Terraform's parent is gone, and with it the way to find Terraform.
  const tree = await processTree(command.pid);
  signal(-command.pid, "SIGINT");
  const orphans = await waitForEnd(tree, GRACE);
  for (const pid of orphans) {
    signal(pid, "SIGKILL");
  }
  return { ...(await command.ended), orphans };
}

async function until(condition: () => Promise<boolean>, command: Running, deadline: number): Promise<void> {
  while (!(await condition())) {
    const over = (await survivors([command.pid])).length === 0;
    if (over || Date.now() > deadline) {
      await command.kill();
      throw new Error(
        `${over ? "It ended" : "Time was up"} before the moment to interrupt:\n${command.output()}`,
      );
    }
    await sleep(500);
  }
}
