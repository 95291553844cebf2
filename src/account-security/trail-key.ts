// The key of the trail's files: whoever may read the bucket still may not read who did what in the account.
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Days in which the deletion of the key can still be cancelled, KMS's longest: ScheduleKeyDeletion API reference. */
const DELETION_WINDOW_DAYS = 30;

export interface TrailKeyProps {
  /** The key's alias is `alias/<trail name>`. */
  readonly trailName: string;
  readonly trailArn: string;
  /** The account's number. */
  readonly accountId: string;
}

/**
 * A KMS key that is rotated every year. CloudTrail encrypts with it, for the one trail; who decrypts is up to the
 * account's IAM policies. With S3's own keys instead, Security Hub's control CloudTrail.2 would find fault.
 */
export class TrailKey extends Construct {
  readonly arn: string;
  /** The key itself, for what has to go before it does. */
  readonly key: ITerraformDependable;

  constructor(scope: Construct, id: string, { trailName, trailArn, accountId }: TrailKeyProps) {
    super(scope, id);
    const cloudTrail = [{ type: "Service", identifiers: ["cloudtrail.amazonaws.com"] }];
    const ownTrail = { test: "StringEquals", variable: "aws:SourceArn", values: [trailArn] };
    // "Configure AWS KMS key policies for CloudTrail". In a key's policy, * is the key itself.
    const policy = new DataAwsIamPolicyDocument(this, "policy-document", {
      statement: [
        {
          sid: "Administer",
          actions: ["kms:*"],
          resources: ["*"],
          principals: [{ type: "AWS", identifiers: [`arn:aws:iam::${accountId}:root`] }],
        },
        {
          sid: "Encrypt",
          actions: ["kms:GenerateDataKey*"],
          resources: ["*"],
          principals: cloudTrail,
          condition: [
            ownTrail,
            {
              test: "StringEquals",
              variable: "kms:EncryptionContext:aws:cloudtrail:arn",
              values: [trailArn],
            },
          ],
        },
        {
          sid: "Describe",
          actions: ["kms:DescribeKey"],
          resources: ["*"],
          principals: cloudTrail,
          condition: [ownTrail],
        },
      ],
    });
    const key = new KmsKey(this, "key", {
      description: `Encrypts the files of the trail ${trailName}`,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      policy: policy.json,
      tags: { Name: trailName },
    });
    new KmsAlias(this, "alias", { name: `alias/${trailName}`, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.key = key;
  }
}
