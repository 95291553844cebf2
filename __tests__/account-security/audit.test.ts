// The account's record: complete, signed, out of everybody's reach but the two services that write it, and readable for
// as long as it is kept.
import { type IResolvable, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { Audit } from "../../src/account-security/audit";
import { type AccountSecurity, accountSecuritySchema } from "../../src/schema/account-security";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";
import type { Block, Synthesized } from "../support/synthesized";

/** An audit of the account behind `shop`, with the digits that cdktf adds to names taken away. */
function synth(
  settings: Partial<Pick<AccountSecurity, "cloudTrail" | "configRecorder" | "logRetentionDays">> = {},
  protection: (scope: Construct) => boolean | IResolvable = () => true,
): Synthesized {
  const text = synthScope((scope) => {
    new Audit(scope, "audit", {
      base: "shop",
      region: "eu-west-1",
      settings: { ...accountSecuritySchema.parse({}), ...settings },
      deletionProtection: protection(scope),
    });
  });
  return JSON.parse(text);
}

/** The one resource of a type with this name. */
function resource(config: Synthesized, type: string, name: string): Block {
  return config.resource?.[type]?.[name] ?? {};
}

const ACCOUNT = "${data.aws_caller_identity.current.account_id}";
const TRAIL = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/shop-trail`;
const BUCKET = `arn:aws:s3:::shop-audit-${ACCOUNT}`;
const FROM_TRAIL = { "aws:SourceArn": TRAIL };
const FROM_ACCOUNT = { "aws:SourceAccount": ACCOUNT };
const OWNER_CONTROLS = { "s3:x-amz-acl": "bucket-owner-full-control" };
const CLOUDTRAIL = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } };
const CONFIG = { Effect: "Allow", Principal: { Service: "config.amazonaws.com" } };

const TRAIL_STATEMENTS = [
  {
    ...CLOUDTRAIL,
    Sid: "CloudTrailCheck",
    Action: "s3:GetBucketAcl",
    Resource: BUCKET,
    Condition: { StringEquals: FROM_TRAIL },
  },
  {
    ...CLOUDTRAIL,
    Sid: "CloudTrailWrite",
    Action: "s3:PutObject",
    Resource: `${BUCKET}/AWSLogs/${ACCOUNT}/*`,
    Condition: { StringEquals: { ...FROM_TRAIL, ...OWNER_CONTROLS } },
  },
];
const CONFIG_STATEMENTS = [
  {
    ...CONFIG,
    Sid: "ConfigCheck",
    Action: ["s3:GetBucketAcl", "s3:ListBucket"],
    Resource: BUCKET,
    Condition: { StringEquals: FROM_ACCOUNT },
  },
  {
    ...CONFIG,
    Sid: "ConfigWrite",
    Action: "s3:PutObject",
    Resource: `${BUCKET}/AWSLogs/${ACCOUNT}/Config/*`,
    Condition: { StringEquals: { ...FROM_ACCOUNT, ...OWNER_CONTROLS } },
  },
];
const TLS_ONLY = {
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [BUCKET, `${BUCKET}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

describe("Audit", () => {
  const config = synth();

  it("records every region and the global services, signed and encrypted with a key of its own", () => {
    expect(resource(config, "aws_cloudtrail", "audit")).toMatchObject({
      name: "shop-trail",
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_log_file_validation: true,
      kms_key_id: "${aws_kms_key.trail.arn}",
      s3_bucket_name: "${aws_s3_bucket_policy.audit.bucket}",
    });
  });

  it("lets CloudTrail use the key for this trail alone, and the account say who reads", () => {
    expect(resource(config, "aws_kms_key", "trail")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(resource(config, "aws_kms_alias", "trail")).toMatchObject({
      name: "alias/shop-trail",
      target_key_id: "${aws_kms_key.trail.key_id}",
    });
    expect(statementsIn(resource(config, "aws_kms_key", "trail").policy)).toEqual([
      {
        Sid: "Administer",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        ...CLOUDTRAIL,
        Sid: "Encrypt",
        Action: "kms:GenerateDataKey*",
        Resource: "*",
        Condition: { StringEquals: { ...FROM_TRAIL, "kms:EncryptionContext:aws:cloudtrail:arn": TRAIL } },
      },
      {
        ...CLOUDTRAIL,
        Sid: "Describe",
        Action: "kms:DescribeKey",
        Resource: "*",
        Condition: { StringEquals: FROM_TRAIL },
      },
    ]);
  });

  it("keeps the files in a private, versioned bucket for their days", () => {
    expect(resource(config, "aws_s3_bucket", "audit")).toMatchObject({
      bucket: `shop-audit-${ACCOUNT}`,
    });
    expect(resource(config, "aws_s3_bucket_public_access_block", "audit")).toMatchObject({
      bucket: "${aws_s3_bucket.audit.id}",
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resource(config, "aws_s3_bucket_versioning", "audit")).toMatchObject({
      bucket: "${aws_s3_bucket.audit.id}",
      versioning_configuration: { status: "Enabled" },
    });
    const lifecycle = resource(
      synth({ logRetentionDays: 400 }),
      "aws_s3_bucket_lifecycle_configuration",
      "audit",
    );
    expect(lifecycle).toMatchObject({
      bucket: "${aws_s3_bucket.audit.id}",
      depends_on: ["aws_s3_bucket_versioning.audit"],
      rule: [
        {
          id: "expire-audit-files",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: 400 }],
          noncurrent_version_expiration: [{ noncurrent_days: 90 }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    });
  });

  it("logs every request to that bucket in another one", () => {
    expect(resource(config, "aws_s3_bucket_logging", "access_logs")).toMatchObject({
      bucket: "${aws_s3_bucket.audit.id}",
      target_bucket: "${aws_s3_bucket_policy.access_logs.bucket}",
    });
    expect(resource(config, "aws_s3_bucket", "access_logs")).toMatchObject({
      bucket: `shop-s3-logs-${ACCOUNT}`,
    });
  });

  it("has bucket names that fit, however long the environment's name", () => {
    // "General purpose bucket naming rules": 63 characters; an environment's name has 40 at most, an account 12.
    expect(`${"a".repeat(40)}-s3-logs-${"1".repeat(12)}`.length).toBeLessThanOrEqual(63);
  });

  it.each([
    ["both services", {}, [...TRAIL_STATEMENTS, ...CONFIG_STATEMENTS]],
    ["CloudTrail alone", { configRecorder: false }, TRAIL_STATEMENTS],
    ["AWS Config alone", { cloudTrail: false as const }, CONFIG_STATEMENTS],
  ])("lets %s write, for this account alone, and nobody come without TLS", (_who, settings, expected) => {
    const { policy } = resource(synth(settings), "aws_s3_bucket_policy", "audit");
    expect(statementsIn(policy)).toEqual([...expected, TLS_ONLY]);
  });

  it("records the configuration of everything, once it can deliver it", () => {
    expect(resource(config, "aws_config_configuration_recorder", "account")).toMatchObject({
      name: "shop",
      role_arn: "${aws_iam_service_linked_role.config.arn}",
      recording_group: { all_supported: true, include_global_resource_types: true },
    });
    expect(resource(config, "aws_iam_service_linked_role", "config")).toMatchObject({
      aws_service_name: "config.amazonaws.com",
    });
    expect(resource(config, "aws_config_delivery_channel", "account")).toMatchObject({
      s3_bucket_name: "${aws_s3_bucket_policy.audit.bucket}",
      depends_on: ["aws_config_configuration_recorder.account"],
    });
    expect(resource(config, "aws_config_configuration_recorder_status", "account")).toMatchObject({
      name: "${aws_config_configuration_recorder.account.name}",
      is_enabled: true,
      depends_on: ["aws_config_delivery_channel.account"],
    });
  });

  it("has nothing of what is switched off", () => {
    const withoutTrail = Object.keys(synth({ cloudTrail: false }).resource ?? {});
    expect(withoutTrail.filter((type) => /cloudtrail|kms/.test(type))).toEqual([]);
    const withoutConfig = Object.keys(synth({ configRecorder: false }).resource ?? {});
    expect(withoutConfig.filter((type) => /config_|service_linked/.test(type))).toEqual([]);
  });

  it("takes a key that is there", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/abc";
    const given = synth({ cloudTrail: { kmsKeyArn } });
    expect(resource(given, "aws_cloudtrail", "audit")).toMatchObject({ kms_key_id: kmsKeyArn });
    expect(given.resource).not.toHaveProperty("aws_kms_key");
    expect(resource(given, "aws_s3_bucket", "audit")).not.toHaveProperty("depends_on");
  });

  it("keeps the files from being deleted, and the key for as long as the bucket stands", () => {
    const buckets = ["audit", "access_logs"];
    const variable = (scope: Construct) =>
      new TerraformVariable(scope, "deletion_protection", { type: "bool" }).booleanValue;
    for (const bucket of buckets) {
      expect(resource(config, "aws_s3_bucket", bucket)).toMatchObject({ force_destroy: false });
      expect(
        resource(
          synth({}, () => false),
          "aws_s3_bucket",
          bucket,
        ),
      ).toMatchObject({ force_destroy: true });
      expect(resource(synth({}, variable), "aws_s3_bucket", bucket)).toMatchObject({
        force_destroy: "${!var.deletion_protection}",
      });
    }
    expect(resource(config, "aws_s3_bucket", "audit")).toMatchObject({
      depends_on: ["aws_kms_key.trail"],
    });
  });
});
