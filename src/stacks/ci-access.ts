// The stack ci-access: lets a pipeline plan and deploy an environment without keys. Deployed by hand: CI cannot change it.

import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { deployBoundary } from "../ci/boundary";
import { CiRole } from "../ci/ci-role";
import { GithubProvider } from "../ci/github-provider";
import { type Grant, type Scope, scopeOf } from "../ci/grant";
import { ManagedPolicy } from "../ci/managed-policy";
import { permissionsOf } from "../ci/permissions";
import { boundaryRemedy, platformBoundary } from "../ci/platform-boundary";
import { grantPolicies } from "../ci/statements";
import { githubSubjects } from "../model/github-subjects";
import { ciNames, numberedPolicy } from "../model/names/ci";
import type { Ci } from "../schema/ci";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

export interface CiAccessStackProps extends EnvironmentStackProps {
  /** The environment's `ci`. */
  readonly ci: Ci;
}

/** The stack `ci-access`. */
export class CiAccessStack extends EnvironmentStack {
  /** The role that looks, and never changes anything. */
  readonly planRole: CiRole;
  /** The role that deploys. */
  readonly deployRole: CiRole;

  constructor(scope: Construct, id: string, { environment, ci }: CiAccessStackProps) {
    super(scope, id, { environment });
    const { name } = environment;
    const names = ciNames(name);
    const subjects = githubSubjects(ci, name);
    const target = scopeOf(environment);
    const permissions = permissionsOf(target);
    const grants = permissions.flatMap((service) => service.grants);

    const providerArn = new GithubProvider(this, "github", { create: ci.createProvider }).arn;
    const readPolicies = this.policies("read", names.readPolicies, `Look at ${name}`, grants, target);
    const deployPolicies = this.policies("write", names.deployPolicies, `Deploy ${name}`, grants, target);
    new ManagedPolicy(this, "platform-boundary", {
      name: names.platformBoundary,
      description: `What the roles of ${name} can have at most`,
      statements: platformBoundary(target),
      remedy: boundaryRemedy(environment),
    });
    const boundaryArn = new ManagedPolicy(this, "deploy-boundary", {
      name: names.deployBoundary,
      description: `Where CI can act at most: ${name}`,
      statements: deployBoundary(target, permissions),
    }).arn;

    this.planRole = new CiRole(this, "plan", {
      name: names.planRole,
      description: `Plans ${name} from CI`,
      providerArn,
      subjects: subjects.plan,
      policyArns: readPolicies,
    });
    this.deployRole = new CiRole(this, "deploy", {
      name: names.deployRole,
      description: `Deploys ${name} from CI`,
      providerArn,
      subjects: subjects.deploy,
      policyArns: { ...readPolicies, ...deployPolicies },
      boundaryArn,
    });
    new TerraformOutput(this, "plan_role_arn", {
      value: this.planRole.arn,
      description: "Role of the jobs that plan: the repository's variable AWS_PLAN_ROLE_ARN",
    });
    new TerraformOutput(this, "deploy_role_arn", {
      value: this.deployRole.arn,
      description: "Role of the jobs that deploy: the repository's variable AWS_DEPLOY_ROLE_ARN",
    });
    new TerraformOutput(this, "deploy_subjects", {
      value: subjects.deploy,
      description: "Subjects of the tokens with which a job may deploy",
    });
  }

  /** The policies of one kind of access, by their id. */
  private policies(
    access: Grant["access"],
    name: string,
    description: string,
    grants: readonly Grant[],
    target: Scope,
  ): Record<string, string> {
    const policies = grantPolicies(
      grants.filter((grant) => grant.access === access),
      target,
    );
    return Object.fromEntries(
      policies.map((statements, index) => {
        const id = `${access}-${index + 1}`;
        const policy = new ManagedPolicy(this, id, {
          name: numberedPolicy(name, index),
          description,
          statements,
        });
        return [id, policy.arn];
      }),
    );
  }
}
