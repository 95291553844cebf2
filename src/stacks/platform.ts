// The platform: its stacks, and the order in which they are deployed.
import type { Construct } from "constructs";
import type { Environment } from "../config/environment";
import { DjangoStack } from "./django";
import { SecurityGroupRulesStack } from "./security-group-rules";

/** Adds both stacks of an environment to an app. The rules come after the groups that they join. */
export function addPlatform(scope: Construct, environment: Environment): void {
  const django = new DjangoStack(scope, "django", { environment });
  const rules = new SecurityGroupRulesStack(scope, "security-group-rules", { environment });
  rules.addDependency(django);
}
