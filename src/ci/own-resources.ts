// Finds what a team has added to the platform, and holds it against what the environment declares for CI.
import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Own } from "../schema/own-resources";
import { deployedStacks } from "./permissions/state";

/** Data sources that ask AWS for nothing, or only who asks, which everybody may. */
const FREE_DATA_SOURCES: readonly string[] = [
  "aws_arn",
  "aws_caller_identity",
  "aws_default_tags",
  "aws_iam_policy_document",
  "aws_partition",
  "aws_region",
  "aws_service_principal",
];

/**
 * What CI could not deploy, a sentence each: resources and data sources of types that no permission is declared for.
 *
 * @param root the tree of all stacks
 * @param platform every construct of the platform's own
 */
export function undeclaredResources(root: IConstruct, platform: ReadonlySet<IConstruct>, own: Own): string[] {
  const deployed = deployedStacks(own);
  const declared = new Set(own.resources.flatMap(({ types }) => types));
  const added = root.node.findAll().flatMap((construct) => {
    const type = typeOf(construct);
    return type !== undefined &&
      !platform.has(construct) &&
      deployed.includes(TerraformStack.of(construct).node.id)
      ? [{ type, path: construct.node.path }]
      : [];
  });
  const missing = new Map(
    added.filter(({ type }) => !declared.has(type)).map(({ type, path }) => [type, path] as const),
  );
  return [...missing].map(
    ([type, path]) =>
      `CI may do nothing with ${type}, and so could not deploy ${path}: add to ci.own.resources ` +
      `{ types: ["${type}"], read: [...], write: [...], resources: [...] }, with the actions that Terraform needs for it.`,
  );
}

function typeOf(construct: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(construct)) {
    return awsType(construct.terraformResourceType);
  }
  if (TerraformDataSource.isTerraformDataSource(construct)) {
    const type = awsType(construct.terraformResourceType);
    return type === undefined || FREE_DATA_SOURCES.includes(type) ? undefined : type;
  }
  return undefined;
}

/** Other providers' resources are no concern of IAM's. */
function awsType(type: string): string | undefined {
  const name = type.replace(/^data\./, "");
  return name.startsWith("aws_") ? name : undefined;
}
