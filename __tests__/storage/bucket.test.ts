// A bucket for an application's files: what it keeps and for how long, who uploads to it, and what its users may do.
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Testing } from "cdktf";
import type { RoleStatement } from "../../src/iam/document";
import { bucketSchema } from "../../src/schema/buckets";
import { Bucket, type BucketProps } from "../../src/storage/bucket";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";

function made(
  props: Partial<BucketProps> & { readonly settings?: Parameters<typeof bucketSchema.parse>[0] } = {},
) {
  const { settings = {}, ...others } = props;
  let bucket: Bucket | undefined;
  const config = synthScope((scope) => {
    bucket = new Bucket(scope, "media", {
      resourceName: "media",
      name: "shop-media-123456789012",
      bucket: bucketSchema.parse(settings),
      region: "eu-west-1",
      deletionProtection: true,
      ...others,
    });
  });
  return { config, bucket: bucket as Bucket };
}

describe("Bucket", () => {
  const { config } = made();

  it("keeps everybody outside out, and takes no ACL", () => {
    expect(config).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(config).toHaveResourceWithProperties(S3BucketOwnershipControls, {
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  it("answers over TLS only", () => {
    const { policy } = JSON.parse(config).resource.aws_s3_bucket_policy.media;
    expect(statementsIn(policy)).toEqual([
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::shop-media-123456789012", "arn:aws:s3:::shop-media-123456789012/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("is not deleted with what is in it where it is protected", () => {
    expect(config).toHaveResourceWithProperties(S3Bucket, {
      bucket: "shop-media-123456789012",
      force_destroy: false,
    });
    expect(made({ deletionProtection: false }).config).toHaveResourceWithProperties(S3Bucket, {
      force_destroy: true,
    });
  });

  it("keeps what was overwritten or deleted for 30 days, and unfinished uploads for 7", () => {
    expect(config).toHaveResourceWithProperties(S3BucketVersioningA, {
      versioning_configuration: { status: "Enabled" },
    });
    expect(config).toHaveResourceWithProperties(S3BucketLifecycleConfiguration, {
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrent_version_expiration: [{ noncurrent_days: 30 }],
          expiration: [{ expired_object_delete_marker: true }],
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

  it("is suspended, not disabled, where it keeps no versions: a bucket that has had them cannot be without", () => {
    expect(made({ settings: { versioned: false } }).config).toHaveResourceWithProperties(
      S3BucketVersioningA,
      {
        versioning_configuration: { status: "Suspended" },
      },
    );
  });

  it("lets objects expire and move as the environment says", () => {
    const lifecycle = [
      { prefix: "exports/", expireAfterDays: 365, transition: { storageClass: "GLACIER", afterDays: 90 } },
      { transition: { storageClass: "INTELLIGENT_TIERING", afterDays: 30 } },
    ];
    const { rule } = JSON.parse(made({ settings: { lifecycle } }).config).resource
      .aws_s3_bucket_lifecycle_configuration.media;
    expect(rule.slice(1, -1)).toEqual([
      {
        id: "rule-1",
        status: "Enabled",
        filter: [{ prefix: "exports/" }],
        expiration: [{ days: 365 }],
        transition: [{ days: 90, storage_class: "GLACIER" }],
      },
      {
        id: "rule-2",
        status: "Enabled",
        filter: [{ prefix: "" }],
        transition: [{ days: 30, storage_class: "INTELLIGENT_TIERING" }],
      },
    ]);
  });

  it("is called from no website, or from those that the environment names", () => {
    expect(config).not.toHaveResource(S3BucketCorsConfiguration);
    const cors = [{ origins: ["https://shop.example.com"], methods: ["PUT"] }];
    expect(made({ settings: { cors } }).config).toHaveResourceWithProperties(S3BucketCorsConfiguration, {
      cors_rule: [
        {
          allowed_origins: ["https://shop.example.com"],
          allowed_methods: ["PUT"],
          allowed_headers: ["*"],
          expose_headers: ["ETag"],
          max_age_seconds: 3600,
        },
      ],
    });
  });

  it("is encrypted with S3's keys, or with the platform's", () => {
    expect(config).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
    expect(made({ kmsKeyArn: KEY }).config).toHaveResourceWithProperties(
      S3BucketServerSideEncryptionConfigurationA,
      {
        rule: [
          {
            apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY },
            bucket_key_enabled: true,
          },
        ],
      },
    );
  });
});

describe("what a service may do with it", () => {
  const BUCKET = "arn:aws:s3:::shop-media-123456789012";
  const WRITING = [
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
  ];
  const brief = (statements: readonly RoleStatement[]) =>
    statements.map(({ actions, resources, conditions }) => ({ actions, resources, conditions }));

  it("lists and reads", () => {
    const { bucket } = made();
    expect(brief(bucket.statements({ bucket: "media", access: "read" }))).toEqual([
      { actions: ["s3:ListBucket"], resources: [BUCKET], conditions: undefined },
      { actions: ["s3:GetObject"], resources: [`${BUCKET}/*`], conditions: undefined },
    ]);
  });

  it("writes without reading, below a prefix alone", () => {
    const { bucket } = made();
    expect(brief(bucket.statements({ bucket: "media", access: "write", prefix: "uploads/" }))).toEqual([
      { actions: WRITING, resources: [`${BUCKET}/uploads/*`], conditions: undefined },
    ]);
  });

  it("does both below a prefix, and sees nothing beside it", () => {
    const { bucket } = made();
    expect(brief(bucket.statements({ bucket: "media", access: "read-write", prefix: "uploads/" }))).toEqual([
      {
        actions: ["s3:ListBucket"],
        resources: [BUCKET],
        conditions: { StringLike: { "s3:prefix": "uploads/*" } },
      },
      { actions: ["s3:GetObject", ...WRITING], resources: [`${BUCKET}/uploads/*`], conditions: undefined },
    ]);
  });

  it("uses the platform's key, through S3 alone, and makes new data keys only to write", () => {
    const { bucket } = made({ kmsKeyArn: KEY });
    const through = { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } };
    expect(brief(bucket.statements({ bucket: "media", access: "read" })).at(-1)).toEqual({
      actions: ["kms:Decrypt"],
      resources: [KEY],
      conditions: through,
    });
    expect(brief(bucket.statements({ bucket: "media", access: "write" })).at(-1)).toEqual({
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [KEY],
      conditions: through,
    });
  });

  it("has statements of different names for two prefixes of one bucket", () => {
    const { bucket } = made({ kmsKeyArn: KEY });
    const sids = [
      ...bucket.statements({ bucket: "media", access: "read-write", prefix: "a/b/" }),
      ...bucket.statements({ bucket: "media", access: "read-write", prefix: "a-b/" }),
      ...bucket.statements({ bucket: "media", access: "read-write" }),
    ].map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(9);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });
});
