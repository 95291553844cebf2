// A key of the environment's own: who may read its data is then a matter of its own policy, and every use leaves a trace.
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { type Encryption, givenKeyArn } from "../schema/encryption";

/** Days in which a deleted key can be brought back, the longest: ScheduleKeyDeletion API reference. */
const DELETION_DAYS = 30;

export interface EncryptionKeyProps {
  /** The key's alias, which begins with `alias/`. */
  readonly alias: string;
  /** What it encrypts, in words. */
  readonly description: string;
  /** The key's region. */
  readonly region: string;
  /**
   * Whether CloudWatch Logs encrypts with it.
   *
   * @default false
   */
  readonly forLogs?: boolean;
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
 * Its policy leaves to IAM who in the account may use it, as AWS recommends ("Default key policy", KMS developer guide):
 * RDS, ElastiCache, Secrets Manager, SQS and ECR use it on behalf of whoever calls them. CloudWatch Logs does not, and is
 * named.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { alias, description } = props;
    const provider = props.provider && { provider: props.provider };
    const { accountId } = new DataAwsCallerIdentity(this, "account");
    const policy = new DataAwsIamPolicyDocument(this, "policy", {
      statement: [
        {
          sid: "LeaveItToIam",
          actions: ["kms:*"],
          resources: ["*"],
          principals: [{ type: "AWS", identifiers: [`arn:aws:iam::${accountId}:root`] }],
        },
        ...(props.forLogs ? [logsStatement(props.region, accountId)] : []),
      ],
    });
    const key = new KmsKey(this, "key", {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_DAYS,
      policy: policy.json,
      tags: { Name: alias.replace("alias/", "") },
      ...provider,
    });
    new KmsAlias(this, "alias", { name: alias, targetKeyId: key.keyId, ...provider });
    this.arn = key.arn;
  }
}

/** "Encrypt log data in CloudWatch Logs using AWS KMS", Amazon CloudWatch Logs user guide. */
function logsStatement(region: string, accountId: string): DataAwsIamPolicyDocumentStatement {
  return {
    sid: "CloudWatchLogs",
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    resources: ["*"],
    principals: [{ type: "Service", identifiers: [`logs.${region}.amazonaws.com`] }],
    condition: [
      {
        test: "ArnLike",
        variable: "kms:EncryptionContext:aws:logs:arn",
        values: [`arn:aws:logs:${region}:${accountId}:log-group:*`],
      },
    ],
  };
}

/** The ARN of the key that an environment wants: one of its own, made here, or the given one; none for AWS's. */
export function encryptionKeyArn(
  scope: Construct,
  encryption: Encryption,
  props: EncryptionKeyProps,
): string | undefined {
  return encryption.key === "own"
    ? new EncryptionKey(scope, "encryption-key", props).arn
    : givenKeyArn(encryption);
}
