// Who may take the roles of services: ECS, for tasks of this account.
import { trustDocument } from "../iam/policy-document";

/**
 * Lets ECS give a role to this account's tasks, and to no other account's: the condition that the ECS developer guide's page
 * on the task IAM role recommends against a confused deputy.
 */
export function trustEcsTasks(region: string, accountId: string): string {
  return trustDocument({
    sid: "EcsTasks",
    principal: { Service: "ecs-tasks.amazonaws.com" },
    conditions: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:aws:ecs:${region}:${accountId}:*` },
    },
  });
}
