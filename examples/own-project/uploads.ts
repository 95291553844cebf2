// What customers upload: a private bucket, the service that may use it, and an alarm before it gets expensive.
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Construct } from "constructs";
import { PrivateBucket, policyDocument } from "django-on-aws-cdktf";

const ALARM_BYTES = 500e9;

export interface UploadsProps {
  /** Unique across all AWS accounts. */
  readonly bucketName: string;
  /** The role of the service that reads and writes uploads. */
  readonly taskRoleName: string;
  /** Who is told of a bucket that grows too large. Default: nobody. */
  readonly alarmTopicArn?: string | undefined;
  /** Whether destroying the bucket fails while something is in it. */
  readonly deletionProtection: boolean;
}

export class Uploads extends Construct {
  readonly bucketArn: string;

  constructor(scope: Construct, id: string, props: UploadsProps) {
    super(scope, id);
    const { bucketName, taskRoleName, alarmTopicArn, deletionProtection } = props;
    const bucket = new PrivateBucket(this, "uploads", {
      name: bucketName,
      tag: bucketName,
      deletionProtection,
    });
    new S3BucketPolicy(this, "policy:uploads", {
      bucket: bucket.id,
      policy: policyDocument([bucket.denyInsecureTransport]),
    });
    new IamRolePolicy(this, "access:web_uploads", {
      name: "uploads",
      role: taskRoleName,
      policy: policyDocument([
        { sid: "Uploads", actions: ["s3:GetObject", "s3:PutObject"], resources: [`${bucket.arn}/*`] },
      ]),
    });
    new CloudwatchMetricAlarm(this, "size:uploads_size", {
      alarmName: `${bucketName}-size`,
      alarmDescription: `${bucketName} holds more than ${ALARM_BYTES / 1e9} GB: look for uploads that nobody deletes.`,
      namespace: "AWS/S3",
      metricName: "BucketSizeBytes",
      dimensions: { BucketName: bucketName, StorageType: "StandardStorage" },
      statistic: "Maximum",
      // S3 reports sizes once a day.
      period: 86_400,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: ALARM_BYTES,
      alarmActions: alarmTopicArn === undefined ? [] : [alarmTopicArn],
      tags: { Name: `${bucketName}-size` },
    });
    this.bucketArn = bucket.arn;
  }
}
