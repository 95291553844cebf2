// However a run of these tests ends, nothing of it is left: no process, and so no namespace either.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { processTree, signal, waitForEnd } from "../e2e/support/processes";
import { eventually } from "./support/container";

const ROOT = join(__dirname, "..", "..");
const ON_TERMINAL = join(ROOT, "__tests__", "e2e", "support", "on-terminal.py");

/** One that is busy for long enough: its servers are started first. */
const RUN = ["npm", "run", "-s", "test:django", "--", "-t", "passes its own tests"];

/** Milliseconds: less than such a run takes by itself. */
const SOON = 5_000;

function start(command: readonly string[]): { readonly child: ChildProcess; readonly output: () => string } {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output };
}

function isLauncher(pid: number): boolean {
  const [, script = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  return script === "tools/test-django.js";
}

/** @returns the processes of a run that are left after it was ended in some way */
async function leftAfter(
  end: (npm: number, tree: readonly number[]) => void,
  command: readonly string[] = RUN,
): Promise<readonly number[]> {
  const { child, output } = start(command);
  let tree: readonly number[] = [];
  // npm, its shell, the launcher, unshare, tini and jest.
  const isUp = async () => {
    tree = await processTree(child.pid ?? 0);
    return tree.length >= 6 && output().includes("Running one project");
  };
  await eventually("the run has begun", isUp, output);
  end(child.pid ?? 0, tree);
  const left = await waitForEnd(tree, SOON);
  for (const pid of left) {
    signal(pid, "SIGKILL");
  }
  return left;
}

export function launcher(): void {
  test("a run that npm's SIGTERM, the launcher's SIGKILL or Ctrl-C ends leaves no process", async () => {
    const keys = JSON.stringify([{ text: "Running one project", typed: "\u0003" }]);
    expect(
      await Promise.all([
        leftAfter((npm) => signal(npm, "SIGTERM")),
        leftAfter((_npm, tree) => {
          for (const pid of tree.filter(isLauncher)) {
            signal(pid, "SIGKILL");
          }
        }),
        leftAfter(() => undefined, ["python3", "-B", ON_TERMINAL, keys, ...RUN]),
      ]),
    ).toEqual([[], [], []]);
  });
}
