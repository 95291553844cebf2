// A bucket's access logs: S3 writes a line for every request into a second bucket that nobody else writes to.
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { accountIdOf } from "../terraform/account";
import { ABORT_UNFINISHED_UPLOADS, PrivateBucket } from "./private-bucket";

/** What the keys of the log files begin with. */
const LOG_PREFIX = "access-logs/";

export interface ServerAccessLogsProps {
  /** The bucket whose requests are logged. */
  readonly source: PrivateBucket;
  /** The name of the bucket for the logs, in the same region and account. */
  readonly name: string;
  /** Days that the logs are kept. */
  readonly retentionDays: number;
  /** Whether destroying the logs' bucket fails while there are logs in it. */
  readonly deletionProtection: boolean | IResolvable;
}

/**
 * A private bucket with the server access logs of another.
 *
 * Encrypted with S3's own keys, the only ones that server access logs support ("Enabling Amazon S3 server access
 * logging"). It is not logged itself: that would be a log of the logging.
 */
export class ServerAccessLogs extends Construct {
  constructor(scope: Construct, id: string, props: ServerAccessLogsProps) {
    super(scope, id);
    const { source, name, retentionDays, deletionProtection } = props;
    const bucket = new PrivateBucket(this, "bucket", {
      resourceName: "access-logs",
      name,
      tag: name,
      deletionProtection,
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle:access-logs", {
      bucket: bucket.id,
      rule: [
        {
          id: "expire-access-logs",
          status: "Enabled",
          filter: [{ prefix: LOG_PREFIX }],
          expiration: [{ days: retentionDays }],
        },
        ABORT_UNFINISHED_UPLOADS,
      ],
    });
    // "Permissions for log delivery": a policy, since ACLs are off.
    const policy = new S3BucketPolicy(this, "policy:access-logs", {
      bucket: bucket.id,
      policy: policyDocument([
        {
          sid: "WriteAccessLogs",
          principal: { Service: "logging.s3.amazonaws.com" },
          actions: ["s3:PutObject"],
          resources: [`${bucket.arn}/${LOG_PREFIX}*`],
          conditions: {
            ArnLike: { "aws:SourceArn": source.arn },
            StringEquals: { "aws:SourceAccount": accountIdOf(this) },
          },
        },
        bucket.denyInsecureTransport,
      ]),
    });
    new S3BucketLoggingA(this, "logging:access-logs", {
      bucket: source.id,
      // The policy's word for the bucket, not the bucket's own: S3 refuses to log where it may not write yet.
      targetBucket: policy.bucket,
      targetPrefix: LOG_PREFIX,
    });
  }
}
