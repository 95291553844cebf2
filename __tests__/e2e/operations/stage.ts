// What the tests of the operations act on: lightwave-prod, deployed once by real Terraform, behind a proxy.
import { readFileSync } from "node:fs";
import { type AwsProxy, type Caller, startAwsProxy } from "../support/aws-proxy";
import type { Ended, Running } from "../support/command";
import { type Emulator, startEmulator } from "../support/emulator";
import { EACH_ITS_OWN } from "../support/shared-provider";
import { createWorkspace, type Workspace } from "../support/workspace";
import { beHealthy } from "./healthy-platform";

/** How an operation ended. */
export interface OpsRun extends Ended {
  /** What it printed with `--json`; `undefined` without. */
  readonly json: unknown;
}

export interface Stage {
  readonly emulator: Emulator;
  /** Between the operations, and only them, and the emulator. */
  readonly proxy: AwsProxy;
  readonly workspace: Workspace;
  /** Runs one operation through the proxy, with `--json` if that is among the arguments. */
  ops(...args: readonly string[]): Promise<OpsRun>;
  /** The same, with variables of its own. */
  opsWith(variables: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<OpsRun>;
  /** The same, not waited for. */
  startOps(variables: Readonly<Record<string, string>>, ...args: readonly string[]): Running;
  /**
   * Every API call that each command has made so far, by the command's name: `discover`, `contain undo`; its own, and
   * those of the Terraform that it ran.
   */
  readonly callsByCommand: Readonly<Record<Caller, ReadonlyMap<string, ReadonlySet<string>>>>;
  dispose(): Promise<void>;
}

/**
 * Names a file that holds the `endpoint` of a running emulator and the `folder` of a workspace from which both stacks
 * are deployed to it. Whoever works on the operations need not deploy for every run of their tests.
 */
const KEPT_STAGE = "OPERATIONS_STAGE";

/** Deploys both stacks, with the answers of a healthy platform where the emulator has none. */
export async function raiseStage(environment: string): Promise<Stage> {
  const kept = keptStage();
  const emulator = kept?.emulator ?? (await startEmulator());
  const proxy = await startAwsProxy(emulator.endpoint);
  const workspace = await createWorkspace({
    emulator,
    environment,
    provider: EACH_ITS_OWN,
    folder: kept?.folder,
  });
  const callers = ["sdk", "terraform"] as const;
  const callsByCommand = { sdk: new Map<string, Set<string>>(), terraform: new Map<string, Set<string>>() };
  const startOps = (variables: Readonly<Record<string, string>>, ...args: readonly string[]): Running => {
    const before = { sdk: proxy.calls("sdk").length, terraform: proxy.calls("terraform").length };
    const running = workspace.startOps(args, { AWS_ENDPOINT_URL: proxy.endpoint, ...variables });
    const ended = running.ended.then((result) => {
      const command = args.slice(0, args[0] === "contain" ? 2 : 1).join(" ");
      for (const caller of callers) {
        const calls = callsByCommand[caller].get(command) ?? new Set();
        const made = proxy.calls(caller).slice(before[caller]);
        callsByCommand[caller].set(command, new Set([...calls, ...made]));
      }
      return result;
    });
    return { ...running, ended };
  };
  const opsWith = async (variables: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const ended = await startOps(variables, ...args).ended;
    return { ...ended, json: args.includes("--json") ? JSON.parse(ended.stdout) : undefined };
  };
  const stage: Stage = {
    emulator,
    proxy,
    workspace,
    startOps,
    opsWith,
    ops: (...args) => opsWith({}, ...args),
    callsByCommand,
    dispose: async () => {
      await workspace.dispose();
      await proxy.stop();
      await emulator.stop();
    },
  };
  beHealthy(proxy);
  if (kept === undefined) {
    await workspace.deploy(["django", "security-group-rules"]);
  }
  return stage;
}

function keptStage(): { readonly emulator: Emulator; readonly folder: string } | undefined {
  const file = process.env[KEPT_STAGE];
  if (!file) {
    return undefined;
  }
  const { endpoint, folder }: { endpoint: string; folder: string } = JSON.parse(readFileSync(file, "utf8"));
  return { emulator: { endpoint, log: () => "", stop: async () => undefined }, folder };
}
