// Plans an environment's stacks from JSON and from HCL, and brings both plans into a form that can be compared.
import { readdirSync } from "node:fs";
import { expectSuccess } from "./command";
import type { Emulator } from "./emulator";
import type { SharedProvider } from "./shared-provider";
import { createWorkspace, type Workspace } from "./workspace";

export interface PlanComparison {
  readonly stack: string;
  /** What `terraform show -json` says of the plan made from JSON, without what differs by nature. */
  readonly json: unknown;
  readonly hcl: unknown;
  /** Whether `terraform fmt` finds nothing to change in the HCL. */
  readonly formatted: boolean;
}

/**
 * What of a plan says what would be there: not `configuration`, in which Terraform records the expressions of JSON as
 * constants, nor times and the order of `relevant_attributes`, which it shuffles.
 */
const COMPARED = [
  "planned_values",
  "resource_changes",
  "output_changes",
  "variables",
  "checks",
  "prior_state",
];

async function planIn(workspace: Workspace, stack: string): Promise<unknown> {
  await workspace.terraformInit(stack);
  // Which validates, too.
  expectSuccess("terraform plan", await workspace.terraform(stack, "plan", "-input=false", "-out=plan.bin"));
  const shown = expectSuccess(
    "terraform show",
    await workspace.terraform(stack, "show", "-json", "plan.bin"),
  );
  const plan: Record<string, unknown> = JSON.parse(shown.stdout);
  return Object.fromEntries(COMPARED.map((key) => [key, plan[key]]));
}

/** Plans each stack twice, as if nothing had been deployed; lookups find what the emulator holds. */
export async function comparePlans(
  emulator: Emulator,
  environment: string,
  stacks: readonly string[],
  provider: SharedProvider,
): Promise<PlanComparison[]> {
  // Without a backend, neither plan sees the state of the deployment.
  const options = { emulator, environment, provider, variables: { TF_DATA_DIR: ".terraform-plan" } };
  const [json, hcl] = await Promise.all([createWorkspace(options), createWorkspace(options)]);
  try {
    expectSuccess("synth", await json.synth());
    expectSuccess("synth --hcl", await hcl.synth("--hcl"));
    const compared: PlanComparison[] = [];
    for (const stack of stacks) {
      const files = readdirSync(hcl.stackFolder(stack)).filter((name) => name.endsWith(".tf"));
      const { exitCode } = await hcl.terraform(stack, "fmt", "-check", "-diff");
      compared.push({
        stack,
        json: await planIn(json, stack),
        hcl: await planIn(hcl, stack),
        formatted: exitCode === 0 && files.length > 3,
      });
    }
    return compared;
  } finally {
    await Promise.all([json.dispose(), hcl.dispose()]);
  }
}
