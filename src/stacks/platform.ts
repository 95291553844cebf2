// The platform: its stacks, the order in which they are deployed, and what must hold in all of them together.
import { join } from "node:path";
import { Annotations, type App, TerraformStack } from "cdktf";
import { undeclaredResources } from "../ci/own-resources";
import type { Environment } from "../model/environment";
import { type Model, modelOf } from "../model/model";
import {
  checkPolicies,
  policyProblems,
  suppressionText,
  synthesizedPlatform,
} from "../policies/check-policies";
import { trafficDisagreements } from "../policies/traffic-agreement";
import { mayAddResources, strayFiles } from "../terraform/stray-files";
import { AccountSecurityStack } from "./account-security";
import { CiAccessStack } from "./ci-access";
import { DjangoStack } from "./django";
import { RegistryStack } from "./registry";
import { SecurityGroupRulesStack } from "./security-group-rules";
import { StateBackendStack } from "./state-backend";

/** The stacks of an environment, and by them everything that they are made of. */
export interface Platform {
  /** The app that the stacks are in, and stacks of your own beside them. */
  readonly app: App;
  readonly environment: Environment;
  /** The members and the traffic that follow from it. */
  readonly model: Model;
  /** Network, load balancer, services, data stores: everything but the rules between the groups. */
  readonly django: DjangoStack;
  /** The rules between the groups. */
  readonly securityGroupRules: SecurityGroupRulesStack;
  /** The bucket for the states; `undefined` where the environment makes none. */
  readonly stateBackend: StateBackendStack | undefined;
  /** Audit and detection of the account; `undefined` where the environment has none. */
  readonly accountSecurity: AccountSecurityStack | undefined;
  /** The repositories of images; `undefined` where the environment has none. */
  readonly registry: RegistryStack | undefined;
  /** The roles of a pipeline; `undefined` where the environment has none. */
  readonly ciAccess: CiAccessStack | undefined;
}

/**
 * Adds the stacks of an environment to an app: `django`, then `security-group-rules`, which joins its groups;
 * `state-backend` where the environment makes the bucket for their state, `registry` where it has repositories,
 * `account-security` where it secures the account, and `ci-access` where a pipeline deploys it. The synth fails where what
 * the stacks allow, those included that others add to the app, is not what the environment declares, or where a policy
 * finds what the environment does not accept.
 */
export function addPlatform(app: App, environment: Environment): Platform {
  const { state, accountSecurity, registry, ci } = environment;
  const model = modelOf(environment);
  const django = new DjangoStack(app, "django", { model });
  const securityGroupRules = new SecurityGroupRulesStack(app, "security-group-rules", { model });
  securityGroupRules.addDependency(django);
  const platform: Platform = {
    app,
    environment,
    model,
    django,
    securityGroupRules,
    stateBackend:
      state.backend === "s3" && state.createBucket
        ? new StateBackendStack(app, "state-backend", { environment, state })
        : undefined,
    accountSecurity:
      accountSecurity && new AccountSecurityStack(app, "account-security", { environment, accountSecurity }),
    registry: registry && new RegistryStack(app, "registry", { environment, registry }),
    ciAccess: ci && new CiAccessStack(app, "ci-access", { environment, ci }),
  };
  for (const suppression of environment.policies.suppress) {
    // Each one is in use, or else the synth fails: so it can be said before anything is checked.
    Annotations.of(django).addWarning(suppressionText(suppression));
  }
  const constructs = new Set(ci ? app.node.findAll() : []);
  app.node.addValidation({
    validate: () => {
      // Every stack, also one that somebody has added beside ours. Rendering is what takes time: it is done once.
      const stacks = app.node.findAll().filter(TerraformStack.isStack);
      const written = Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.toTerraform()]));
      const strays = stacks.flatMap((stack) =>
        strayFiles(join(app.outdir, app.manifest.forStack(stack).workingDirectory))
          .filter(mayAddResources)
          .map(({ name }) => ({ stack: stack.node.id, file: name })),
      );
      const synthesized = synthesizedPlatform(model, app, written, strays);
      return [
        ...trafficDisagreements(model, synthesized.configs),
        ...(ci ? undeclaredResources(app, constructs, ci.own) : []),
        ...policyProblems(checkPolicies(synthesized)),
      ];
    },
  });
  return platform;
}
