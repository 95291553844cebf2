// Runs the app: one environment, named by the variable ENVIRONMENT or else by cdktf.json, becomes stacks of Terraform.
import { join } from "node:path";
import { Manifest, TerraformStack } from "cdktf";
import { ConfigurationError } from "./project/configuration";
import { Environments, UnknownEnvironmentError } from "./project/environments";
import { fileProblem } from "./project/file-problem";
import { printable } from "./project/printable";
import { EnvironmentError } from "./schema/problem";
import { addPlatform, type Platform } from "./stacks/platform";
import { DuplicateAddressError } from "./terraform/addresses";
import { annotations } from "./terraform/annotations";
import { replacedNotice } from "./terraform/owner";
import { pinProviders } from "./terraform/provider-lock";
import { createApp, InvalidAppError, synthesize } from "./terraform/synthesize";
import { TakenIdError, withExplainedIds } from "./terraform/taken-id";
import { refuseOthersUnits, refuseRootModules, UnitsError, writeLive } from "./terraform/terragrunt/live";
import type { Module } from "./terraform/terragrunt/unit";

/** What is somebody's to mend: its message says all, and a stack trace would hide it. */
const EXPLAINED = [
  ConfigurationError,
  DuplicateAddressError,
  EnvironmentError,
  InvalidAppError,
  TakenIdError,
  UnitsError,
  UnknownEnvironmentError,
];

/** What a synth takes. */
const OPTIONS = ["--hcl", "--terragrunt"];

export interface RunAppProps {
  /** The process that the app runs in; `--hcl` among its arguments writes HCL, `--terragrunt` units of Terragrunt beside the output. */
  readonly process: Pick<NodeJS.Process, "argv" | "cwd" | "env">;
  /**
   * Adds resources of your own, to the platform's stacks or in stacks beside them. They are held to the same policies, and
   * to the same proof of the traffic.
   *
   * @default - the platform alone
   */
  readonly extend?: (platform: Platform) => void;
}

/**
 * Synthesizes the environment that is meant, and prints what came of it.
 * @returns the exit code: 1 where something is wrong that the printed message explains; all else is thrown
 */
export function runApp({ process, extend }: RunAppProps): number {
  try {
    const unknown = process.argv.find((argument) => argument.startsWith("-") && !OPTIONS.includes(argument));
    if (unknown !== undefined) {
      throw new ConfigurationError(
        `Unknown option ${unknown}: a synth takes ${OPTIONS.join(" and ")}, and no other.`,
      );
    }
    const units = process.argv.includes("--terragrunt");
    const environments = Environments.ofProject(process.cwd());
    const environment = environments.load(process.env.ENVIRONMENT);
    if (units) refuseRootModules(environment);
    const ignored = environments.ignoredNotice();
    if (ignored !== undefined) {
      say(ignored);
    }
    const app = createApp({
      outdir: process.env.CDKTF_OUTDIR || undefined,
      hcl: process.argv.includes("--hcl"),
    });
    const platform = addPlatform(app, environment);
    if (extend) {
      withExplainedIds(process.cwd(), () => extend(platform));
    }
    const live = join(process.cwd(), "live");
    if (units) {
      const modules = stacksOf(platform).map(({ node }) => node.id);
      refuseOthersUnits({ environment: environment.name, modules, live });
    }
    const { replaced, notices: kept } = synthesize(app, environment.name);
    const notices = [...kept];
    pinProviders(process.cwd(), app.outdir);
    if (units) {
      const stacks = join(app.outdir, Manifest.stacksFolder);
      const modules: Module[] = stacksOf(platform).map((stack) => ({
        id: stack.node.id,
        config: stack.toTerraform(),
      }));
      notices.push(...writeLive({ environment, modules, stacks, live }));
      console.log(`Wrote the units of Terragrunt to ${join(live, environment.name)}.`);
    }
    if (replaced !== undefined) {
      say(replacedNotice(app.outdir, replaced, environment.name));
    }
    for (const notice of notices) {
      say(notice);
    }
    // The CDKTF CLI, which sets this variable, prints annotations itself.
    if (process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS === undefined) {
      for (const { level, path, message } of annotations(app)) {
        say(`[${level}] ${path}: ${message}`);
      }
      console.log(`Synthesized ${environment.name} to ${app.outdir}/stacks.`);
    }
    return 0;
  } catch (error) {
    const isExplained = error instanceof Error && EXPLAINED.some((kind) => error instanceof kind);
    const problem = isExplained ? error.message : fileProblem(error);
    if (problem === undefined) {
      throw error;
    }
    say(problem);
    return 1;
  }
}

/** In the order in which they are deployed. */
function stacksOf({ app }: Platform): TerraformStack[] {
  return app.node.findAll().filter(TerraformStack.isStack);
}

/** Names of files and texts of own resources may hold what steers a terminal, or CI. */
function say(text: string): void {
  console.error(printable(text));
}
