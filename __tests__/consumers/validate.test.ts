// Every stack of every system, in both formats, and as child modules: valid without a warning for OpenTofu and for the newest
// Terraform.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnvironment } from "../e2e/support/child-environment";
import { expectSuccess, startCommand } from "../e2e/support/command";
import { projectFolder } from "../e2e/support/project";
import { type SharedProvider, startSharedProvider } from "../e2e/support/shared-provider";
import { writeEveryOutput } from "./support/every-output";
import { openTofuMirror, toolPath } from "./support/tools";

const TIMEOUT = 900_000;
const scratch = mkdtempSync(join(tmpdir(), "consumers-"));
const variables = childEnvironment("http://127.0.0.1:1");

let folders: ReadonlyMap<string, string>;
let provider: SharedProvider;
let mirror: string | undefined;

beforeAll(async () => {
  folders = writeEveryOutput(scratch);
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
