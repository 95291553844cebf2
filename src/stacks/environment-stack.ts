// What the stacks of one environment share: its region, its account, its tags and where its state is kept.

import { Aspects } from "cdktf";
import type { Construct } from "constructs";
import { scopeOf } from "../ci/grant";
import { platformBoundaryArn } from "../ci/permissions/iam";
import { deployedStacks } from "../ci/permissions/state";
import { RoleBoundary } from "../ci/role-boundary";
import type { Environment } from "../model/environment";
import type { Model } from "../model/model";
import { defaultTags } from "../model/tags";
import { BaseStack, type BaseStackProps } from "../terraform/base-stack";
import { CALLERS_ENVIRONMENT, CallersEnvironment } from "../terraform/callers-environment";

export interface EnvironmentStackProps extends Partial<Pick<BaseStackProps, "region" | "state">> {
  /** A checked environment: its region and its state hold for the stack, unless the stack says otherwise. */
  readonly environment: Environment;
}

export interface ModelStackProps {
  /** The platform that follows from a checked environment. */
  readonly model: Model;
}

/** A stack of an environment: one of the platform's, or one of your own beside them. */
export class EnvironmentStack extends BaseStack {
  readonly environment: Environment;

  /** @param id the stack's id: the name of its folder and of its state */
  constructor(scope: Construct, id: string, props: EnvironmentStackProps) {
    const { environment } = props;
    const { name, region, account, state } = environment;
    super(scope, id, {
      region: props.region ?? region,
      accountId: account,
      tags: tagsOf(environment),
      state: props.state ?? state,
      stateName: name,
      terraformModule: environment.terraformModule,
    });
    this.environment = environment;
    if (this.isChildModule) new CallersEnvironment(this, "callers-environment", { name });
    if (environment.ci && deployedStacks(environment.ci.own).includes(id)) {
      // The deploy role can make a role only with this on it.
      Aspects.of(this).add(new RoleBoundary(platformBoundaryArn(scopeOf(environment))));
    }
  }
}

/** A child module calls its environment as its caller does; a tag of the environment's own stays. */
function tagsOf(environment: Environment): Readonly<Record<string, string>> {
  const tags = defaultTags(environment);
  const isOurs = environment.terraformModule === "child" && tags.Environment === environment.name;
  return isOurs ? { ...tags, Environment: CALLERS_ENVIRONMENT } : tags;
}
