// The example examples/next-stack as a unit of Terragrunt's, beside those of the platform that it depends on; and clean for tflint.
import { readFileSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bastionOf, NO_BASTION, PLATFORM, readBastion, WITH_DATABASE } from "../e2e/support/bastion";
import { childEnvironment } from "../e2e/support/child-environment";
import { expectSuccess, startCommand } from "../e2e/support/command";
import { type Emulator, startEmulator } from "../e2e/support/emulator";
import { requirePrerequisites } from "../e2e/support/prerequisites";
import { projectFolder } from "../e2e/support/project";
import { EACH_ITS_OWN } from "../e2e/support/shared-provider";
import { describeSmallPlatform } from "../e2e/support/small-platform";
import { createWorkspace, type Workspace } from "../e2e/support/workspace";
import { runWithTerragrunt } from "./support/terragrunt";
import { toolPath } from "./support/tools";

const TIMEOUT = 900_000;

const example = join(projectFolder(), "examples", "next-stack");

let emulator: Emulator;
let workspace: Workspace;

/** Runs a line of the example's README in the folder of units. @throws Error where it has it no more */
async function follow(line: string): Promise<string> {
  if (!readFileSync(join(example, "README.md"), "utf8").includes(line)) {
    throw new Error(`The example's README.md does not say: ${line}`);
  }
  return await run(line);
}

async function run(text: string): Promise<string> {
  return await runWithTerragrunt(text, {
    endpoint: emulator.endpoint,
    folder: join(workspace.folder, "live", PLATFORM),
    program: "terraform",
  });
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "lightwave-prod", provider: EACH_ITS_OWN });
  await describeSmallPlatform(workspace, { ...WITH_DATABASE, terraformModule: "child" });
  expectSuccess("synth", await workspace.synth("--terragrunt"));
  // As the README says.
  await cp(join(example, "module"), join(workspace.folder, "modules", "bastion"), { recursive: true });
  await cp(join(example, "terragrunt"), join(workspace.folder, "live", PLATFORM, "bastion"), {
    recursive: true,
  });
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
}, TIMEOUT);

test.each(["module", "remote-state", "parameters"])("tflint finds nothing in %s", async (part) => {
  const config = join(workspace.folder, "tflint.hcl");
  await writeFile(config, 'plugin "terraform" {\n  enabled = true\n  preset  = "recommended"\n}\n');
  const { exitCode, output } = await startCommand(toolPath("tflint"), [`--config=${config}`], {
    folder: join(example, part),
    variables: childEnvironment(emulator.endpoint),
  }).ended;
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
});

test(
  "it is planned with everything else on an empty account, and is formatted",
  async () => {
    await run("terragrunt hcl fmt --check --file bastion/terragrunt.hcl");
    expect((await follow("terragrunt run --all plan")).match(/Plan: /g)).toHaveLength(3);
  },
  TIMEOUT,
);

test(
  "it makes a bastion that reaches the database and reads its secret, and that nobody reaches",
  async () => {
    await follow("terragrunt run --all apply");
    const outputs: Readonly<Record<string, { readonly value: unknown }>> = JSON.parse(
      (await run("terragrunt output -json --working-dir django --log-disable")).trim(),
    );
    const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    expect(await readBastion(emulator.endpoint)).toEqual(bastionOf(values));
    expect((await run("terragrunt run --all plan")).match(/No changes\./g)).toHaveLength(3);
  },
  TIMEOUT,
);

test(
  "it goes before the platform does",
  async () => {
    await run("terragrunt run --all destroy");
    expect(await readBastion(emulator.endpoint)).toEqual(NO_BASTION);
  },
  TIMEOUT,
);
