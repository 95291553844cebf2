// Where Terraform keeps its state: the one bucket whose loss nobody could make good.
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { PrivateBucket } from "./private-bucket";

/** Days that a state stays restorable after it has been overwritten. */
const OLD_VERSION_DAYS = 90;

export interface StateBucketProps {
  /** The bucket's name. */
  readonly name: string;
}

/**
 * An encrypted, versioned, private bucket. It is never emptied by Terraform: destroying it fails while a state is in
 * it. States are locked by S3 itself (`use_lockfile`), so that no table is needed beside it.
 */
export class StateBucket extends Construct {
  constructor(scope: Construct, id: string, { name }: StateBucketProps) {
    super(scope, id);
    const bucket = new PrivateBucket(this, "state", { name, tag: name, deletionProtection: true });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: versioning.bucket,
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: OLD_VERSION_DAYS }],
        },
      ],
    });
    const document = new DataAwsIamPolicyDocument(this, "policy-document", {
      statement: [bucket.denyInsecureTransport],
    });
    new S3BucketPolicy(this, "policy", { bucket: bucket.id, policy: document.json });
  }
}
