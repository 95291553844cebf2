// A policy that stands by itself, because several roles have it, or because it bounds one.
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { documentOf, MANAGED_POLICY_LENGTH, type Statement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";

export interface ManagedPolicyProps {
  readonly name: string;
  readonly description: string;
  readonly statements: readonly Statement[];
  /**
   * What to do where they are too long, as a sentence.
   *
   * @default - to shorten names, or what `ci.own` names
   */
  readonly remedy?: string | undefined;
}

const REMEDY =
  "Give the environment shorter names, or names that begin with its own; or name fewer actions and resources in ci.own.";

export class ManagedPolicy extends Construct {
  readonly arn: string;

  /** Throws where the document is longer than IAM takes. */
  constructor(scope: Construct, id: string, props: ManagedPolicyProps) {
    super(scope, id);
    const { name, description, statements, remedy = REMEDY } = props;
    const { length } = JSON.stringify(documentOf(statements));
    if (length > MANAGED_POLICY_LENGTH) {
      throw new Error(
        `The policy ${name} would have ${length} characters, and IAM takes ${MANAGED_POLICY_LENGTH}. ${remedy}`,
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
