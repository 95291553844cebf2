// Access logs: nobody but the log delivery writes them, nobody outside reads them, and they go after their days.
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { type IResolvable, TerraformOutput, TerraformVariable, Testing } from "cdktf";
import type { Construct } from "constructs";
import { AccessLogsBucket } from "../../src/load-balancer/access-logs-bucket";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";
import { blocks, output } from "./fixtures";

Testing.setupJest();

function synth(protection: (scope: Construct) => boolean | IResolvable = () => true): string {
  return synthScope((scope) => {
    const { bucketName } = new AccessLogsBucket(scope, "logs", {
      prefix: "shop-alb-logs",
      retentionDays: 45,
      deletionProtection: protection(scope),
    });
    new TerraformOutput(scope, "name", { value: bucketName, staticId: true });
  });
}

describe("AccessLogsBucket", () => {
  const config = synth();
  const bucket = Object.keys(JSON.parse(config).resource.aws_s3_bucket)[0];
  const name = "shop-alb-logs-${data.aws_caller_identity.current.account_id}";
  const id = `\${aws_s3_bucket.${bucket}.id}`;

  it("is named after the account, which makes the name unique", () => {
    expect(config).toHaveResourceWithProperties(S3Bucket, { bucket: name });
  });

  it("is private, and its objects are the account's own", () => {
    expect(config).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      bucket: id,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(config).toHaveResourceWithProperties(S3BucketOwnershipControls, {
      bucket: id,
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  it("is encrypted with the only kind of key that access logs support", () => {
    expect(config).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      bucket: id,
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
  });

  it("keeps logs for their days, and nothing of an upload that never finished", () => {
    expect(config).toHaveResourceWithProperties(S3BucketLifecycleConfiguration, {
      bucket: id,
      rule: [
        {
          id: "expire-access-logs",
          status: "Enabled",
          filter: [{ prefix: "AWSLogs/" }],
          expiration: [{ days: 45 }],
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

  it("lets the log delivery write this account's logs, and nobody come without TLS", () => {
    const [policy, ...others] = Object.values(blocks(config, "aws_s3_bucket_policy"));
    expect(others).toEqual([]);
    expect(policy).toMatchObject({ bucket: id });
    expect(statementsIn(policy?.policy)).toEqual([
      {
        Sid: "WriteAccessLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${name}/AWSLogs/\${data.aws_caller_identity.current.account_id}/*`,
      },
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("tells its name once logs may be written", () => {
    expect(output(config, "name")).toBe(`\${aws_s3_bucket_policy.access_logs.bucket}`);
  });

  it("is emptied when it is destroyed only if deletion protection is off", () => {
    expect(config).toHaveResourceWithProperties(S3Bucket, { force_destroy: false });
    expect(synth(() => false)).toHaveResourceWithProperties(S3Bucket, { force_destroy: true });
    const variable = (scope: Construct) =>
      new TerraformVariable(scope, "deletion_protection", { type: "bool" }).booleanValue;
    expect(synth(variable)).toHaveResourceWithProperties(S3Bucket, {
      force_destroy: `\${!var.deletion_protection}`,
    });
  });
});
