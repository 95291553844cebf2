// Starts the AWS emulator (moto's server with its gaps closed, see emulator/launch.py) on a port that is free.

import { spawn } from "node:child_process";
import { once } from "node:events";
import getPort from "get-port";
import { supportFile } from "./project";

/** A running emulator. Each has an account and state of its own; any number can run side by side. */
export interface Emulator {
  /** Its address, such as `http://127.0.0.1:41234`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /**
   * What it has printed so far: refused calls, a line starting with GAP for each call that moto lacks, one starting
   * with RETRY for each that came again, and one with INVALID for each thing that AWS's own model of a call refuses.
   */
  log(): string;
  /**
   * Ends it. It ends by itself, too, when this process does, even by SIGKILL.
   * @throws Error where a call was not as AWS's own model of it, which the emulator takes and AWS does not
   */
  stop(): Promise<void>;
}

// launch.py's exit code for a port that somebody else took between our looking and its binding.
const PORT_TAKEN = 98;
const ATTEMPTS = 5;
// moto imports in 2 s here; a loaded machine with a cold disk gets plenty more.
const READY_TIMEOUT = 60_000;

/** Starts an emulator and waits until it answers. Throws with its output if it does not. */
export async function startEmulator(): Promise<Emulator> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const emulator = await startOn(await getPort({ host: "127.0.0.1" }));
    if (emulator !== undefined) {
      return emulator;
    }
  }
  throw new Error(`The AWS emulator found no free port in ${ATTEMPTS} attempts.`);
}

async function startOn(port: number): Promise<Emulator | undefined> {
  const child = spawn("python3", ["-B", supportFile("emulator", "launch.py"), String(port)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, PYTHONUNBUFFERED: "1" },
  });
  // The pipe is how it learns of our end; that it closes with the emulator's own end is no error.
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close").then(([exitCode]) => ({ exitCode: Number(exitCode) }));
  let log = "";
  const ready = new Promise<"ready">((resolve) => {
    const keep = (text: string) => {
      log += text;
      if (/^ready$/m.test(log)) {
        resolve("ready");
      }
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), READY_TIMEOUT);
  const first = await Promise.race([ready, ended]);
  clearTimeout(timer);
  if (first !== "ready") {
    if (first.exitCode === PORT_TAKEN) {
      return undefined;
    }
    throw new Error(`The AWS emulator did not start (exit code ${first.exitCode}):\n${log}`);
  }
  const endpoint = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${endpoint}/moto-api/`);
  if (!answer.ok) {
    throw new Error(`The AWS emulator answers ${answer.status}:\n${log}`);
  }
  return {
    endpoint,
    log: () => log,
    stop: async () => {
      child.stdin.end();
      await ended;
      // They explain what nothing else does: something that was made, changed or deleted twice.
      process.stderr.write((log.match(/^RETRY .*\n/gm) ?? []).join(""));
      const invalid = [...new Set(log.match(/^(INVALID|UNCHECKED) .*$/gm))];
      if (invalid.length > 0) {
        throw new Error(`AWS would have refused calls that the emulator took:\n${invalid.join("\n")}`);
      }
    },
  };
}
