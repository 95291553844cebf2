// The EventBridge rule that tells somebody of every change to a security group, while it can still be taken back.
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { RULE_CALLS } from "../model/traffic/security-group-calls";
import { belongsIn } from "../terraform/notes";

/** The section of the runbook. */
export const SECURITY_GROUP_RUNBOOK = "security-group-changes";

export interface SecurityGroupChangesProps {
  /** The rule's name, 64 characters at most. */
  readonly name: string;
  readonly topicArn: string;
  /** The page that has a section for each alarm. */
  readonly runbookUrl: string;
}

/**
 * A rule on what CloudTrail records, which needs a trail in the account: "AWS service events delivered via AWS
 * CloudTrail", Amazon EventBridge user guide.
 *
 * On every group of account and region, not just the platform's: a new group is how somebody would go around those.
 */
export class SecurityGroupChanges extends Construct {
  constructor(scope: Construct, id: string, { name, topicArn, runbookUrl }: SecurityGroupChangesProps) {
    super(scope, id);
    belongsIn(this, "monitoring");
    const rule = new CloudwatchEventRule(this, "rule:security-group-changes", {
      name,
      description: "Somebody changed a security group",
      eventPattern: JSON.stringify({
        source: ["aws.ec2"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: { eventSource: ["ec2.amazonaws.com"], eventName: RULE_CALLS },
      }),
      tags: { Name: name },
    });
    new CloudwatchEventTarget(this, "target:security-group-changes", {
      rule: rule.name,
      targetId: "topic",
      arn: topicArn,
      inputTransformer: {
        inputPaths: {
          who: "$.detail.userIdentity.arn",
          from: "$.detail.sourceIPAddress",
          what: "$.detail.eventName",
          // Each call names its group in one of these ways: by ID, by ID within a wrapper of its own, a new one by name.
          group: "$.detail.requestParameters.groupId",
          changed: "$.detail.requestParameters.ModifySecurityGroupRulesRequest.GroupId",
          made: "$.detail.requestParameters.groupName",
          error: "$.detail.errorCode",
          when: "$.detail.eventTime",
          account: "$.account",
          region: "$.region",
        },
        // What an event does not have stays empty: "Amazon EventBridge input transformation", EventBridge user guide.
        inputTemplate: JSON.stringify(
          "<who> called <what> <group><changed><made> from <from> at <when> in account <account>, <region>. <error> " +
            `Runbook: ${runbookUrl}#${SECURITY_GROUP_RUNBOOK}`,
        ),
      },
    });
  }
}
