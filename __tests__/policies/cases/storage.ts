// Stacks for the policies on buckets, queues, topics, logs, keys and images in ECR.
import type { JsonObject } from "../../../src/reachability/terraform-config";
import { document, type PolicyCases } from "./policy-case";

const BUCKET = "aws_s3_bucket.logs";
const QUEUE = "aws_sqs_queue.jobs";
const FOUR_WAYS = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

/** A bucket, and another resource that is about it. */
function bucket(type: string, body: JsonObject, name = "${aws_s3_bucket.logs.id}"): JsonObject {
  return {
    resource: { aws_s3_bucket: { logs: { bucket: "my-logs" } }, [type]: { logs: { bucket: name, ...body } } },
  };
}

function denial(service: string, others: JsonObject = {}): string {
  return document({
    Effect: "Deny",
    Principal: "*",
    Action: `${service}:*`,
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
    ...others,
  });
}

const FILES = "aws_efs_file_system.media";
const NO_ROOT = {
  Effect: "Deny",
  Principal: "*",
  Action: "elasticfilesystem:ClientRootAccess",
  Resource: "*",
};

/** A file system, with a policy of these statements. */
function files(...statements: readonly JsonObject[]): JsonObject {
  return {
    resource: {
      aws_efs_file_system: { media: { encrypted: true } },
      aws_efs_file_system_policy: {
        media: {
          file_system_id: "${aws_efs_file_system.media.id}",
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [...statements] }),
        },
      },
    },
  };
}

const plainNfs = JSON.parse(denial("elasticfilesystem")).Statement[0];

/** A task definition that mounts a file system. */
function mounting(volume: JsonObject): JsonObject {
  return {
    resource: {
      aws_ecs_task_definition: {
        web: { volume: [{ name: "tmp" }, { name: "efs_media", efs_volume_configuration: volume }] },
      },
    },
  };
}

const MOUNTED = {
  transit_encryption: "ENABLED",
  authorization_config: { access_point_id: "${aws_efs_access_point.media.id}", iam: "ENABLED" },
};
const TASK = "aws_ecs_task_definition.web";

