// Stacks for the policies on stacks as a whole: protection, tags, state, modules.
import { TerraformStack, Testing } from "cdktf";
import type { JsonObject } from "../../../src/reachability/terraform-config";
import { BaseStack } from "../../../src/terraform/base-stack";
import type { PolicyCases } from "./policy-case";

function protection(body: JsonObject): JsonObject {
  return { resource: { aws_lb: { web: body } } };
}

function tagged(provider: JsonObject, tags: JsonObject = {}): JsonObject {
  return { provider: { aws: [provider] }, resource: { aws_sqs_queue: { jobs: tags } } };
}

const BOTH = { Environment: "shop", ManagedBy: "cdktf" };

function s3(body: JsonObject): JsonObject {
  return { terraform: { backend: { s3: { bucket: "state", ...body } } } };
}

export const governanceCases: PolicyCases = {
  "no-stray-files": {
    strays: ["extra.tf.json"],
    fires: [[{}, ["extra.tf.json", "Terraform would apply this file together with the stack"]]],
    silent: [{}],
  },
  "deletion-protection": {
    fires: [
      [protection({}), ["aws_lb.web", "It is not protected from deletion"]],
      [
        {
          variable: { deletion_protection: { default: false } },
          ...protection({ enable_deletion_protection: "${var.deletion_protection}" }),
        },
        ["aws_lb.web", "It is not protected from deletion"],
      ],
      [
        { resource: { aws_db_instance: { main: { deletion_protection: true, skip_final_snapshot: true } } } },
        ["aws_db_instance.main", "It leaves no final snapshot"],
      ],
      [
        { resource: { aws_elasticache_replication_group: { main: {} } } },
        ["aws_elasticache_replication_group.main", "It leaves no final snapshot"],
      ],
      [
        {
          variable: { deletion_protection: { default: false } },
          resource: { aws_s3_bucket: { logs: { force_destroy: "${!var.deletion_protection}" } } },
        },
        ["aws_s3_bucket.logs", "It is deleted with all that is in it"],
      ],
    ],
    silent: [
      {
        variable: { deletion_protection: { default: true } },
        resource: {
          aws_lb: { web: { enable_deletion_protection: "${var.deletion_protection}" } },
          aws_db_instance: { main: { deletion_protection: true, skip_final_snapshot: false } },
          aws_s3_bucket: { logs: { force_destroy: "${!var.deletion_protection}" } },
          aws_elasticache_replication_group: { main: { final_snapshot_identifier: "main-final" } },
        },
      },
    ],
  },
  "tags-present": {
    fires: [
      [
        tagged({ region: "us-east-1" }),
        ["provider.aws", "It gives no default tag Environment or ManagedBy, and aws_sqs_queue.jobs lacks it"],
      ],
      [
        tagged({ default_tags: [{ tags: { Environment: "shop" } }] }, { tags: { Name: "jobs" } }),
        ["provider.aws", "It gives no default tag ManagedBy, and aws_sqs_queue.jobs lacks it"],
      ],
      [
        tagged({ default_tags: [{ tags: { ...BOTH, ManagedBy: "" } }] }),
        ["provider.aws", "It gives no default tag ManagedBy, and aws_sqs_queue.jobs lacks it"],
      ],
      [
        tagged({ alias: "other", region: "us-east-1" }, { provider: "aws.other" }),
        [
          "provider.aws.other",
          "It gives no default tag Environment or ManagedBy, and aws_sqs_queue.jobs lacks it",
        ],
      ],
    ],
    silent: [
      tagged({ default_tags: [{ tags: BOTH }] }),
      tagged({ default_tags: { tags: { Environment: "shop" } } }, { tags: { ManagedBy: "cdktf" } }),
      tagged({ alias: "unused" }, { tags: BOTH }),
    ],
  },
  "state-protected": {
    fires: [
      [s3({ use_lockfile: true }), ["terraform.backend.s3", "The state is not encrypted"]],
      [s3({ encrypt: true }), ["terraform.backend.s3", "The state is not locked"]],
    ],
    silent: [
      s3({ encrypt: true, use_lockfile: true }),
      s3({ encrypt: true, dynamodb_table: "locks" }),
      { terraform: { backend: { local: { path: "terraform.tfstate" } } } },
    ],
  },
  "no-modules": {
    fires: [
      [
        { module: { vpc: { source: "terraform-aws-modules/vpc/aws" } } },
        ["module.vpc", "No policy sees what is in the module"],
      ],
    ],
    silent: [{}],
  },
  "stacks-alike": {
    fires: [[{}, ["terraform", "It is not built on the base stack"]]],
    silent: [{}],
    trees: {
      fires: () => new TerraformStack(Testing.app(), "test").node.root,
      silent: () =>
        new BaseStack(Testing.app(), "test", {
          region: "us-east-1",
          tags: {},
          state: { backend: "none" },
          stateName: "test",
        }).node.root,
    },
  },
};
