// cdktf's `Testing.synthScope` in a stack of this project, so that a construct's resources have the names that they get.
import { type IScopeCallback, Testing } from "cdktf";
import { BaseStack } from "../../src/terraform/base-stack";
import { synthesizedText } from "./synthesized";

/** A stack with what the callback puts into it, as the text of its JSON. */
export function synthScope(add: IScopeCallback): string {
  const stack = new BaseStack(Testing.app(), "stack", {
    region: "us-east-1",
    tags: {},
    state: { backend: "none" },
    stateName: "test",
  });
  add(stack);
  return synthesizedText(stack);
}
