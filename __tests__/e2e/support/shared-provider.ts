// One AWS provider for all of Terraform's commands on one environment. A command that starts a provider of its own spends
// seconds of computing on that alone: https://developer.hashicorp.com/terraform/plugin/debugging
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forget, note } from "./janitor";
import { killTree } from "./processes";
import { startProviderRelay } from "./provider-relay";
import { findProviderMirror } from "./provider-source";

export interface SharedProvider {
  /** What makes a command attach to the process rather than start one. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * The variables of a command that starts a provider of its own after all: to interrupt both, as Ctrl-C does. It takes an init
 * with the same.
 */
export const OWN_PROVIDER = { TF_REATTACH_PROVIDERS: "" };

/** Without a process: every command starts its own. */
export const EACH_ITS_OWN: SharedProvider = { variables: {}, stop: async () => undefined };

/**
 * Starts the provider, a process for each way in which stacks configure it: it keeps the configuration that it was given last.
 *
 * @param variables its environment variables: those of the commands that attach to it
 */
export async function startSharedProvider(variables: NodeJS.ProcessEnv): Promise<SharedProvider> {
  const binary = onlyProvider();
  if (binary === undefined) {
    // From the registry, or from a mirror that leaves a choice.
    return EACH_ITS_OWN;
  }
  const pids: number[] = [];
  const start = async (): Promise<Reattachment> => {
    const child = spawn(binary, ["-debug"], {
      env: variables,
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    const { pid } = child;
    if (pid === undefined) {
      throw new Error(`${binary} could not be started.`);
    }
    note("process", pid);
    pids.push(pid);
    return reattachment(child);
  };
  const folder = await mkdtemp(join(tmpdir(), "provider-"));
  note("folder", folder);
  const first = await start();
  const relay = await startProviderRelay(folder, first.socket, async () => (await start()).socket);
  return {
    variables: {
      TF_REATTACH_PROVIDERS: first.at(relay.all),
      // For bin/terraform, which knows the stack.
      E2E_REATTACH_WITHOUT_WEB_ACLS: first.at(relay.withoutWebAcls),
    },
    stop: async () => {
      relay.stop();
      for (const pid of pids) {
        await killTree(pid);
        forget("process", pid);
      }
      await rm(folder, { recursive: true, force: true });
      forget("folder", folder);
    },
  };
}

/** Where a process is, as Terraform wants to hear of it. */
interface Reattachment {
  readonly socket: string;
  /** The same for who is to come by another socket. */
  at(socket: string): string;
}

/** What the provider says when it is ready. Throws with all that it has said if it ends before. */
async function reattachment({ stdout }: ChildProcess): Promise<Reattachment> {
  let output = "";
  stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const closed = stdout && once(stdout, "close").then(() => true);
  for (;;) {
    const [, address] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(output) ?? [];
    if (address !== undefined) {
      const [socket = ""] = /(?<="String":")[^"]+/.exec(address) ?? [];
      return { socket, at: (other) => address.replace(socket, other) };
    }
    if (await Promise.race([closed, stdout && once(stdout, "data").then(() => false)])) {
      throw new Error(`The AWS provider did not start:\n${output}`);
    }
  }
}

/** The executable that Terraform would choose, where it has no choice: a mirror that holds one version, unpacked. */
function onlyProvider(): string | undefined {
  const mirror = findProviderMirror();
  const files =
    mirror === undefined
      ? []
      : readdirSync(join(mirror, "registry.terraform.io", "hashicorp", "aws"), {
          recursive: true,
          withFileTypes: true,
        }).filter((entry) => !entry.isDirectory() && entry.name.startsWith("terraform-provider-aws"));
  const [file, ...others] = files;
  return file === undefined || others.length > 0 || file.name.endsWith(".zip")
    ? undefined
    : join(file.parentPath, file.name);
}
