// Stacks for the tests of this folder.
import { type App, Testing } from "cdktf";
import { BaseStack, type BaseStackProps } from "../../src/terraform/base-stack";
import type { JsonObject } from "../../src/terraform/hcl/json";

/** A stack with the least that it can be given. */
export function stackIn(app: App, id = "django", props: Partial<BaseStackProps> = {}): BaseStack {
  return new BaseStack(app, id, {
    region: "us-east-1",
    tags: { Project: "lightwave" },
    state: { backend: "local" },
    stateName: "lightwave-prod",
    ...props,
  });
}

/** A stack in an app of its own. */
export function aStack(props: Partial<BaseStackProps> = {}): BaseStack {
  return stackIn(Testing.app(), "django", props);
}

/** The stack's configuration in both formats, once cdktf has prepared it. */
export function configuration(stack: BaseStack): { json: JsonObject; hcl: string; metadata: JsonObject } {
  stack.prepareStack();
  return { json: stack.toTerraform(), ...stack.toHclTerraform() };
}
