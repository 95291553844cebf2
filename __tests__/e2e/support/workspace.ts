// A temporary working copy of the project, so that a deployment in a test writes nothing into the repository and any
// number of them run side by side: cdktf.json, the compiled app with the documented systems for its environments,
// node_modules by a link, and the state that results.

import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Options, transformFile } from "@swc/core";
import { DEFINE, SYSTEMS_IMPORT } from "../../support/project-copy";
import { childEnvironment } from "./child-environment";
import { type Ended, expectSuccess, type Running, startCommand } from "./command";
import type { Emulator } from "./emulator";
import { forget, note } from "./janitor";
import { projectFolder, supportFile } from "./project";
import { type SharedProvider, startSharedProvider } from "./shared-provider";

export interface WorkspaceOptions {
  readonly emulator: Emulator;
  /** The variable ENVIRONMENT. @default none: then there must be one environment, or an app with a default */
  readonly environment?: string;
  /** Further variables for every command, over those of the support. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What Terraform's commands attach to. @default one for this workspace, which ends with it */
  readonly provider?: SharedProvider;
  /** The command that synthesizes, run in the workspace. @default - the project as it is now, compiled into the workspace */
  readonly app?: string;
  /** A workspace that another process has made and keeps: compiled anew, and left there. @default a new one */
  readonly folder?: string | undefined;
  /** Gets the output of every command as it comes. */
  readonly onOutput?: (text: string) => void;
}

export interface Workspace {
  readonly folder: string;
  /** What Terraform's commands attach to. */
  readonly provider: SharedProvider;
  /** `npm run synth -- <args>`, compiled already; resolves whatever the exit code. */
  synth(...args: readonly string[]): Promise<Ended>;
  /** `npx cdktf <args>`; resolves whatever the exit code. */
  cdktf(...args: readonly string[]): Promise<Ended>;
  /** `npx cdktf deploy <stacks> --auto-approve`. Throws CommandFailed with the end of its output. */
  deploy(stacks: readonly string[], ...args: readonly string[]): Promise<Ended>;
  /** The same, not waited for. */
  startDeploy(stacks: readonly string[], ...args: readonly string[]): Running;
  /** `npx cdktf destroy <stacks> --auto-approve`. Throws CommandFailed with the end of its output. */
  destroy(stacks: readonly string[], ...args: readonly string[]): Promise<Ended>;
  /** `npm run -s ops -- <args>`, compiled already; `variables` are added for this command alone. */
  startOps(args: readonly string[], variables?: Readonly<Record<string, string>>): Running;
  /**
   * The same on a terminal, where each step's `typed` is typed once its `text` has appeared; all that is written there
   * is its standard output.
   */
  startOpsOnTerminal(
    args: readonly string[],
    steps: readonly { readonly text: string; readonly typed: string }[],
    variables?: Readonly<Record<string, string>>,
  ): Running;
  /** `terraform <args>` in a stack's folder, after a deployment or `terraformInit`; whatever the exit code. */
  terraform(stack: string, ...args: readonly string[]): Promise<Ended>;
  /** The same, not waited for; `variables` are added for this command alone. */
  startTerraform(
    stack: string,
    args: readonly string[],
    variables?: Readonly<Record<string, string>>,
  ): Running;
  /** `terraform init` in a synthesized stack's folder; `variables` are added for this command alone. */
  terraformInit(stack: string, variables?: Readonly<Record<string, string>>): Promise<Ended>;
  /** `terraform plan -detailed-exitcode`: exit code 0 is no changes, 2 changes. Throws if the plan fails. */
  plan(stack: string): Promise<Ended>;
  /** What `terraform output -json` says: name to value. */
  outputs(stack: string): Promise<Readonly<Record<string, unknown>>>;
  stackFolder(stack: string): string;
  /** Kills what still runs and removes the folder. The emulator is stopped on its own. */
  dispose(): Promise<void>;
}

/** What npx would start, a second later. */
const CDKTF = join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf");

/** The app, in a workspace. */
const APP = join("dist", "main.js");

/** The operations' command line, in a workspace. */
const OPS = join("dist", "src", "cli", "main.js");

