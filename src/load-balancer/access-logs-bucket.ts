// The bucket for the load balancer's access logs: a line for every request, the first thing to read after an incident.

import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { accessLogsBucket } from "../model/names/buckets";
import { ACCESS_LOGS_RESOURCE } from "../model/names/terraform";
import { ABORT_UNFINISHED_UPLOADS, PrivateBucket } from "../storage/private-bucket";
import { accountIdOf } from "../terraform/account";

/** What Elastic Load Balancing's log files begin with: "Access logs for your Application Load Balancer". */
const LOG_PREFIX = "AWSLogs";

export interface AccessLogsBucketProps {
  /** The bucket is called `<prefix>-<account id>`, since bucket names are unique across all accounts. */
  readonly prefix: string;
  /** Days that access logs are kept. */
  readonly retentionDays: number;
  /** Whether destroying the bucket fails while there are logs in it. */
  readonly deletionProtection: boolean | IResolvable;
}

/**
 * A private bucket that only Elastic Load Balancing writes to, on behalf of this account.
 *
 * Encrypted with S3's own keys, the only ones that access logs support. Not versioned: each log is written once, under
 * a name of its own, and old versions would outlive the retention.
 */
export class AccessLogsBucket extends Construct {
  /** The bucket's name. Whoever refers to it waits until logs may be written. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: AccessLogsBucketProps) {
    super(scope, id);
    const { prefix, retentionDays, deletionProtection } = props;
    const accountId = accountIdOf(this);
    const bucket = new PrivateBucket(this, "bucket", {
      resourceName: ACCESS_LOGS_RESOURCE,
      name: accessLogsBucket(prefix, accountId),
      tag: prefix,
      deletionProtection,
    });
    new S3BucketLifecycleConfiguration(this, `lifecycle:${ACCESS_LOGS_RESOURCE}`, {
      bucket: bucket.id,
      rule: [
        {
          id: "expire-access-logs",
          status: "Enabled",
          filter: [{ prefix: `${LOG_PREFIX}/` }],
          expiration: [{ days: retentionDays }],
        },
        ABORT_UNFINISHED_UPLOADS,
      ],
    });
    const policy = new S3BucketPolicy(this, `policy:${ACCESS_LOGS_RESOURCE}`, {
      bucket: bucket.id,
      policy: policyDocument([
        {
          sid: "WriteAccessLogs",
          principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          actions: ["s3:PutObject"],
          resources: [`${bucket.arn}/${LOG_PREFIX}/${accountId}/*`],
        },
        bucket.denyInsecureTransport,
      ]),
    });
    // The policy's word for the bucket, not the bucket's own: a load balancer that logs here is refused without it.
    this.bucketName = policy.bucket;
  }
}
