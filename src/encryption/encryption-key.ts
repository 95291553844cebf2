// A KMS key of one's own: who may read what it encrypts is a matter of its own policy, and every use leaves a trace.
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Statement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";
import { leaveKeyToIam } from "../iam/statements";
import { type Encryption, givenKeyArn } from "../schema/encryption";
import { accountIdOf } from "../terraform/account";

/** Days in which a deleted key can be brought back, the longest: ScheduleKeyDeletion API reference. */
const DELETION_DAYS = 30;

export interface EncryptionKeyProps {
  /** What the key is called in Terraform, such as `main`. */
  readonly resourceName: string;
  /** The key's alias, which begins with `alias/`. */
  readonly alias: string;
  /** What it encrypts, in words. */
  readonly description: string;
  /**
   * What the key's policy says besides: services that use the key in their own name.
   *
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * What the statement that leaves the key to IAM is called. Another name is another policy to AWS.
   *
   * @default "LeaveItToIam"
   */
  readonly accountSid?: string;
  /**
   * The provider of the key's region.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * A symmetric key that KMS rotates every year, keeping the older ones for what they have encrypted. A deleted one lasts
 * for 30 days, deletion protection or not: without it, what it has encrypted is lost, final snapshots too.
 *
 * Its policy leaves to IAM who in the account may use it: RDS, ElastiCache, Secrets Manager, SQS and ECR use it on behalf of
 * whoever calls them. CloudWatch Logs and CloudTrail do not, and are named.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;
  /** The key itself, for what has to go before it does. */
  readonly key: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { resourceName, alias, description, statements = [], accountSid = "LeaveItToIam" } = props;
    const provider = props.provider && { provider: props.provider };
    const key = new KmsKey(this, `key:${resourceName}`, {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_DAYS,
      policy: policyDocument([leaveKeyToIam(accountSid, accountIdOf(this)), ...statements]),
      tags: { Name: alias.replace("alias/", "") },
      ...provider,
    });
    new KmsAlias(this, `alias:${resourceName}`, { name: alias, targetKeyId: key.keyId, ...provider });
    this.arn = key.arn;
    this.key = key;
  }
}

/**
 * Lets CloudWatch Logs use a key for the log groups of one account and region: "Encrypt log data in CloudWatch Logs using AWS
 * KMS", Amazon CloudWatch Logs user guide.
 */
export function logsStatement(region: string, accountId: string): Statement {
  return {
    sid: "CloudWatchLogs",
    principal: { Service: `logs.${region}.amazonaws.com` },
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    resources: ["*"],
    conditions: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*` },
    },
  };
}

/** The ARN of the key that an environment wants: one of its own, made here, or the given one; none for AWS's. */
export function encryptionKeyArn(
  scope: Construct,
  encryption: Encryption,
  props: Omit<EncryptionKeyProps, "resourceName">,
): string | undefined {
  return encryption.key === "own"
    ? new EncryptionKey(scope, "encryption-key", { ...props, resourceName: "main" }).arn
    : givenKeyArn(encryption);
}
