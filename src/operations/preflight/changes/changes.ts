// The checks on what a deployment would do to a platform that runs: a plan of each stack, as Terraform makes it.
import { TerraformFailure } from "../../terraform/failure";
import type { SynthesizedStack } from "../../terraform/synthesized-stack";
import { type EndedCheck, type Finding, failed, passed, skipped } from "../planned-check";
import { judgeChanges } from "./judgement";

/** A synthesized stack, by its id. */
export interface PlannableStack {
  readonly id: string;
  readonly stack: Pick<SynthesizedStack, "managedResources" | "plannedChanges">;
}

/**
 * Plans the stacks one after the other, in the order in which they are deployed.
 * @param accepted addresses that may be replaced or destroyed
 */
export async function changeChecks(
  stacks: readonly PlannableStack[],
  accepted: readonly string[],
): Promise<EndedCheck[]> {
  const checks: EndedCheck[] = [];
  const changing: string[] = [];
  for (const { id, stack } of stacks) {
    const finding = await find(id, stack);
    checks.push({
      check: {
        id: `changes:${id}`,
        title: `A deployment of ${id} takes nothing away that is in use`,
        ...finding,
      },
    });
  }
  return checks;

  async function find(id: string, stack: PlannableStack["stack"]): Promise<Finding> {
    try {
      if ((await stack.managedResources()).size === 0) {
        return passed("Nothing of it is deployed yet.");
      }
      const changes = await stack.plannedChanges();
      const finding = judgeChanges(id, changes, accepted);
      if (changes.length > 0) {
        changing.push(id);
      }
      return finding;
    } catch (error) {
      if (!(error instanceof TerraformFailure)) {
        throw error;
      }
      return error.kind === "failed" && changing.length > 0
        ? skipped(
            `Unknown: Terraform cannot plan it before the changes of ${changing.join(", ")} are deployed. ${error.message}`,
          )
        : failed(error.message);
    }
  }
}
