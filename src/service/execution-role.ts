// The role that ECS itself uses to start a task: pull its image, write its logs, read its secrets; nothing else.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { RoleStatement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";
import { keyStatements } from "../iam/statements";
import { parseEcrRepository } from "../schema/image";
import type { SecretSource } from "../secrets/container-secret";
import { trustEcsTasks } from "./ecs-trust";

export interface ExecutionRoleProps {
  /** The service's key; names the resources in Terraform. */
  readonly serviceKey: string;
  readonly name: string;
  /** What it is for. Default: to start tasks of the service. */
  readonly description?: string;
  readonly region: string;
  /** The account that runs the tasks. */
  readonly accountId: string;
  /** The repositories of the images, without tags; those in ECR take permissions. */
  readonly repositories: readonly string[];
  readonly logGroupArn: string;
  /** The secrets that containers are given, and that of the image's registry. */
  readonly secrets: readonly SecretSource[];
  /** The KMS key that secrets are encrypted with. Default: the services' own. */
  readonly kmsKeyArn?: string | undefined;
}

export class ExecutionRole extends Construct {
  readonly arn: string;
  /** The role's name, which policies of your own are attached by. */
  readonly name: string;
  /** What must be there before a task can start. */
  readonly permissions: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const { serviceKey, name, region, accountId, repositories, logGroupArn, secrets, kmsKeyArn } = props;
    const { description = `Starts tasks of the service ${serviceKey}` } = props;

    const role = new IamRole(this, `role:${serviceKey}_execution`, {
      name,
      description,
      assumeRolePolicy: trustEcsTasks(region, accountId),
    });
    const policy = new IamRolePolicy(this, `policy:${serviceKey}_execution`, {
      name: "start-tasks",
      role: role.name,
      policy: policyDocument([
        ...pullStatements(repositories),
        {
          sid: "WriteLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${logGroupArn}:*`],
        },
        ...readStatements(secrets, region, kmsKeyArn),
      ]),
    });

    this.arn = role.arn;
    this.name = role.name;
    this.permissions = policy;
  }
}

/** How each service is read: "Amazon ECS task execution IAM role". */
const READING = [
  { service: "secretsmanager", action: "secretsmanager:GetSecretValue", what: "Secrets" },
  { service: "ssm", action: "ssm:GetParameters", what: "Parameters" },
] as const;

function readStatements(
  secrets: readonly SecretSource[],
  region: string,
  kmsKeyArn: string | undefined,
): RoleStatement[] {
  return READING.flatMap(({ service, action, what }) => {
    const arns = secrets.filter((one) => one.service === service).map(({ arn }) => arn);
    return arns.length === 0
      ? []
      : [
          { sid: `Read${what}`, actions: [action], resources: [...new Set(arns)] },
          ...keyStatements(`Decrypt${what}`, kmsKeyArn, ["kms:Decrypt"], `${service}.${region}`),
        ];
  });
}

function pullStatements(repositories: readonly string[]): RoleStatement[] {
  const arns = repositories
    .flatMap((repository) => parseEcrRepository(repository) ?? [])
    .map(({ region, account, name }) => `arn:aws:ecr:${region}:${account}:repository/${name}`);
  if (arns.length === 0) {
    return [];
  }
  return [
    // The login to the registry knows no resource: "Actions, resources, and condition keys for Amazon ECR".
    { sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "PullImage",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [...new Set(arns)],
    },
  ];
}
