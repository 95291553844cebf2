// IAM policies as plain values: one function call instead of one data source for each of a service's documents.
import { Fn } from "cdktf";

/** Something that a role may do. */
export interface PolicyStatement {
  /** Why, in letters and digits. */
  readonly sid: string;
  /** Such as `sqs:SendMessage`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** Under which conditions: operator, key, value. Default: none. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A policy that allows what the statements say, as JSON. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return Fn.jsonencode({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, actions, resources, condition }) => ({
      Sid: sid,
      Effect: "Allow",
      Action: [...actions],
      Resource: [...resources],
      ...(condition && { Condition: condition }),
    })),
  });
}

/**
 * A trust policy that lets ECS give a role to this account's tasks, and to no other account's: the condition that the
 * ECS developer guide's page on the task IAM role recommends against a confused deputy.
 */
export function trustEcsTasks(region: string, accountId: string): string {
  return Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EcsTasks",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:aws:ecs:${region}:${accountId}:*` },
        },
      },
    ],
  });
}

/**
 * Lets a role use a KMS key through one AWS service, such as `sqs.us-east-1`, and in no other way; nothing where there is
 * no key: AWS's own keys ask for no permission.
 */
export function keyStatements(
  sid: string,
  kmsKeyArn: string | undefined,
  actions: readonly string[],
  service: string,
): PolicyStatement[] {
  return kmsKeyArn === undefined
    ? []
    : [
        {
          sid,
          actions,
          resources: [kmsKeyArn],
          condition: { StringEquals: { "kms:ViaService": `${service}.amazonaws.com` } },
        },
      ];
}
