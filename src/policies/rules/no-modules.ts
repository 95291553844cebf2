// The policy `no-modules`: no stack calls a Terraform module.
import { entries } from "../../reachability/terraform-config";
import type { Policy } from "../policy";

const noModules: Policy = {
  id: "no-modules",
  severity: "medium",
  rule: "No stack calls a Terraform module.",
  reason: "Policies read what is synthesized; what a module holds, none of them has seen.",
  remedy:
    "Write the module's resources as constructs, or suppress this with the reason why the module is trusted.",
  *check({ configs }) {
    for (const [stack, config] of Object.entries(configs)) {
      for (const [name] of entries(config.module)) {
        yield { stack, address: `module.${name}`, problem: "No policy sees what is in the module" };
      }
    }
  },
};

export default noModules;
