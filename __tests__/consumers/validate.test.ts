// Every stack of every system, in both formats, and as child modules: valid without a warning for OpenTofu and for the newest
// Terraform, and clean for tflint's recommended rules.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../src/model/environment";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { childEnvironment } from "../e2e/support/child-environment";
import { expectSuccess, startCommand } from "../e2e/support/command";
import { projectFolder } from "../e2e/support/project";
import { type SharedProvider, startSharedProvider } from "../e2e/support/shared-provider";
import { allOptions } from "../support/all-options";
import { childOf } from "../support/child-module";
import { systems } from "../support/systems";
import { openTofuMirror, toolPath } from "./support/tools";

const TIMEOUT = 900_000;
const SYSTEMS = ["lightwave-prod", "realtime-platform", "pdf-excel-prod", "ecs-webapp", "helloapi"];
const scratch = mkdtempSync(join(tmpdir(), "consumers-"));
const variables = childEnvironment("http://127.0.0.1:1");

/** The folders of all stacks, by what they are: `helloapi/hcl/django`. */
const folders = new Map<string, string>();
let provider: SharedProvider;
let mirror: string | undefined;

/** Synthesizes an environment in both formats. */
function write(name: string, environment: Environment): void {
  for (const format of ["json", "hcl"]) {
    const outdir = join(scratch, name, format);
    const app = createApp({ outdir, hcl: format === "hcl" });
    addPlatform(app, environment);
    synthesize(app, environment.name);
    for (const stack of readdirSync(join(outdir, "stacks"))) {
      folders.set(`${name}/${format}/${stack}`, join(outdir, "stacks", stack));
    }
  }
}

beforeAll(async () => {
  for (const name of SYSTEMS) write(name, systems.load(name));
  write("all-options", allOptions);
  write("lightwave-prod as modules", childOf(systems.load("lightwave-prod")));
  write("all-options as modules", childOf(allOptions));
  mirror = openTofuMirror();
  provider = await startSharedProvider(variables);
}, TIMEOUT);

afterAll(async () => {
  await provider?.stop();
  for (const folder of [scratch, mirror])
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}, TIMEOUT);

/** A module has what its caller passes under `providers`: by itself, it is valid as the module of a root alone. */
function isValidAlone(name: string): boolean {
  return !name.startsWith("all-options as modules/") || !name.endsWith("/django");
}

async function run(
  command: string,
  args: readonly string[],
  folder: string,
  more: Readonly<Record<string, string>> = {},
) {
  return await startCommand(command, args, { folder, variables: { ...variables, ...more } }).ended;
}

test(
  "OpenTofu finds all of it valid, and has nothing to warn of",
  async () => {
    const reattach = provider.variables.TF_REATTACH_PROVIDERS?.replace(
      "registry.terraform.io",
      "registry.opentofu.org",
    );
    const more = {
      ...provider.variables,
      ...(reattach !== undefined && { TF_REATTACH_PROVIDERS: reattach }),
    };
    const said: Record<string, unknown> = {};
    for (const [name, folder] of folders) {
      if (reattach === undefined) {
        expectSuccess(
          "tofu init",
          await run(toolPath("tofu"), ["init", "-backend=false", "-input=false"], folder),
        );
      }
      const { stdout } = await run(toolPath("tofu"), ["validate", "-json"], folder, more);
      if (isValidAlone(name)) said[name] = JSON.parse(stdout).diagnostics;
    }
    expect(said).toEqual(Object.fromEntries(Object.keys(said).map((name) => [name, []])));
    expect(Object.keys(said).length).toBeGreaterThan(30);
  },
  TIMEOUT,
);

test(
  "the newest Terraform finds all of it valid, and has nothing to warn of",
  async () => {
    const alone = [...folders].filter(([name]) => isValidAlone(name));
    const args = [
      join(projectFolder(), "tools", "consumers", "validate.py"),
      ...alone.map(([, folder]) => folder),
    ];
    const ended = await run(toolPath("python"), args, scratch, provider.variables);
    const { version, said } = JSON.parse(expectSuccess("validate.py", ended).stdout);
    expect(version).toBe("1.15.5");
    expect(said).toEqual(Object.fromEntries(alone.map(([, folder]) => [folder, []])));
  },
  TIMEOUT,
);

test(
  "tflint finds nothing by its recommended rules",
  async () => {
    const config = join(scratch, "tflint.hcl");
    writeFileSync(config, 'plugin "terraform" {\n  enabled = true\n  preset  = "recommended"\n}\n');
    const found: Record<string, unknown> = {};
    for (const [name, folder] of folders) {
      const { stdout } = await run(toolPath("tflint"), ["--format=json", `--config=${config}`], folder);
      const { issues, errors }: { issues: { rule: { name: string }; message: string }[]; errors: unknown[] } =
        JSON.parse(stdout);
      found[name] = [...issues.map(({ rule, message }) => `${rule.name}: ${message}`), ...errors];
    }
    expect(found).toEqual(Object.fromEntries([...folders.keys()].map((name) => [name, []])));
  },
  TIMEOUT,
);
