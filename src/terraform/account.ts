// Which account a stack is deployed to: asked once a stack, whoever needs it for a name or an ARN.
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { callersProviderOf } from "./base-stack";

const ID = "account:current";

/** The account of a construct's stack, twelve digits, once Terraform knows it. */
export function accountIdOf(scope: Construct): string {
  const told = callersProviderOf(scope);
  if (told) return told.accountId;
  const stack = TerraformStack.of(scope);
  const known = stack.node.tryFindChild(ID);
  return (known instanceof DataAwsCallerIdentity ? known : new DataAwsCallerIdentity(stack, ID)).accountId;
}
