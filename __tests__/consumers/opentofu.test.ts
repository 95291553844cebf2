// lightwave-prod, applied with OpenTofu: planned again to no changes, and destroyed.
import { rmSync } from "node:fs";
import { childEnvironment } from "../e2e/support/child-environment";
import { type Ended, expectSuccess, startCommand } from "../e2e/support/command";
import { type Emulator, startEmulator } from "../e2e/support/emulator";
import { requirePrerequisites } from "../e2e/support/prerequisites";
import { EACH_ITS_OWN } from "../e2e/support/shared-provider";
import { createWorkspace, type Workspace } from "../e2e/support/workspace";
import { openTofuMirror, toolPath } from "./support/tools";

const TIMEOUT = 900_000;
const STACKS = ["django", "security-group-rules"];

let emulator: Emulator;
let workspace: Workspace;
let mirror: string | undefined;

beforeAll(async () => {
  await requirePrerequisites();
  mirror = openTofuMirror();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "lightwave-prod", provider: EACH_ITS_OWN });
  expectSuccess("synth", await workspace.synth());
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
  if (mirror !== undefined) rmSync(mirror, { recursive: true, force: true });
}, TIMEOUT);

function tofu(stack: string, ...args: string[]): Promise<Ended> {
  const variables = {
    ...childEnvironment(emulator.endpoint),
    ...(mirror !== undefined && { TF_CLI_ARGS_init: `-no-color -plugin-dir=${mirror}` }),
    TF_VAR_deletion_protection: "false",
  };
  return startCommand(toolPath("tofu"), args, { folder: workspace.stackFolder(stack), variables }).ended;
}

test(
  "is applied, planned again to no changes, and destroyed",
  async () => {
    for (const stack of STACKS) {
      const initialized = expectSuccess("tofu init", await tofu(stack, "init", "-input=false"));
      expect(initialized.output).toContain("OpenTofu has been successfully initialized!");
      const applied = await tofu(stack, "apply", "-auto-approve", "-input=false");
      expect(expectSuccess("tofu apply", applied).output).toMatch(
        /Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./,
      );
    }
    for (const stack of STACKS) {
      const planned = await tofu(stack, "plan", "-detailed-exitcode", "-input=false");
      expect([stack, planned.exitCode]).toEqual([stack, 0]);
      expect(planned.output).not.toContain("Warning");
    }
    for (const stack of STACKS.toReversed()) {
      expectSuccess("tofu destroy", await tofu(stack, "destroy", "-auto-approve", "-input=false"));
    }
  },
  TIMEOUT,
);
