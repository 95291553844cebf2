// The platform: its stacks, the order in which they are deployed, and what must hold in all of them together.
import { Annotations, type App, TerraformStack } from "cdktf";
import type { Environment } from "../config/environment";
import { checkPolicies, platformOf, policyProblems, suppressionText } from "../policies/check-policies";
import { trafficDisagreements } from "../policies/traffic-agreement";
import { DjangoStack } from "./django";
import { SecurityGroupRulesStack } from "./security-group-rules";
import { StateBucketStack } from "./state-bucket";

/**
 * Adds the stacks of an environment to an app: `django`, then `security-group-rules`, which joins its groups; and
 * `state-bucket` where the environment makes the bucket for their state. The synth fails where what the stacks
 * allow is not what the environment declares, or where a policy finds what the environment does not accept.
 */
export function addPlatform(app: App, environment: Environment): void {
  const { state } = environment;
  const django = new DjangoStack(app, "django", { environment });
  const rules = new SecurityGroupRulesStack(app, "security-group-rules", { environment });
  rules.addDependency(django);
  if (state.backend === "s3" && state.createBucket) {
    const { bucket, region } = state;
    new StateBucketStack(app, "state-bucket", { environment, bucket, region });
  }
  for (const suppression of environment.policies.suppress) {
    // Each one is in use, or else the synth fails: so it can be said before anything is checked.
    Annotations.of(django).addWarning(suppressionText(suppression));
  }
  app.node.addValidation({
    validate: () => {
      // Every stack, also one that somebody has added beside ours. Rendering is what takes time: it is done once.
      const stacks = app.node.findAll().filter(TerraformStack.isStack);
      const configs = Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.toTerraform()]));
      return [
        ...trafficDisagreements(environment, configs),
        ...policyProblems(checkPolicies(platformOf(environment, app, configs))),
      ];
    },
  });
}
