// The rows of buckets for files.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

export const bucketRows: Rows<PathsOf<"buckets">> = {
  buckets: {
    plan: "first",
    set: { "buckets.archive": {} },
    shows: [
      "create aws_s3_bucket.archive",
      "create aws_s3_bucket_lifecycle_configuration.archive",
      "create aws_s3_bucket_ownership_controls.archive",
      "create aws_s3_bucket_policy.archive",
      "create aws_s3_bucket_public_access_block.archive",
      "create aws_s3_bucket_server_side_encryption_configuration.archive",
      "create aws_s3_bucket_versioning.archive",
    ],
  },
  "buckets.*.versioned": {
    plan: "second",
    set: { "buckets.media.versioned": false },
    shows: ["update aws_s3_bucket_versioning.media: versioning_configuration"],
  },
  "buckets.*.oldVersionDays": {
    plan: "first",
    set: { "buckets.media.oldVersionDays": 60 },
    shows: ["update aws_s3_bucket_lifecycle_configuration.media: rule"],
  },
  "buckets.*.lifecycle": {
    plan: "added",
    set: { "buckets.media.lifecycle.1": { prefix: "drafts/", expireAfterDays: 7 } },
    shows: ["update aws_s3_bucket_lifecycle_configuration.media: rule"],
  },
  "buckets.*.lifecycle[].prefix": {
    plan: "third",
    set: { "buckets.media.lifecycle.0.prefix": "reports/" },
    shows: ["update aws_s3_bucket_lifecycle_configuration.media: rule"],
  },
  "buckets.*.lifecycle[].expireAfterDays": {
    plan: "first",
    set: { "buckets.media.lifecycle.0.expireAfterDays": 500 },
    shows: ["update aws_s3_bucket_lifecycle_configuration.media: rule"],
  },
  "buckets.*.lifecycle[].transition": {
    plan: "second",
    set: { "buckets.media.lifecycle.0.transition": undefined },
    shows: ["update aws_s3_bucket_lifecycle_configuration.media: rule"],
  },
  "buckets.*.lifecycle[].transition.storageClass": {
    plan: "third",
    set: { "buckets.media.lifecycle.0.transition.storageClass": "GLACIER_IR" },
    shows: ["update aws_s3_bucket_lifecycle_configuration.media: rule"],
  },
  "buckets.*.lifecycle[].transition.afterDays": {
    plan: "first",
    set: { "buckets.media.lifecycle.0.transition.afterDays": 120 },
    shows: ["update aws_s3_bucket_lifecycle_configuration.media: rule"],
  },
  "buckets.*.cors": {
    plan: "second",
    set: { "buckets.media.cors": [] },
    shows: ["delete aws_s3_bucket_cors_configuration.media"],
  },
  "buckets.*.cors[].origins": {
    plan: "first",
    set: { "buckets.media.cors.0.origins": ["https://www.fields.example.com"] },
    shows: ["update aws_s3_bucket_cors_configuration.media: cors_rule"],
  },
  "buckets.*.cors[].methods": {
    plan: "third",
    set: { "buckets.media.cors.0.methods": ["GET", "PUT"] },
    shows: ["update aws_s3_bucket_cors_configuration.media: cors_rule"],
  },
  "buckets.*.cors[].headers": {
    plan: "first",
    set: { "buckets.media.cors.0.headers": ["Content-Type"] },
    shows: ["update aws_s3_bucket_cors_configuration.media: cors_rule"],
  },
  "buckets.*.cors[].exposedHeaders": {
    plan: "third",
    set: { "buckets.media.cors.0.exposedHeaders": [] },
    shows: ["update aws_s3_bucket_cors_configuration.media: cors_rule"],
  },
  "buckets.*.cors[].maxAgeSeconds": {
    plan: "first",
    set: { "buckets.media.cors.0.maxAgeSeconds": 600 },
    shows: ["update aws_s3_bucket_cors_configuration.media: cors_rule"],
  },
};
