// A role that jobs of one repository become, for an hour at most, by a token that GitHub has signed for them.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { trustDocument } from "../iam/policy-document";
import { AUDIENCE, GITHUB_ISSUER } from "./github-provider";

/** The shortest that IAM takes as a role's longest session: CreateRole API reference, "MaxSessionDuration". */
const SESSION_SECONDS = 3600;

/** Managed policies of a role, unless AWS has raised it: "IAM and AWS STS quotas". */
const ATTACHED_POLICIES = 10;

export interface CiRoleProps {
  readonly name: string;
  readonly description: string;
  readonly providerArn: string;
  /** The subjects of tokens that are trusted; `*` stands for any text. */
  readonly subjects: readonly string[];
  /** By a word that tells them apart. */
  readonly policyArns: Readonly<Record<string, string>>;
  /**
   * What the role can have at most.
   *
   * @default - whatever its policies allow
   */
  readonly boundaryArn?: string | undefined;
}

export class CiRole extends Construct {
  readonly arn: string;

  /** Throws where the role would have more policies than IAM attaches to one. */
  constructor(scope: Construct, id: string, props: CiRoleProps) {
    super(scope, id);
    const { name, description, providerArn, subjects, policyArns, boundaryArn } = props;
    const count = Object.keys(policyArns).length;
    if (count > ATTACHED_POLICIES) {
      throw new Error(
        `The role ${name} would have ${count} policies, and IAM attaches ${ATTACHED_POLICIES} to one: give the environment shorter ` +
          "names, or names that begin with its own; or name fewer actions and resources in ci.own.",
      );
    }
    const role = new IamRole(this, `role:${id}`, {
      name,
      description,
      assumeRolePolicy: trust(providerArn, subjects),
      maxSessionDuration: SESSION_SECONDS,
      ...(boundaryArn !== undefined && { permissionsBoundary: boundaryArn }),
      tags: { Name: name },
    });
    for (const [key, policyArn] of Object.entries(policyArns)) {
      new IamRolePolicyAttachment(this, `${key}:${id}-${key}`, { role: role.name, policyArn });
    }
    this.arn = role.arn;
  }
}

function trust(providerArn: string, subjects: readonly string[]): string {
  const sub = { [`${GITHUB_ISSUER}:sub`]: subjects };
  const aud = { [`${GITHUB_ISSUER}:aud`]: AUDIENCE };
  const anyText = subjects.some((subject) => subject.includes("*"));
  return trustDocument({
    sid: "JobsOfTheRepository",
    principal: { Federated: providerArn },
    action: "sts:AssumeRoleWithWebIdentity",
    conditions: anyText ? { StringEquals: aud, StringLike: sub } : { StringEquals: { ...aud, ...sub } },
  });
}
