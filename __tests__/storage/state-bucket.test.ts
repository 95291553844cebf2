// The bucket for Terraform's state: nobody outside gets in, nothing is lost by overwriting it or by a mistaken destroy.
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Testing } from "cdktf";
import { StateBucket, type StateBucketProps } from "../../src/storage/state-bucket";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

const synth = (props: Partial<StateBucketProps> = {}): string =>
  synthScope((scope) => {
    new StateBucket(scope, "state", { name: "shop-states", deletionProtection: true, ...props });
  });

describe("StateBucket", () => {
  const config = synth();
  const parsed = JSON.parse(config);
  const id = (name: string) => {
    const found = Object.entries<{ bucket: string }>(parsed.resource.aws_s3_bucket).find(
      ([, { bucket }]) => bucket === name,
    );
    return `\${aws_s3_bucket.${found?.[0]}.id}`;
  };

  it("has a second bucket for its access logs, and neither is emptied by Terraform", () => {
    const buckets = Object.values<{ bucket: string; force_destroy: boolean }>(parsed.resource.aws_s3_bucket);
    expect(buckets.map(({ bucket, force_destroy }) => [bucket, force_destroy])).toEqual([
      ["shop-states-logs", false],
      ["shop-states", false],
    ]);
  });

  it("is not destroyed by Terraform at all", () => {
    expect(config).toHaveResourceWithProperties(S3Bucket, {
      bucket: "shop-states",
      lifecycle: { prevent_destroy: true },
    });
  });

  it("gives way, with all that is in it, once it is not protected any more", () => {
    const buckets = Object.values(JSON.parse(synth({ deletionProtection: false })).resource.aws_s3_bucket);
    expect(buckets).toEqual([
      expect.objectContaining({ bucket: "shop-states-logs", force_destroy: true }),
      expect.objectContaining({ bucket: "shop-states", force_destroy: true }),
    ]);
    for (const bucket of buckets) {
      expect(bucket).not.toHaveProperty("lifecycle");
    }
  });

  it.each(["shop-states", "shop-states-logs"])("keeps everybody outside out of %s", (name) => {
    const bucket = id(name);
    expect(config).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(config).toHaveResourceWithProperties(S3BucketOwnershipControls, {
      bucket,
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
    expect(config).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      bucket,
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
  });

  it("is encrypted with a KMS key if one is given; its logs support none", () => {
    const withKey = synth({ kmsKeyId: "alias/states" });
    expect(withKey).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      bucket: id("shop-states"),
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "alias/states",
          },
          bucket_key_enabled: true,
        },
      ],
    });
    expect(withKey).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      bucket: id("shop-states-logs"),
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
  });

  it("keeps overwritten states for 90 days, and the newest 20 for good", () => {
    expect(config).toHaveResourceWithProperties(S3BucketVersioningA, {
      bucket: id("shop-states"),
      versioning_configuration: { status: "Enabled" },
    });
    const [versioning] = Object.keys(parsed.resource.aws_s3_bucket_versioning);
    expect(config).toHaveResourceWithProperties(S3BucketLifecycleConfiguration, {
      bucket: id("shop-states"),
      depends_on: [`aws_s3_bucket_versioning.${versioning}`],
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 20 }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    });
  });

  it("logs every request, for a year", () => {
    const [logsPolicy] = Object.keys(parsed.resource.aws_s3_bucket_policy);
    expect(config).toHaveResourceWithProperties(S3BucketLoggingA, {
      bucket: id("shop-states"),
      target_bucket: `\${aws_s3_bucket_policy.${logsPolicy}.bucket}`,
      target_prefix: "access-logs/",
    });
    expect(config).toHaveResourceWithProperties(S3BucketLifecycleConfiguration, {
      bucket: id("shop-states-logs"),
      rule: [
        {
          id: "expire-access-logs",
          status: "Enabled",
          filter: [{ prefix: "access-logs/" }],
          expiration: [{ days: 365 }],
        },
        {
          id: "abort-unfinished-uploads",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    });
  });

  it("refuses calls without TLS, and lets S3 alone write its logs", () => {
    const refusal = (bucket: string) => ({
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    const policies = Object.values<{ policy: string }>(parsed.resource.aws_s3_bucket_policy);
    expect(policies.map(({ policy }) => statementsIn(policy))).toEqual([
      [
        {
          Sid: "WriteAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::shop-states-logs/access-logs/*",
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:s3:::shop-states" },
            StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.current.account_id}" },
          },
        },
        refusal("shop-states-logs"),
      ],
      [refusal("shop-states")],
    ]);
    expect(
      Object.values<{ bucket: string }>(parsed.resource.aws_s3_bucket_policy).map(({ bucket }) => bucket),
    ).toEqual([id("shop-states-logs"), id("shop-states")]);
  });
});
