// The bucket for Terraform's state: nobody outside gets in, nothing is lost by overwriting it.
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Testing } from "cdktf";
import { StateBucket } from "../../src/storage/state-bucket";

Testing.setupJest();

describe("StateBucket", () => {
  const synth = Testing.synthScope((scope) => {
    new StateBucket(scope, "state", { name: "shop-states" });
  });

  it("is never emptied by Terraform", () => {
    expect(synth).toHaveResourceWithProperties(S3Bucket, { bucket: "shop-states", force_destroy: false });
  });

  it("is private, encrypted and versioned", () => {
    expect(synth).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(synth).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
    expect(synth).toHaveResourceWithProperties(S3BucketVersioningA, {
      versioning_configuration: { status: "Enabled" },
    });
  });

  it("keeps overwritten states for 90 days, and refuses calls without TLS", () => {
    expect(synth).toHaveResourceWithProperties(S3BucketLifecycleConfiguration, {
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrent_version_expiration: [{ noncurrent_days: 90 }],
        },
      ],
    });
    const [document] = Object.values(JSON.parse(synth).data.aws_iam_policy_document);
    expect(document).toMatchObject({
      statement: [
        {
          effect: "Deny",
          resources: ["arn:aws:s3:::shop-states", "arn:aws:s3:::shop-states/*"],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ],
    });
  });
});
