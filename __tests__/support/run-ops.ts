// Runs one command as src/cli/main.ts does, without a process of its own, and keeps what it prints.
import { PassThrough, Readable } from "node:stream";
import { ops } from "../../src/cli/ops";
import { systems } from "./systems";

export interface OpsRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * One at a time: it borrows the console of this process.
 * @param variables what the command sees of the process's environment variables
 */
export async function runOps(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<OpsRun> {
  const printed = { stdout: "", stderr: "" };
  const keep = (stream: "stdout" | "stderr", end: string) => (text: unknown) => {
    printed[stream] += `${String(text)}${end}`;
    return true;
  };
  const stream = (name: "stdout" | "stderr") => new PassThrough().on("data", keep(name, ""));
  const spies = [
    jest.spyOn(console, "log").mockImplementation(keep("stdout", "\n")),
    jest.spyOn(console, "error").mockImplementation(keep("stderr", "\n")),
    // Commander prints its help and its errors here.
    jest.spyOn(process.stdout, "write").mockImplementation(keep("stdout", "")),
    jest.spyOn(process.stderr, "write").mockImplementation(keep("stderr", "")),
  ];
  try {
    const status = await ops(args, {
      variables,
      environments: systems,
      streams: { stdin: Readable.from([]), stdout: stream("stdout"), stderr: stream("stderr") },
      interrupted: new AbortController().signal,
    });
    return { status, ...printed };
  } finally {
    for (const spy of spies) {
      spy.mockRestore();
    }
  }
}
