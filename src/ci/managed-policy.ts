// A policy that stands by itself, because several roles have it, or because it bounds one.
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { documentOf, MANAGED_POLICY_LENGTH, type Statement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";

export interface ManagedPolicyProps {
  readonly name: string;
  readonly description: string;
  readonly statements: readonly Statement[];
}

export class ManagedPolicy extends Construct {
  readonly arn: string;

  /** Throws where the document is longer than IAM takes. */
  constructor(scope: Construct, id: string, { name, description, statements }: ManagedPolicyProps) {
    super(scope, id);
    const { length } = JSON.stringify(documentOf(statements));
    if (length > MANAGED_POLICY_LENGTH) {
      throw new Error(
        `The policy ${name} would have ${length} characters, and IAM takes ${MANAGED_POLICY_LENGTH}: give the environment ` +
          "shorter names, or names that begin with its own; or name fewer actions and resources in ci.own.",
      );
    }
    this.arn = new IamPolicy(this, `policy:${id}`, {
      name,
      description,
      policy: policyDocument(statements),
      tags: { Name: name },
    }).arn;
  }
}