/** Makes a workspace, with the project compiled into it where no other app is named. It is removed by `dispose`, or when this process ends without it. */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const folder = options.folder ?? (await realpath(await mkdtemp(join(tmpdir(), "django-on-aws-e2e-"))));
  const isOurs = options.folder === undefined;
  if (isOurs) {
    note("folder", folder);
    await populate(folder, options.app);
  }
  if (options.app === undefined) {
    await compile(folder);
  }
  const given = {
    ...childEnvironment(options.emulator.endpoint),
    ...(options.environment === undefined ? {} : { ENVIRONMENT: options.environment }),
    ...options.variables,
  };
  const provider = options.provider ?? (await startSharedProvider(given));
  const variables = { ...given, ...provider.variables };
  const running = new Set<Running>();

  function start(
    command: string,
    args: readonly string[],
    where: string,
    more: Readonly<Record<string, string>> = {},
  ): Running {
    const { onOutput } = options;
    const command_ = startCommand(command, args, {
      folder: where,
      variables: { ...variables, ...more },
      ...(onOutput && { onOutput }),
    });
    running.add(command_);
    void command_.ended.finally(() => running.delete(command_));
    return command_;
  }
  const stackFolder = (stack: string) => join(folder, "cdktf.out", "stacks", stack);
  const startCdktf = (args: readonly string[]) => start(process.execPath, [CDKTF, ...args], folder);
  const startTerraform: Workspace["startTerraform"] = (stack, args, more) =>
    start("terraform", args, stackFolder(stack), more);
  const terraform = (stack: string, ...args: readonly string[]) => startTerraform(stack, args).ended;
  const json = async (stack: string, ...args: readonly string[]) =>
    JSON.parse(expectSuccess(`terraform ${args[0]}`, await terraform(stack, ...args, "-json")).stdout);

  return {
    folder,
    provider,
    stackFolder,
    terraform,
    startTerraform,
    startOps: (args, more) => start(process.execPath, [OPS, ...args], folder, more),
    startOpsOnTerminal: (args, steps, more) => {
      const command = [supportFile("on-terminal.py"), JSON.stringify(steps), process.execPath, OPS, ...args];
      return start("python3", ["-B", ...command], folder, { TERM: "xterm", NO_COLOR: "", ...more });
    },
    synth: (...args) => start(process.execPath, [APP, ...args], folder).ended,
    cdktf: (...args) => startCdktf(args).ended,
    startDeploy: (stacks, ...args) => startCdktf(["deploy", ...stacks, "--auto-approve", ...args]),
    deploy: async (stacks, ...args) =>
      expectSuccess("cdktf deploy", await startCdktf(["deploy", ...stacks, "--auto-approve", ...args]).ended),
    destroy: async (stacks, ...args) =>
      expectSuccess(
        "cdktf destroy",
        await startCdktf(["destroy", ...stacks, "--auto-approve", ...args]).ended,
      ),
    terraformInit: async (stack, more) =>
      expectSuccess(
        "terraform init",
        await startTerraform(stack, ["init", "-input=false", "-no-color"], more).ended,
      ),
    plan: async (stack) => {
      const result = await terraform(stack, "plan", "-detailed-exitcode", "-input=false", "-no-color");
      return result.exitCode === 2 ? result : expectSuccess("terraform plan", result);
    },
    outputs: async (stack) =>
      Object.fromEntries(
        Object.entries<{ value: unknown }>(await json(stack, "output")).map(([name, { value }]) => [
          name,
          value,
        ]),
      ),
    dispose: async () => {
      await Promise.all([...running].map((command) => command.kill()));
      if (options.provider === undefined) {
        await provider.stop();
      }
      if (isOurs) {
        await rm(folder, { recursive: true, force: true, maxRetries: 10 });
        forget("folder", folder);
      }
    },
  };
}

async function populate(folder: string, app: string | undefined): Promise<void> {
  const project = projectFolder();
  const config: Record<string, unknown> = JSON.parse(await readFile(join(project, "cdktf.json"), "utf8"));
  // The settings name the user's environments, which only the project as it is has.
  const ours = app === undefined ? { app: `node ${APP}`, context: {} } : { app };
  await writeFile(join(folder, "cdktf.json"), JSON.stringify({ ...config, ...ours }));
  await cp(join(project, "package.json"), join(folder, "package.json"));
  await symlink(join(project, "node_modules"), join(folder, "node_modules"), "dir");
}

/**
 * Compiles the sources, with their types stripped rather than checked: lint and type check are steps of their own. The
 * environments are the documented systems, whatever the user has in their place.
 */
async function compile(folder: string): Promise<void> {
  const project = projectFolder();
  const sources = await sourcesIn(join(project, "src"));
  const systems = await sourcesIn(join(project, "__tests__", "systems"));
  await Promise.all([
    compileFile(join(project, "main.ts"), join(folder, APP)),
    ...sources
      .filter((file) => !file.startsWith(join("environments", "/")))
      .map((file) => compileFile(join(project, "src", file), join(folder, "dist", "src", file))),
    ...systems.map((file) =>
      compileFile(
        join(project, "__tests__", "systems", file),
        join(folder, "dist", "src", "environments", file),
        (code) => code.replace(SYSTEMS_IMPORT, DEFINE),
      ),
    ),
  ]);
}

async function sourcesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts"));
}

/** @param target as the source is called */
async function compileFile(source: string, target: string, edit = (code: string) => code): Promise<void> {
  const { code } = await transformFile(source, COMMON_JS);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target.replace(/\.ts$/, ".js"), edit(code));
}

const COMMON_JS: Options = {
  swcrc: false,
  jsc: { target: "es2023", parser: { syntax: "typescript" } },
  module: { type: "commonjs" },
};
