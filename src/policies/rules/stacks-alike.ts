// The policy `stacks-alike`: every stack is built on this project's base stack.
import { TerraformStack } from "cdktf";
import { BaseStack } from "../../terraform/base-stack";
import type { Policy } from "../policy";

const stacksAlike: Policy = {
  id: "stacks-alike",
  severity: "medium",
  rule: "Every stack is built on this project's base stack.",
  reason:
    "It brings the pinned provider, the default tags and a state of its own, which the account guard and the other policies count on.",
  remedy: "Extend BaseStack of src/terraform/base-stack.ts instead of TerraformStack.",
  *check({ tree }) {
    for (const stack of tree.node.findAll().filter(TerraformStack.isStack)) {
      if (!(stack instanceof BaseStack)) {
        yield { stack: stack.node.id, address: "terraform", problem: "It is not built on the base stack" };
      }
    }
  },
};

export default stacksAlike;
