// Who may do what: the execution role just what starts a task, the task role just what the application needs.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Testing } from "cdktf";
import type { RoleStatement } from "../../src/iam/document";
import { ExecutionRole, type ExecutionRoleProps } from "../../src/service/execution-role";
import { execStatements, publishStatements, TaskRole } from "../../src/service/task-role";
import { policyDocumentIn, statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

const OWN = { serviceKey: "web", region: "eu-west-1", accountId: "111122223333" };

const statements = (synth: string, policy: string) =>
  statementsIn(JSON.parse(synth).resource.aws_iam_role_policy[policy].policy);

describe("ExecutionRole", () => {
  const synth = (props: Partial<ExecutionRoleProps> = {}) =>
    synthScope((scope) => {
      new ExecutionRole(scope, "role", {
        ...OWN,
        name: "shop-web-execution",
        repositories: ["shop/web"],
        logGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/shop/web",
        secrets: [],
        ...props,
      });
    });

  it("writes to its own log group, and may do nothing else for a public image without secrets", () => {
    expect(statements(synth(), "web_execution")).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/shop/web:*",
      },
    ]);
  });

  it("pulls from the image's repository in ECR and from no other", () => {
    const repository = "444455556666.dkr.ecr.us-east-1.amazonaws.com/team/web";
    const [logIn, pull] = statements(
      synth({ repositories: ["shop/nginx", repository, repository] }),
      "web_execution",
    );
    expect(logIn).toMatchObject({ Action: "ecr:GetAuthorizationToken", Resource: "*" });
    expect(pull).toMatchObject({
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: "arn:aws:ecr:us-east-1:444455556666:repository/team/web",
    });
  });

  it("decrypts secrets with the given key, through Secrets Manager only, and not where there is none to read", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf";
    const secrets = [{ service: "secretsmanager", arn }] as const;
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";
    expect(statements(synth({ secrets, kmsKeyArn }), "web_execution").slice(2)).toEqual([
      {
        Sid: "DecryptSecrets",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
      },
    ]);
    expect(statements(synth({ kmsKeyArn }), "web_execution")).toHaveLength(1);
  });

  it("reads exactly the given secrets", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf";
    const secrets = [{ service: "secretsmanager", arn }] as const;
    const found = statements(synth({ secrets }), "web_execution");
    expect(found.filter(({ Sid }) => Sid === "ReadSecrets")).toEqual([
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: arn,
      },
    ]);
  });

  it("is given to this account's ECS tasks only", () => {
    expect(synth()).toHaveResourceWithProperties(IamRole, { name: "shop-web-execution" });
    const { assume_role_policy } = JSON.parse(synth()).resource.aws_iam_role.web_execution;
    expect(policyDocumentIn(assume_role_policy)).toMatchObject({
      Statement: [
        {
          Action: "sts:AssumeRole",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*" },
          },
        },
      ],
    });
  });
});

describe("TaskRole", () => {
  const synth = (given: readonly RoleStatement[]) =>
    synthScope((scope) => {
      new TaskRole(scope, "role", { ...OWN, name: "shop-web-task", statements: given });
    });

  it("may do nothing unless asked to", () => {
    expect(JSON.parse(synth([])).resource).not.toHaveProperty("aws_iam_role_policy");
  });

  it("does what it is given", () => {
    const queue = { sid: "Queue", actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:::q"] };
    expect(statements(synth([queue]), "web_task")).toEqual([
      { Sid: "Queue", Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:::q" },
    ]);
  });

  it("opens ECS Exec sessions by these calls", () => {
    const [exec] = execStatements("arn:aws:logs:eu-west-1:111122223333:log-group:/exec");
    expect(exec).toEqual({
      sid: "EcsExec",
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    });
  });

  it("writes transcripts into the one log group of sessions", () => {
    const writing = execStatements("arn:aws:logs:eu-west-1:111122223333:log-group:/exec").filter(
      ({ actions }) => actions.includes("logs:PutLogEvents"),
    );
    expect(writing.map(({ resources }) => resources)).toEqual([
      ["arn:aws:logs:eu-west-1:111122223333:log-group:/exec:*"],
    ]);
  });

  it("publishes metrics in its own namespaces, and has no such right where it names none", () => {
    expect(publishStatements([])).toEqual([]);
    expect(publishStatements(["Shop/Celery", "Shop/Web"])).toEqual([
      {
        sid: "PublishMetrics",
        actions: ["cloudwatch:PutMetricData"],
        resources: ["*"],
        conditions: { StringEquals: { "cloudwatch:namespace": ["Shop/Celery", "Shop/Web"] } },
      },
    ]);
  });
});
