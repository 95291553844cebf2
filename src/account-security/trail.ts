// The trail of CloudTrail: who did what in the account, from where and when.
import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { Construct } from "constructs";
import type { Statement } from "../iam/document";
import type { AuditWriter } from "./audit-bucket";

export interface TrailProps {
  readonly name: string;
  /** The bucket that CloudTrail may write to. */
  readonly bucketName: string;
  /** The key that CloudTrail may encrypt with. */
  readonly kmsKeyArn: string;
}

/**
 * A trail of every management event in every region, global services included. Each hour's files are signed: a file
 * that was changed or deleted shows (`aws cloudtrail validate-logs`).
 */
export class Trail extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, bucketName, kmsKeyArn }: TrailProps) {
    super(scope, id);
    this.arn = new Cloudtrail(this, "trail:audit", {
      name,
      s3BucketName: bucketName,
      kmsKeyId: kmsKeyArn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      tags: { Name: name },
    }).arn;
  }
}

/** The ARN of a trail, known before it stands: both its bucket and its key have to name it first. */
export function trailArn(region: string, accountId: string, name: string): string {
  return `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
}

/** CloudTrail as a writer: "Amazon S3 bucket policy for CloudTrail", CloudTrail user guide. */
export function trailWriter(arn: string): AuditWriter {
  return {
    name: "CloudTrail",
    service: "cloudtrail.amazonaws.com",
    files: "*",
    bucketActions: ["s3:GetBucketAcl"],
    onlyFor: { variable: "aws:SourceArn", value: arn },
  };
}

/**
 * What CloudTrail does with the key of a trail's files: "Configure AWS KMS key policies for CloudTrail". Whoever may read the
 * bucket still may not read the files. With S3's own keys instead, Security Hub's control CloudTrail.2 would find fault.
 */
export function trailKeyStatements(arn: string): Statement[] {
  const cloudTrail = { principal: { Service: "cloudtrail.amazonaws.com" }, resources: ["*"] };
  const ownTrail = { "aws:SourceArn": arn };
  return [
    {
      ...cloudTrail,
      sid: "Encrypt",
      actions: ["kms:GenerateDataKey*"],
      conditions: { StringEquals: { ...ownTrail, "kms:EncryptionContext:aws:cloudtrail:arn": arn } },
    },
    {
      ...cloudTrail,
      sid: "Describe",
      actions: ["kms:DescribeKey"],
      conditions: { StringEquals: ownTrail },
    },
  ];
}
