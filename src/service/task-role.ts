// The role that the application has: what the service asks for, and what ECS Exec needs to open a session.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { RoleStatement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";
import { trustEcsTasks } from "./ecs-trust";

/** What ECS Exec's agent does: "Using Amazon ECS Exec", ECS developer guide. None of it knows a resource. */
const ECS_EXEC: RoleStatement = {
  sid: "EcsExec",
  actions: [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  resources: ["*"],
};

export interface TaskRoleProps {
  /** The service's key; names the resources in Terraform. */
  readonly serviceKey: string;
  readonly name: string;
  readonly region: string;
  /** The account that runs the tasks. */
  readonly accountId: string;
  /** What the service may do, the sessions of ECS Exec included. */
  readonly statements: readonly RoleStatement[];
}

export class TaskRole extends Construct {
  readonly arn: string;
  /** The role's name, which policies of your own are attached by. */
  readonly name: string;
  /** What must be there before a task can do its work. */
  readonly permissions: ITerraformDependable;

  constructor(scope: Construct, id: string, props: TaskRoleProps) {
    super(scope, id);
    const { serviceKey, name, region, accountId, statements } = props;

    const role = new IamRole(this, `role:${serviceKey}_task`, {
      name,
      description: `What the service ${serviceKey} may do in AWS`,
      assumeRolePolicy: trustEcsTasks(region, accountId),
    });
    // IAM takes no policy without a statement.
    const policy =
      statements.length > 0
        ? new IamRolePolicy(this, `policy:${serviceKey}_task`, {
            name: "task",
            role: role.name,
            policy: policyDocument(statements),
          })
        : undefined;

    this.arn = role.arn;
    this.name = role.name;
    this.permissions = policy ?? role;
  }
}

/**
 * Lets ECS Exec's agent open sessions and write their transcripts: "Logging using Amazon ECS Exec", ECS developer guide.
 * @param logGroupArn the log group of the transcripts
 */
export function execStatements(logGroupArn: string): RoleStatement[] {
  return [
    ECS_EXEC,
    { sid: "FindSessionLog", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
    {
      sid: "WriteSessionLog",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [`${logGroupArn}:*`],
    },
  ];
}

/**
 * Lets a service publish metrics of its own, and nobody else's. PutMetricData knows no resource, but its namespace: "Using condition keys to
 * limit access to CloudWatch namespaces", CloudWatch user guide.
 */
export function publishStatements(namespaces: readonly string[]): RoleStatement[] {
  return namespaces.length === 0
    ? []
    : [
        {
          sid: "PublishMetrics",
          actions: ["cloudwatch:PutMetricData"],
          resources: ["*"],
          conditions: { StringEquals: { "cloudwatch:namespace": [...namespaces] } },
        },
      ];
}
