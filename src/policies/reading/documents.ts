// Where a configuration holds IAM policy documents: what roles and users may do, who may become them, who may use what.
import type { Json } from "../../reachability/terraform-config";
import { type Finding, finding } from "../policy";
import type { Resource, Resources } from "./resources";
import { type Statement, statements } from "./statements";
import { isDynamic, nested } from "./values";

/** A policy document, and the resource that it is written in. */
export interface Document {
  readonly resource: Resource;
  readonly document: Json | undefined;
}

/** Documents that say what an identity may do. */
export function identityDocuments(resources: Resources): Document[] {
  return [
    ...argument(resources, "policy", [
      "aws_iam_policy",
      "aws_iam_role_policy",
      "aws_iam_user_policy",
      "aws_iam_group_policy",
    ]),
    ...resources
      .of("aws_iam_role")
      .flatMap((resource) => [
        ...nested(resource.body, "inline_policy").map(({ policy }) => ({ resource, document: policy })),
        ...(isDynamic(resource.body, "inline_policy") ? [{ resource, document: undefined }] : []),
      ]),
  ];
}

/** Documents that say who may become a role. */
export function trustDocuments(resources: Resources): Document[] {
  return argument(resources, "assume_role_policy", ["aws_iam_role"]);
}

/** Resources that say themselves who may use them, by the argument that says so. */
const RESOURCE_POLICIES: Readonly<Record<string, string>> = {
  aws_backup_vault_policy: "policy",
  aws_cloudwatch_event_bus_policy: "policy",
  aws_cloudwatch_log_resource_policy: "policy_document",
  aws_ecr_registry_policy: "policy",
  aws_ecr_repository_policy: "policy",
  aws_efs_file_system_policy: "policy",
  aws_kms_key: "policy",
  aws_kms_key_policy: "policy",
  aws_s3_bucket: "policy",
  aws_s3_bucket_policy: "policy",
  aws_secretsmanager_secret: "policy",
  aws_secretsmanager_secret_policy: "policy",
  aws_sns_topic: "policy",
  aws_sns_topic_policy: "policy",
  aws_sqs_queue: "policy",
  aws_sqs_queue_policy: "policy",
};

/** Documents that say who may use a resource. */
export function resourceDocuments(resources: Resources): Document[] {
  return Object.entries(RESOURCE_POLICIES).flatMap(([type, name]) => argument(resources, name, [type]));
}

function argument(resources: Resources, name: string, types: readonly string[]): Document[] {
  return resources
    .of(...types)
    .filter(({ body }) => body[name] !== undefined)
    .map((resource) => ({ resource, document: resource.body[name] }));
}

/** A finding for each problem of a statement, and for each document that cannot be read. */
export function* statementFindings(
  resources: Resources,
  documents: readonly Document[],
  problems: (statement: Statement) => Iterable<string>,
): Iterable<Finding> {
  for (const { resource, document } of documents) {
    const found = statements(resources, resource, document);
    if (found === undefined) {
      yield finding(resource, "Its policy document cannot be read before a deployment");
    }
    for (const problem of (found ?? []).flatMap((statement) => [...problems(statement)])) {
      yield finding(resource, problem);
    }
  }
}
