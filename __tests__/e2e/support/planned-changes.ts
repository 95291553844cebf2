// What a plan would do to a deployed stack, a line for each resource.
import { isDeepStrictEqual } from "node:util";
import { expectSuccess } from "./command";
import type { Workspace } from "./workspace";

/** What `terraform show -json` says of a plan, as far as it is read here. */
interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/**
 * What the stack's plan would create, change, replace or delete, sorted: `update aws_vpc.main`, and for what is replaced
 * `delete, create ...` or `create, delete ...`. What is only moved to another address is none of it.
 */
export async function plannedChanges(workspace: Workspace, stack: string): Promise<string[]> {
  const terraform = async (...args: readonly string[]) =>
    expectSuccess(`terraform ${args[0]}`, await workspace.terraform(stack, ...args));
  await terraform("plan", "-input=false", "-no-color", "-out=second.bin");
  const plan: Plan = JSON.parse((await terraform("show", "-json", "second.bin")).stdout);
  return (plan.resource_changes ?? [])
    .filter(({ mode, change }) => mode === "managed" && !isDeepStrictEqual(change.actions, ["no-op"]))
    .map(({ address, change }) => `${change.actions.join(", ")} ${address}`)
    .sort();
}
