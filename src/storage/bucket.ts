// A bucket for the application's own files, and what a service has to be allowed to use it.
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import type { RoleStatement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";
import { keyStatements, sidOf } from "../iam/statements";
import type { Bucket as BucketConfig, BucketUse } from "../schema/buckets";
import { ABORT_UNFINISHED_UPLOADS, PrivateBucket } from "./private-bucket";

export interface BucketProps {
  /** What the bucket and its settings are called in Terraform. */
  readonly resourceName: string;
  /** The bucket's name, unique across all AWS accounts. */
  readonly name: string;
  readonly bucket: BucketConfig;
  /** The bucket's region. */
  readonly region: string;
  /** Whether destroying the bucket fails while something is in it. */
  readonly deletionProtection: boolean | IResolvable;
  /**
   * The KMS key of the objects.
   *
   * @default - S3's own keys
   */
  readonly kmsKeyArn?: string | undefined;
}

/** A private bucket, versioned unless told otherwise, that only roles of the account use, and only over TLS. */
export class Bucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** Where S3 answers for the bucket: `<name>.s3.<region>.amazonaws.com`. */
  readonly domainName: string;
  private readonly key: Pick<BucketProps, "kmsKeyArn" | "region">;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { resourceName, name, bucket, region, deletionProtection, kmsKeyArn } = props;
    const made = new PrivateBucket(this, "bucket", {
      resourceName,
      name,
      tag: name,
      deletionProtection,
      kmsKeyId: kmsKeyArn,
    });
    const versioning = new S3BucketVersioningA(this, `versioning:${resourceName}`, {
      bucket: made.id,
      // Not "Disabled": a bucket that has been versioned once can only be suspended.
      versioningConfiguration: { status: bucket.versioned ? "Enabled" : "Suspended" },
    });
    new S3BucketLifecycleConfiguration(this, `lifecycle:${resourceName}`, {
      bucket: made.id,
      dependsOn: [versioning],
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: bucket.oldVersionDays }],
          // What is left of a deleted object whose versions have all expired.
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
        ...bucket.lifecycle.map(lifecycleRule),
        ABORT_UNFINISHED_UPLOADS,
      ],
    });
    if (bucket.cors.length > 0) {
      new S3BucketCorsConfiguration(this, `cors:${resourceName}`, {
        bucket: made.id,
        corsRule: bucket.cors.map(({ origins, methods, headers, exposedHeaders, maxAgeSeconds }) => ({
          allowedOrigins: origins,
          allowedMethods: methods,
          allowedHeaders: headers,
          exposeHeaders: exposedHeaders,
          maxAgeSeconds,
        })),
      });
    }
    new S3BucketPolicy(this, `policy:${resourceName}`, {
      bucket: made.id,
      policy: policyDocument([made.denyInsecureTransport]),
    });
    this.name = made.id;
    this.arn = made.arn;
    this.domainName = `${made.id}.s3.${region}.amazonaws.com`;
    this.key = { kmsKeyArn, region };
  }

  /**
   * What a service needs to use the bucket as it says: to read is to list, too, and to write is to overwrite, to delete, and to
   * upload in parts. "Actions, resources, and condition keys for Amazon S3", Service Authorization Reference.
   */
  statements({ bucket, access, prefix }: BucketUse): RoleStatement[] {
    const sid = sidOf(prefix === undefined ? bucket : `${bucket}/${prefix}`);
    const objects = `${this.arn}/${prefix ?? ""}*`;
    const reads = access !== "write";
    const writes = access !== "read";
    return [
      ...(reads
        ? [
            {
              sid: `List${sid}`,
              actions: ["s3:ListBucket"],
              resources: [this.arn],
              ...(prefix !== undefined && { conditions: { StringLike: { "s3:prefix": `${prefix}*` } } }),
            },
          ]
        : []),
      {
        sid: `Use${sid}`,
        actions: [
          ...(reads ? ["s3:GetObject"] : []),
          ...(writes
            ? ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
            : []),
        ],
        resources: [objects],
      },
      // "Protecting data using SSE-KMS": an upload in parts decrypts, too.
      ...keyStatements(
        `Key${sid}`,
        this.key.kmsKeyArn,
        ["kms:Decrypt", ...(writes ? ["kms:GenerateDataKey"] : [])],
        `s3.${this.key.region}`,
      ),
    ];
  }
}

/** What a service needs to use its buckets. @param buckets all of them, by key */
export function bucketStatements(
  { buckets: uses }: { readonly buckets: readonly BucketUse[] },
  buckets: ReadonlyMap<string, Bucket>,
): RoleStatement[] {
  return uses.flatMap((use) => buckets.get(use.bucket)?.statements(use) ?? []);
}

function lifecycleRule(
  { prefix = "", expireAfterDays, transition }: BucketConfig["lifecycle"][number],
  index: number,
): S3BucketLifecycleConfigurationRule {
  return {
    id: `rule-${index + 1}`,
    status: "Enabled",
    filter: [{ prefix }],
    ...(expireAfterDays !== undefined && { expiration: [{ days: expireAfterDays }] }),
    ...(transition && {
      transition: [{ days: transition.afterDays, storageClass: transition.storageClass }],
    }),
  };
}
