// The SNS topic for alarms: encrypted, and open to alarms of this account and rules on events only.
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { denyPlainHttp, leaveKeyToIam } from "../iam/statements";
import { accountIdOf } from "../terraform/account";
import { distinctNames } from "../terraform/addresses";
import { wasResource } from "../terraform/former-addresses";
import { belongsIn } from "../terraform/notes";
import { AlarmEmailAddresses } from "./alarm-email-addresses";

const NOBODY =
  "Nobody is told of alarms: fill in monitoring.emails, give Terraform the variable alarm_email_addresses, subscribe to the topic " +
  "by other means, or set monitoring to false.";

/** What publishes: alarms, and rules on events. */
const PUBLISHERS = { CloudWatch: "cloudwatch.amazonaws.com", EventBridge: "events.amazonaws.com" } as const;

export interface AlarmTopicProps {
  /** The topic's name, and its key's Name tag. */
  readonly name: string;
  /** Who gets an e-mail where nothing else is said when Terraform is applied. */
  readonly emails: readonly string[];
}

/** An SNS topic under a KMS key of its own, with a subscription for each e-mail address, and a warning without any. */
export class AlarmTopic extends Construct {
  /** The topic's ARN. Whoever refers to it waits until publishing is allowed. */
  readonly arn: string;
  /** The key that the topic is encrypted with. */
  readonly keyArn: string;

  constructor(scope: Construct, id: string, { name, emails }: AlarmTopicProps) {
    super(scope, id);
    belongsIn(this, "monitoring");
    const accountId = accountIdOf(this);
    const key = new KmsKey(this, "key:alarms", {
      description: `Encrypts the topic ${name}`,
      enableKeyRotation: true,
      policy: keyPolicy(accountId),
      tags: { Name: name },
    });
    const topic = new SnsTopic(this, "topic:alarms", { name, kmsMasterKeyId: key.arn, tags: { Name: name } });
    const policy = new SnsTopicPolicy(this, "policy:alarms", {
      arn: topic.arn,
      policy: topicPolicy(topic.arn, accountId),
    });
    const { each } = new AlarmEmailAddresses(this, "email-addresses", { emails });
    const subscriptions = new SnsTopicSubscription(this, "subscription:alarms", {
      forEach: each,
      topicArn: topic.arn,
      protocol: "email",
      endpoint: each.value,
    });
    for (const [email, resourceName] of distinctNames(emails)) {
      wasResource(subscriptions, email, `subscription-${email}:${resourceName}`);
    }
    if (emails.length === 0) {
      Annotations.of(this).addWarning(NOBODY);
    }
    this.arn = policy.arn;
    this.keyArn = key.arn;
  }
}

/**
 * SNS's own key, `alias/aws/sns`, does not let alarms publish, and its policy cannot be changed: "How do I configure a
 * CloudWatch alarm with an encrypted Amazon SNS topic?", AWS re:Post. What each publisher needs: "Managing Amazon SNS
 * encryption keys and costs", Amazon SNS developer guide.
 */
function keyPolicy(accountId: string): string {
  const publish = { actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: ["*"] };
  return policyDocument([
    leaveKeyToIam("AccountAdministers", accountId),
    {
      ...publish,
      sid: "CloudWatchPublishes",
      principal: { Service: PUBLISHERS.CloudWatch },
      conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    // No condition on the source: the same page says that it "is not supported for EventBridge-to-encrypted topics".
    { ...publish, sid: "EventBridgePublishes", principal: { Service: PUBLISHERS.EventBridge } },
  ]);
}

function topicPolicy(topicArn: string, accountId: string): string {
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  return policyDocument([
    {
      ...publish,
      sid: "CloudWatchPublishes",
      principal: { Service: PUBLISHERS.CloudWatch },
      conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    // "You can't use Condition blocks in Amazon SNS topic policies for EventBridge": "Using resource-based policies for
    // Amazon EventBridge", Amazon EventBridge user guide. Nothing says so at apply, and no message ever arrives.
    { ...publish, sid: "EventBridgePublishes", principal: { Service: PUBLISHERS.EventBridge } },
    denyPlainHttp("DenyPlainHttp", "sns:Publish", [topicArn]),
  ]);
}
