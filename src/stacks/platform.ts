// The platform: its stacks, the order in which they are deployed, and what must hold in all of them together.
import { type App, Aspects, TerraformStack } from "cdktf";
import { scopeOf } from "../ci/grant";
import { platformBoundaryArn } from "../ci/permissions/iam";
import { RoleBoundary } from "../ci/platform-boundary";
import type { Environment } from "../config/environment";
import { trafficDisagreements } from "../policies/traffic-agreement";
import { CiAccessStack } from "./ci-access";
import { DjangoStack } from "./django";
import { SecurityGroupRulesStack } from "./security-group-rules";
import { StateBucketStack } from "./state-bucket";

/**
 * Adds the stacks of an environment to an app: `django`, then `security-group-rules`, which joins its groups;
 * `state-bucket` where the environment makes the bucket for their state, and `ci-access` where a pipeline deploys it. The
 * synth fails where what the stacks allow is not what the environment declares.
 */
export function addPlatform(app: App, environment: Environment): void {
  const { state, ci } = environment;
  const django = new DjangoStack(app, "django", { environment });
  const rules = new SecurityGroupRulesStack(app, "security-group-rules", { environment });
  rules.addDependency(django);
  if (state.backend === "s3" && state.createBucket) {
    const { bucket, region } = state;
    new StateBucketStack(app, "state-bucket", { environment, bucket, region });
  }
  if (ci) {
    new CiAccessStack(app, "ci-access", { environment, ci });
    Aspects.of(django).add(new RoleBoundary(platformBoundaryArn(scopeOf(environment))));
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
