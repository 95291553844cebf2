// The platform: its stacks, the order in which they are deployed, and what must hold in all of them together.
import { type App, TerraformStack } from "cdktf";
import type { Environment } from "../config/environment";
import { trafficDisagreements } from "../policies/traffic-agreement";
import { DjangoStack } from "./django";
import { RegistryStack } from "./registry";
import { SecurityGroupRulesStack } from "./security-group-rules";
import { StateBucketStack } from "./state-bucket";

/**
 * Adds the stacks of an environment to an app: `django`, then `security-group-rules`, which joins its groups;
 * `state-bucket` where the environment makes the bucket for their state, and `registry` where it has repositories. The
 * synth fails where what the stacks allow is not what the environment declares.
 */
export function addPlatform(app: App, environment: Environment): void {
  const { state, registry } = environment;
  const django = new DjangoStack(app, "django", { environment });
  const rules = new SecurityGroupRulesStack(app, "security-group-rules", { environment });
  rules.addDependency(django);
  if (state.backend === "s3" && state.createBucket) {
    const { bucket, region } = state;
    new StateBucketStack(app, "state-bucket", { environment, bucket, region });
  }
  if (registry) {
    new RegistryStack(app, "registry", { environment, registry });
  }
  app.node.addValidation({
    validate: () => {
      // Every stack, also one that somebody has added beside ours.
      const stacks = app.node.findAll().filter(TerraformStack.isStack);
      return trafficDisagreements(
        environment,
        Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.toTerraform()])),
      );
    },
  });
}
