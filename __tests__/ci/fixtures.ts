// An environment that a pipeline deploys, and the policies of its roles as IAM would get them.
import { Testing } from "cdktf";
import type { PolicyDocument } from "../../src/iam/document";
import type { Environment } from "../../src/model/environment";
import type { EnvironmentInput } from "../../src/schema/environment";
import { CiAccessStack } from "../../src/stacks/ci-access";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptionsInput } from "../support/all-options";
import { policyDocumentIn } from "../support/policy-document";
import { resources, synthesized } from "../support/synthesized";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";

export const shopInput: EnvironmentInput = {
  name: "shop",
  region: REGION,
  account: ACCOUNT,
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: {
      image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop/web:1.0.0`,
      port: 8000,
      cpu: 256,
      memory: 512,
      autoscaling: { minimum: 2, maximum: 4 },
      connectsTo: ["postgres", "redis"],
      sendsTo: ["jobs"],
      secrets: { SENTRY_DSN: { secretsManager: "shared/sentry" } },
      django: {},
    },
  },
  database: {},
  cache: {},
  queues: { jobs: {} },
  dns: { domain: "shop.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" },
  state: { backend: "s3", bucket: "states", region: REGION },
  ci: { github: { repository: "acme/shop" } },
};

const { web, ...otherServices } = allOptionsInput.services;

/** With everything that an environment can have. */
export const everythingInput: EnvironmentInput = {
  ...allOptionsInput,
  account: ACCOUNT,
  services: {
    ...otherServices,
    ...(web && {
      web: {
        ...web,
        secrets: { SENTRY_DSN: { secretsManager: "shared/sentry" } },
      },
    }),
  },
  loadBalancer: { waf: { blockedCidrs: ["192.0.2.0/24"] } },
  monitoring: { emails: ["ops@example.com"] },
  dns: { domain: "all-options.example.com", hostedZoneName: "example.com" },
  state: {
    backend: "s3",
    bucket: "all-options-states",
    region: "us-east-1",
    createBucket: true,
    kmsKeyId: "alias/states",
  },
  ci: { github: { repository: "acme/all-options" } },
};

export interface CiPolicies {
  readonly plan: readonly PolicyDocument[];
  readonly deploy: readonly PolicyDocument[];
  readonly deployBoundary: PolicyDocument;
  readonly platformBoundary: PolicyDocument;
  /** By the role's name. */
  readonly trust: Readonly<Record<string, PolicyDocument>>;
}

/** Throws where the environment has no `ci`. */
export function ciConfig(environment: Environment) {
  const { ci } = environment;
  if (!ci) {
    throw new Error("No ci in this environment");
  }
  return synthesized(new CiAccessStack(Testing.app(), "ci-access", { environment, ci }));
}

/** What the roles of an environment file have. */
export function ciPolicies(input: EnvironmentInput = shopInput): CiPolicies {
  return policiesOf(defineEnvironment(input));
}

/** What the roles of an environment have, read from the synthesized attachments. */
export function policiesOf(environment: Environment): CiPolicies {
  const config = ciConfig(environment);
  const documents = new Map(
    resources(config, "aws_iam_policy").map(([id, { name, policy }]) => [
      id,
      { name: String(name), document: policyDocumentIn(policy) },
    ]),
  );
  const attached = (role: string) =>
    resources(config, "aws_iam_role_policy_attachment").flatMap(([, attachment]) => {
      const [, roleId] = /aws_iam_role\.(\w+)\./.exec(String(attachment.role)) ?? [];
      const [, policyId] = /aws_iam_policy\.([\w-]+)\./.exec(String(attachment.policy_arn)) ?? [];
      const found = documents.get(policyId ?? "");
      return found && config.resource?.aws_iam_role?.[roleId ?? ""]?.name === role ? [found.document] : [];
    });
  const named = (name: string) => {
    const found = [...documents.values()].find((policy) => policy.name === name);
    if (!found) {
      throw new Error(`No policy ${name}`);
    }
    return found.document;
  };
  return {
    plan: attached(`${environment.name}-ci-plan`),
    deploy: attached(`${environment.name}-ci-deploy`),
    deployBoundary: named(`${environment.name}-ci-deploy-boundary`),
    platformBoundary: named(`${environment.name}-ci-platform-boundary`),
    trust: Object.fromEntries(
      resources(config, "aws_iam_role").map(([, { name, assume_role_policy }]) => [
        String(name),
        policyDocumentIn(assume_role_policy),
      ]),
    ),
  };
}