export const storageCases: PolicyCases = {
  "file-systems-encrypted": {
    fires: [
      [{ resource: { aws_efs_file_system: { media: {} } } }, [FILES, "It is not encrypted at rest"]],
      [
        { resource: { aws_efs_file_system: { media: { encrypted: "${var.encrypted}" } } } },
        [FILES, "It is not encrypted at rest"],
      ],
      [mounting({ authorization_config: {} }), [TASK, "It mounts a file system without TLS"]],
      [
        mounting({ ...MOUNTED, transit_encryption: "DISABLED" }),
        [TASK, "It mounts a file system without TLS"],
      ],
    ],
    silent: [{ resource: { aws_efs_file_system: { media: { encrypted: true } } } }, mounting(MOUNTED)],
  },
  "file-systems-closed": {
    fires: [
      [
        { resource: { aws_efs_file_system: { media: {} } } },
        [FILES, "It takes connections without TLS"],
        [FILES, "It lets clients be root"],
      ],
      [files(plainNfs), [FILES, "It lets clients be root"]],
      [files(NO_ROOT), [FILES, "It takes connections without TLS"]],
      [
        files(plainNfs, { ...NO_ROOT, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
        [FILES, "It lets clients be root"],
      ],
      [
        files(plainNfs, { ...NO_ROOT, Principal: { AWS: "arn:aws:iam::111122223333:role/web" } }),
        [FILES, "It lets clients be root"],
      ],
      ...[
        {},
        { authorization_config: { access_point_id: "fsap-1" } },
        { authorization_config: { iam: "ENABLED" } },
      ].map((volume): PolicyCases[string]["fires"][number] => [
        mounting({ transit_encryption: "ENABLED", ...volume }),
        [TASK, "It mounts a file system past IAM, or past its access points"],
      ]),
    ],
    silent: [
      files(plainNfs, NO_ROOT),
      files(plainNfs, { ...NO_ROOT, Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:*"] }),
      mounting(MOUNTED),
    ],
  },
  "buckets-private": {
    fires: [
      [
        { resource: { aws_s3_bucket: { logs: {} } } },
        [BUCKET, "It does not block public access in all four ways"],
      ],
      [
        bucket("aws_s3_bucket_public_access_block", { ...FOUR_WAYS, restrict_public_buckets: false }),
        [BUCKET, "It does not block public access in all four ways"],
      ],
      [
        bucket("aws_s3_bucket_public_access_block", FOUR_WAYS, "another-bucket"),
        [BUCKET, "It does not block public access in all four ways"],
      ],
      [
        { resource: { aws_s3_bucket_acl: { logs: { acl: "public-read" } } } },
        ["aws_s3_bucket_acl.logs", "Its ACL is public-read"],
      ],
    ],
    silent: [
      bucket("aws_s3_bucket_public_access_block", FOUR_WAYS),
      bucket("aws_s3_bucket_public_access_block", FOUR_WAYS, "my-logs"),
      { resource: { aws_s3_bucket_acl: { logs: { acl: "private" } } } },
    ],
  },
  "buckets-encrypted": {
    fires: [
      [{ resource: { aws_s3_bucket: { logs: {} } } }, [BUCKET, "It has no encryption configuration"]],
      [
        bucket("aws_s3_bucket_server_side_encryption_configuration", {
          rule: [{ bucket_key_enabled: true }],
        }),
        [BUCKET, "It has no encryption configuration"],
      ],
    ],
    silent: [
      bucket("aws_s3_bucket_server_side_encryption_configuration", {
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
      }),
    ],
  },
  "buckets-tls-only": {
    fires: [
      [{ resource: { aws_s3_bucket: { logs: {} } } }, [BUCKET, "It takes calls without TLS"]],
      [
        bucket("aws_s3_bucket_policy", { policy: denial("s3", { Action: "s3:GetObject" }) }),
        [BUCKET, "It takes calls without TLS"],
      ],
      [
        bucket("aws_s3_bucket_policy", { policy: denial("s3", { Effect: "Allow" }) }),
        [BUCKET, "It takes calls without TLS"],
      ],
      // A second condition leaves calls that the first one would have refused.
      [
        bucket("aws_s3_bucket_policy", {
          policy: denial("s3", {
            Condition: {
              Bool: { "aws:SecureTransport": "false" },
              StringEquals: { "aws:SourceAccount": "123456789012" },
            },
          }),
        }),
        [BUCKET, "It takes calls without TLS"],
      ],
    ],
    silent: [
      bucket("aws_s3_bucket_policy", { policy: denial("s3") }),
      {
        data: {
          aws_iam_policy_document: {
            logs: {
              statement: [
                {
                  effect: "Deny",
                  actions: ["s3:*"],
                  principals: [{ type: "*", identifiers: ["*"] }],
                  condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
                },
              ],
            },
          },
        },
        ...bucket("aws_s3_bucket_policy", { policy: "${data.aws_iam_policy_document.logs.json}" }),
      },
    ],
  },
  "queues-encrypted": {
    fires: [[{ resource: { aws_sqs_queue: { jobs: {} } } }, [QUEUE, "It is not encrypted"]]],
    silent: [
      { resource: { aws_sqs_queue: { jobs: { sqs_managed_sse_enabled: true } } } },
      { resource: { aws_sqs_queue: { jobs: { kms_master_key_id: "${aws_kms_key.main.id}" } } } },
    ],
  },
  "queues-tls-only": {
    fires: [[{ resource: { aws_sqs_queue: { jobs: {} } } }, [QUEUE, "It takes calls without TLS"]]],
    silent: [
      {
        resource: {
          aws_sqs_queue: { jobs: {} },
          aws_sqs_queue_policy: { jobs: { queue_url: "${aws_sqs_queue.jobs.url}", policy: denial("sqs") } },
        },
      },
      { resource: { aws_sqs_queue: { jobs: { policy: denial("sqs") } } } },
    ],
  },
  "topics-encrypted": {
    fires: [
      [{ resource: { aws_sns_topic: { alarms: {} } } }, ["aws_sns_topic.alarms", "It is not encrypted"]],
    ],
    silent: [{ resource: { aws_sns_topic: { alarms: { kms_master_key_id: "${aws_kms_key.main.arn}" } } } }],
  },
  "log-retention": {
    fires: [
      [
        { resource: { aws_cloudwatch_log_group: { web: {} } } },
        ["aws_cloudwatch_log_group.web", "It keeps its events for ever"],
      ],
      [
        { resource: { aws_cloudwatch_log_group: { web: { retention_in_days: 0 } } } },
        ["aws_cloudwatch_log_group.web", "It keeps its events for ever"],
      ],
    ],
    silent: [{ resource: { aws_cloudwatch_log_group: { web: { retention_in_days: 30 } } } }],
  },
  "keys-rotated": {
    fires: [[{ resource: { aws_kms_key: { main: {} } } }, ["aws_kms_key.main", "It is never rotated"]]],
    silent: [
      { resource: { aws_kms_key: { main: { enable_key_rotation: true } } } },
      { resource: { aws_kms_key: { main: { customer_master_key_spec: "RSA_4096" } } } },
    ],
  },
  "repositories-immutable": {
    fires: [
      [
        { resource: { aws_ecr_repository: { web: {} } } },
        ["aws_ecr_repository.web", "Its tags can be overwritten"],
        ["aws_ecr_repository.web", "It does not scan what is pushed"],
      ],
    ],
    silent: [
      {
        resource: {
          aws_ecr_repository: {
            web: {
              image_tag_mutability: "IMMUTABLE",
              image_scanning_configuration: { scan_on_push: true },
            },
          },
        },
      },
    ],
  },
};
