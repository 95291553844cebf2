// CI's deployed roles: what they have, as IAM says, and a proxy that refuses what they may not call. The emulator lets
// everybody do everything.
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import type { PolicyDocument } from "../../../src/iam/document";
import { mayEver } from "../../support/iam-evaluator";
import { type AwsProxy, jsonError, queryError } from "./aws-proxy";

/** What a role has, as the IAM API reports it. */
export interface Role {
  readonly name: string;
  readonly policies: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
  readonly longestSession: number | undefined;
}

export async function readRole(iam: IAMClient, RoleName: string): Promise<Role> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    name: RoleName,
    policies: await Promise.all(AttachedPolicies.map(({ PolicyArn = "" }) => documentOf(iam, PolicyArn))),
    boundary: boundary === undefined ? undefined : await documentOf(iam, boundary),
    longestSession: Role?.MaxSessionDuration,
  };
}

async function documentOf(iam: IAMClient, PolicyArn: string): Promise<PolicyDocument> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ""));
}

/**
 * From now on, until the proxy forgets it, calls that the role could never make are refused as AWS refuses them.
 * @param besides actions that are let through although the role may not call them
 * @returns the actions that were refused, which grow
 */
export function become(
  proxy: AwsProxy,
  { name, policies, boundary }: Role,
  besides: readonly string[] = [],
): readonly string[] {
  const refused: string[] = [];
  proxy.answer("*", (call, forward) => {
    // CloudWatch signs its requests by an older name.
    const action = call.action.replace(/^monitoring:/, "cloudwatch:");
    const may =
      action === "sts:GetCallerIdentity" ||
      besides.includes(action) ||
      (mayEver(action, policies) && (!boundary || mayEver(action, [boundary])));
    if (may) {
      return forward();
    }
    refused.push(action);
    const message = `${name} is not authorized to perform: ${action}`;
    return call.headers["x-amz-target"] === undefined
      ? queryError("AccessDenied", message, 403)
      : jsonError("AccessDeniedException", message);
  });
  return refused;
}
