// Who may become CI's roles, what these may do, and what they may not, whatever else somebody attaches to them.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { CiRole } from "../../src/ci/ci-role";
import { scopeOf } from "../../src/ci/grant";
import { permissionsOf } from "../../src/ci/permissions";
import type { PolicyDocument } from "../../src/iam/document";
import type { Environment } from "../../src/model/environment";
import { callsOf, permissionsOf as permissionsOfCommand } from "../../src/operations/command-policies";
import { backupSchema } from "../../src/schema/backup";
import type { EnvironmentInput } from "../../src/schema/environment";
import { stateSchema } from "../../src/schema/state";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { defineEnvironment } from "../../src/validation/define-environment";
import { type IamRequest, isAllowed, mayEver } from "../support/iam-evaluator";
import { rolePermissions } from "../support/iam-roles";
import { platformConfigs } from "../support/platform-configs";
import { resources } from "../support/synthesized";
import { systems } from "../support/systems";
import { ACCOUNT, ciConfig, ciPolicies, everythingInput, policiesOf, REGION, shopInput } from "./fixtures";

const shop = ciPolicies();
const everything = ciPolicies(everythingInput);
const administrator: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
const config = ciConfig(defineEnvironment(shopInput));

/** What the job runs besides the deployment. */
const DEPLOY_JOB = ["preflight", "cache-user", "wait", "verify"] as const;

const withGithub = (github: object): EnvironmentInput => ({
  ...shopInput,
  ci: { github: { repository: "acme/shop", ...github } },
});

const trustOf = (input: EnvironmentInput, role: string) => ciPolicies(input).trust[role]?.Statement[0];

describe("trust", () => {
  const issuer = "token.actions.githubusercontent.com";

  it("lets the jobs of the repository's GitHub environment deploy, and no others", () => {
    expect(trustOf(shopInput, "shop-ci-deploy")).toEqual({
      Sid: "JobsOfTheRepository",
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: expect.stringMatching(/^\$\{aws_iam_openid_connect_provider\.\w+\.arn\}$/) },
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: "sts.amazonaws.com",
          [`${issuer}:sub`]: ["repo:acme/shop:environment:shop"],
        },
      },
    });
  });

  it("lets its pull requests and branches plan", () => {
    expect(trustOf(shopInput, "shop-ci-plan")?.Condition).toEqual({
      StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${issuer}:sub`]: ["repo:acme/shop:pull_request", "repo:acme/shop:ref:refs/heads/*"] },
    });
  });

  it.each<[object, string, string[]]>([
    [{ deployFrom: { branch: "main" } }, "shop-ci-deploy", ["repo:acme/shop:ref:refs/heads/main"]],
    [{ deployFrom: { environment: "live" } }, "shop-ci-deploy", ["repo:acme/shop:environment:live"]],
    [{ planFrom: ["pull-requests"] }, "shop-ci-plan", ["repo:acme/shop:pull_request"]],
    [{ repository: "acme@1/shop@23" }, "shop-ci-deploy", ["repo:acme@1/shop@23:environment:shop"]],
  ])("follows %j", (github, role, subjects) => {
    expect(trustOf(withGithub(github), role)?.Condition?.StringEquals?.[`${issuer}:sub`]).toEqual(subjects);
  });

  it("ends a session after an hour", () => {
    const sessions = resources(config, "aws_iam_role").map(([, role]) => role.max_session_duration);
    expect(sessions).toEqual([3600, 3600]);
  });

  it("makes the provider of GitHub, or looks it up", () => {
    expect(resources(config, "aws_iam_openid_connect_provider").map(([, block]) => block)).toMatchObject([
      { url: `https://${issuer}`, client_id_list: ["sts.amazonaws.com"] },
    ]);
    const other = ciConfig(
      defineEnvironment({ ...shopInput, ci: { github: { repository: "a/b" }, createProvider: false } }),
    );
    expect(other.resource).not.toHaveProperty("aws_iam_openid_connect_provider");
    expect(Object.values(other.data?.aws_iam_openid_connect_provider ?? {})).toMatchObject([
      { url: `https://${issuer}` },
    ]);
  });
});

describe("the plan role", () => {
  it("has actions that look, and of others just the lock of the state", () => {
    const changing = shop.plan.flatMap(({ Statement }) =>
      Statement.filter(({ Action = [] }) =>
        [Action].flat().some((action) => !/^[a-z0-9-]+:(Describe|List|Get)[A-Z]\w*$/.test(action)),
      ),
    );
    expect(changing).toEqual([
      {
        Sid: "LockState",
        Effect: "Allow",
        Action: ["s3:DeleteObject", "s3:PutObject"],
        Resource: [
          "arn:aws:s3:::states/shop/django.tfstate.tflock",
          "arn:aws:s3:::states/shop/security-group-rules.tfstate.tflock",
        ],
      },
      {
        Sid: "CheckRestart",
        Effect: "Allow",
        Action: "states:ValidateStateMachineDefinition",
        Resource: "*",
      },
    ]);
  });

  it.each([
    [
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:shop/secret-key-aBcDeF`,
    ],
    ["s3:GetObject", `arn:aws:s3:::shop-alb-logs-${ACCOUNT}/AWSLogs/1.log.gz`],
    ["s3:GetObject", "arn:aws:s3:::states/other/django.tfstate"],
    ["s3:PutObject", "arn:aws:s3:::states/shop/django.tfstate"],
    ["s3:DeleteObject", "arn:aws:s3:::states/shop/ci-access.tfstate.tflock"],
    ["ecs:DescribeTasks", `arn:aws:ecs:${REGION}:${ACCOUNT}:task/other/0a1b2c3d`],
    ["logs:GetLogEvents", `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/ecs/shop/web:log-stream:web/1`],
    ["sqs:ReceiveMessage", `arn:aws:sqs:${REGION}:${ACCOUNT}:shop-jobs`],
  ])("may not %s on %s", (action, resource) => {
    expect(isAllowed({ action, resource }, shop.plan)).toBe(false);
  });
});

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const own = { "aws:ResourceTag/Environment": "shop" };
const foreign = { "aws:ResourceTag/Environment": "shop-staging" };
const requested = { "aws:RequestTag/Environment": "shop" };
const bounded = { "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/shop-ci-platform-boundary` };

/** What stands before the name in a validation record of ACM's, after its underscore: 32 characters. */
const VALIDATION = "a79865eb4cd1a6ab990a45779b4e0b96";
const records = (names: readonly string[], types: readonly string[]) => ({
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": names,
  "route53:ChangeResourceRecordSetsRecordTypes": types,
});
const onAlarm = (...alarmActions: readonly string[]) => ({ "cloudwatch:AlarmActions": alarmActions });
const to = (...targets: readonly string[]) => ({ "events:TargetArn": targets });
const groupChanges = { "events:source": "aws.ec2", "events:detail-type": "AWS API Call via CloudTrail" };

type Case = [action: string, resource: string, context?: IamRequest["context"]];

const request = (...[action, resource, context]: Case): IamRequest => ({
  action,
  resource,
  context: { "aws:RequestedRegion": REGION, ...context },
});

describe("preflight, where there are repositories, a bucket for the state and a zone by its name", () => {
  const { web } = shopInput.services;
  const secrets = { ...web?.secrets, MAIL_KEY: { ssmParameter: "/shared/mail" } };
  const { plan, deploy, deployBoundary } = ciPolicies({
    ...shopInput,
    ...(web && { services: { web: { ...web, secrets } } }),
    dns: { domain: "shop.example.com", hostedZoneName: "example.com" },
    registry: { repositories: ["web"] },
    state: { backend: "s3", bucket: "states", region: REGION, createBucket: true },
  });

  it("is the plan role's but for reading secrets, and wholly the deploy role's", () => {
    const missing = (documents: readonly PolicyDocument[]) =>
      callsOf("preflight").filter((action) => !mayEver(action, documents));
    // Whoever has credentials may ask who they are.
    expect(missing(plan)).toEqual([
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
      "sts:GetCallerIdentity",
    ]);
    expect(missing(deploy)).toEqual(["sts:GetCallerIdentity"]);
  });

  it.each([
    ["s3:ListBucket", "arn:aws:s3:::states"],
    ["s3:GetBucketTagging", "arn:aws:s3:::states"],
    ["s3:ListBucket", "arn:aws:s3:::states-logs"],
    ["s3:GetBucketTagging", "arn:aws:s3:::states-logs"],
    ["ecr:DescribeRepositories", arn("ecr", "repository/shop/web")],
    ["ecr:ListTagsForResource", arn("ecr", "repository/shop/web")],
  ])("may %s on %s in both roles", (...each) => {
    expect(isAllowed(request(...each), plan)).toBe(true);
    expect(isAllowed(request(...each), deploy, deployBoundary)).toBe(true);
  });
});

describe("the deploy role", () => {
  const may = (...each: Case) => isAllowed(request(...each), shop.deploy, shop.deployBoundary);

  it.each<Case>([
    ["ec2:CreateVpc", arn("ec2", "vpc/*"), requested],
    ["ec2:CreateSubnet", arn("ec2", "subnet/*"), requested],
    ["ec2:CreateSubnet", arn("ec2", "vpc/vpc-1"), own],
    ["ec2:CreateTags", arn("ec2", "subnet/subnet-1"), { ...requested, "ec2:CreateAction": "CreateSubnet" }],
    ["ec2:CreateTags", arn("ec2", "security-group/sg-default"), requested],
    ["ec2:AuthorizeSecurityGroupIngress", arn("ec2", "security-group/sg-1"), own],
    ["ec2:AuthorizeSecurityGroupIngress", arn("ec2", "security-group-rule/*"), requested],
    ["ec2:RevokeSecurityGroupIngress", arn("ec2", "security-group/sg-1"), own],
    ["ecs:CreateCluster", arn("ecs", "cluster/shop"), requested],
    ["ecs:UpdateService", arn("ecs", "service/shop/shop-web"), own],
    ["ecs:RegisterTaskDefinition", arn("ecs", "task-definition/shop-web:*"), requested],
    ["ecs:RegisterTaskDefinition", arn("ecs", "task-definition/shop-web-migrate:*"), requested],
    ["ecs:DeregisterTaskDefinition", "*"],
    ["ecs:RunTask", arn("ecs", "task-definition/shop-web:1"), { "ecs:cluster": arn("ecs", "cluster/shop") }],
    ["ecs:DescribeTasks", arn("ecs", "task/shop/0a1b2c3d"), own],
    [
      "cloudwatch:PutMetricAlarm",
      arn("cloudwatch", "alarm:shop/web/cpu"),
      onAlarm(arn("sns", "shop-alarms")),
    ],
    ["cloudwatch:PutMetricAlarm", arn("cloudwatch", "alarm:shop/web/cpu")],
    [
      "cloudwatch:PutMetricAlarm",
      arn("cloudwatch", "alarm:TargetTracking-service/shop/shop-web-AlarmHigh-1"),
      onAlarm(
        arn("autoscaling", "scalingPolicy:1:resource/ecs/service/shop/shop-web:policyName/cpu:createdBy/2"),
      ),
    ],
    ["events:PutRule", arn("events", "rule/shop-security-group-changes"), groupChanges],
    ["events:PutTargets", arn("events", "rule/shop-security-group-changes"), to(arn("sns", "shop-alarms"))],
    [
      "elasticloadbalancing:CreateLoadBalancer",
      arn("elasticloadbalancing", "loadbalancer/app/shop/*"),
      requested,
    ],
    [
      "elasticloadbalancing:CreateTargetGroup",
      arn("elasticloadbalancing", "targetgroup/shop-web/*"),
      requested,
    ],
    ["rds:CreateDBInstance", arn("rds", "db:shop"), requested],
    ["rds:CreateDBInstance", arn("rds", "pg:shop-postgres16"), own],
    ["rds:CreateDBInstance", arn("rds", "og:default:postgres-16")],
    ["rds:CreateDBSnapshot", arn("rds", "snapshot:shop-final-0a1b2c3d")],
    ["elasticache:CreateUser", arn("elasticache", "user:shop-app"), requested],
    ["elasticache:ModifyReplicationGroup", arn("elasticache", "replicationgroup:shop"), own],
    ["sqs:CreateQueue", arn("sqs", "shop-jobs-dlq"), requested],
    ["secretsmanager:CreateSecret", arn("secretsmanager", "secret:shop/secret-key-aBcDeF"), requested],
    [
      "secretsmanager:CreateSecret",
      arn("secretsmanager", "secret:rds!db-1"),
      { "aws:ViaAWSService": "true" },
    ],
    ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:shared/sentry-aBcDeF"), foreign],
    ["logs:CreateLogGroup", arn("logs", "log-group:/ecs/shop/web"), requested],
    ["logs:GetLogEvents", arn("logs", "log-group:/ecs/shop/web:log-stream:verify/1")],
    ["logs:CreateLogDelivery", "*"],
    ["s3:PutBucketPolicy", `arn:aws:s3:::shop-alb-logs-${ACCOUNT}`],
    ["s3:PutObject", "arn:aws:s3:::states/shop/django.tfstate"],
    ["s3:DeleteObject", "arn:aws:s3:::states/shop/security-group-rules.tfstate.tflock"],
    ["acm:RequestCertificate", "*", requested],
    ["acm:AddTagsToCertificate", arn("acm", "certificate/1"), requested],
    ["acm:DeleteCertificate", arn("acm", "certificate/1"), own],
    [
      "application-autoscaling:RegisterScalableTarget",
      arn("application-autoscaling", "scalable-target/1"),
      requested,
    ],
    ["application-autoscaling:PutScalingPolicy", arn("application-autoscaling", "scalable-target/1"), own],
    [
      "route53:ChangeResourceRecordSets",
      "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
      records(["shop.example.com", `_${VALIDATION}.shop.example.com`], ["A", "CNAME"]),
    ],
    ["iam:CreateRole", role("shop-web-task"), { ...requested, ...bounded }],
    ["iam:PutRolePolicy", role("shop-web-task"), { ...own, ...bounded }],
    ["iam:PassRole", role("shop-web-task"), { ...own, "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
    [
      "iam:CreateServiceLinkedRole",
      role("aws-service-role/x"),
      { "iam:AWSServiceName": "ecs.amazonaws.com" },
    ],
    ["kms:GenerateDataKey", arn("kms", "key/1"), { "kms:ViaService": `rds.${REGION}.amazonaws.com` }],
    ["ec2:ReplaceNetworkAclAssociation", arn("ec2", "subnet/subnet-1"), own],
    ["ec2:ReplaceNetworkAclAssociation", arn("ec2", "network-acl/acl-1"), own],
    // The VPC's default one, on the way out.
    ["ec2:ReplaceNetworkAclAssociation", arn("ec2", "network-acl/acl-default")],
    ["kms:CreateKey", "*", requested],
    ["kms:TagResource", arn("kms", "key/1"), requested],
    // KMS does not know the tag yet.
    ["kms:EnableKeyRotation", arn("kms", "key/1")],
    ["kms:GetKeyPolicy", arn("kms", "key/1")],
    ["kms:PutKeyPolicy", arn("kms", "key/1"), own],
    ["sns:GetSubscriptionAttributes", arn("sns", "shop-alarms:0a1b2c3d")],
    ["sns:Unsubscribe", arn("sns", "shop-alarms:0a1b2c3d")],
    ["wafv2:GetWebACLForResource", arn("elasticloadbalancing", "loadbalancer/app/shop/1")],
    ["wafv2:AssociateWebACL", arn("elasticloadbalancing", "loadbalancer/app/shop/1")],
    ["elasticloadbalancing:SetWebAcl", "*"],
    ["wafv2:CreateWebACL", arn("wafv2", "regional/managedruleset/AWSManagedRulesCommonRuleSet/1")],
  ])("may %s on %s", (...each) => {
    expect(may(...each)).toBe(true);
  });

  it.each<[string, ...Case]>([
    ["another VPC", "ec2:DeleteVpc", arn("ec2", "vpc/vpc-2"), foreign],
    ["a VPC of nobody's", "ec2:DeleteVpc", arn("ec2", "vpc/vpc-3")],
    ["a subnet in another VPC", "ec2:CreateSubnet", arn("ec2", "vpc/vpc-2"), foreign],
    [
      "a rule in another group",
      "ec2:AuthorizeSecurityGroupIngress",
      arn("ec2", "security-group/sg-2"),
      foreign,
    ],
    ["a rule without the tag", "ec2:AuthorizeSecurityGroupIngress", arn("ec2", "security-group-rule/*")],
    [
      "taking over a group by its tag",
      "ec2:CreateTags",
      arn("ec2", "security-group/sg-2"),
      { ...requested, ...foreign },
    ],
    ["taking over a VPC of nobody's", "ec2:CreateTags", arn("ec2", "vpc/vpc-3"), requested],
    [
      "a VPC for another environment",
      "ec2:CreateVpc",
      arn("ec2", "vpc/*"),
      { "aws:RequestTag/Environment": "other" },
    ],
    [
      "another region",
      "ec2:CreateVpc",
      "arn:aws:ec2:us-east-1:111122223333:vpc/*",
      { ...requested, "aws:RequestedRegion": "us-east-1" },
    ],
    ["another database", "rds:DeleteDBInstance", arn("rds", "db:other"), foreign],
    [
      "one whose name begins alike",
      "ecs:UpdateService",
      arn("ecs", "service/shop-staging/shop-staging-web"),
      foreign,
    ],
    [
      "another service's tasks",
      "ecs:RunTask",
      arn("ecs", "task-definition/other-web:1"),
      { ...foreign, "ecs:cluster": arn("ecs", "cluster/shop") },
    ],
    [
      "another cluster, with tasks of its own",
      "ecs:RunTask",
      arn("ecs", "task-definition/shop-web:1"),
      { ...own, "ecs:cluster": arn("ecs", "cluster/other") },
    ],
    [
      "a machine, by an alarm that stops it",
      "cloudwatch:PutMetricAlarm",
      arn("cloudwatch", "alarm:shop/web/cpu"),
      onAlarm(arn("sns", "shop-alarms"), `arn:aws:automate:${REGION}:ec2:terminate`),
    ],
    [
      "a machine, by an alarm named as autoscaling's",
      "cloudwatch:PutMetricAlarm",
      arn("cloudwatch", "alarm:TargetTracking-service/shop/shop-web-AlarmHigh-1"),
      onAlarm(`arn:aws:automate:${REGION}:ec2:stop`),
    ],
    [
      "another service's size, by an alarm",
      "cloudwatch:PutMetricAlarm",
      arn("cloudwatch", "alarm:TargetTracking-service/shop/shop-web-AlarmHigh-1"),
      onAlarm(arn("autoscaling", "scalingPolicy:1:resource/ecs/service/other/web:policyName/cpu")),
    ],
    [
      "what happens elsewhere in the account",
      "events:PutRule",
      arn("events", "rule/shop-security-group-changes"),
      { ...groupChanges, "events:source": ["aws.ec2", "aws.secretsmanager"] },
    ],
    [
      "every event there is",
      "events:PutRule",
      arn("events", "rule/shop-security-group-changes"),
      { "events:detail-type": "AWS API Call via CloudTrail" },
    ],
    [
      "another account, by events",
      "events:PutTargets",
      arn("events", "rule/shop-security-group-changes"),
      to(arn("sns", "shop-alarms"), "arn:aws:events:eu-west-1:999988887777:event-bus/default"),
    ],
    ["another queue", "sqs:DeleteQueue", arn("sqs", "other-jobs"), foreign],
    [
      "another secret",
      "secretsmanager:DeleteSecret",
      arn("secretsmanager", "secret:other/secret-key-aBcDeF"),
      foreign,
    ],
    [
      "reading its own generated secret",
      "secretsmanager:GetSecretValue",
      arn("secretsmanager", "secret:shop/secret-key-aBcDeF"),
      own,
    ],
    ["reading RDS's secret", "secretsmanager:GetSecretValue", arn("secretsmanager", "secret:rds!db-1"), own],
    ["rotating RDS's secret itself", "secretsmanager:RotateSecret", arn("secretsmanager", "secret:rds!db-2")],
    ["another state", "s3:PutObject", "arn:aws:s3:::states/other/django.tfstate"],
    ["the state of its own roles", "s3:PutObject", "arn:aws:s3:::states/shop/ci-access.tfstate"],
    ["the bucket of the states", "s3:PutBucketPolicy", "arn:aws:s3:::states"],
    ["another certificate", "acm:DeleteCertificate", arn("acm", "certificate/2"), foreign],
    [
      "taking over a certificate",
      "acm:AddTagsToCertificate",
      arn("acm", "certificate/2"),
      { ...requested, ...foreign },
    ],
    [
      "another name in its zone",
      "route53:ChangeResourceRecordSets",
      "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
      records(["shop.example.com", "mail.example.com"], ["A"]),
    ],
    [
      "a validation record of a name below its own",
      "route53:ChangeResourceRecordSets",
      "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
      records([`_${VALIDATION}.staging.shop.example.com`], ["CNAME"]),
    ],
    [
      "where the domain's mail goes",
      "route53:ChangeResourceRecordSets",
      "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
      records(["shop.example.com"], ["MX"]),
    ],
    ["another key", "kms:Decrypt", arn("kms", "key/1")],
    ["another key's policy", "kms:PutKeyPolicy", arn("kms", "key/2"), foreign],
    ["the policy of a key of nobody's", "kms:PutKeyPolicy", arn("kms", "key/3")],
    ["another key's rotation", "kms:EnableKeyRotation", arn("kms", "key/2"), foreign],
    ["taking over a key", "kms:TagResource", arn("kms", "key/2"), { ...requested, ...foreign }],
    [
      "taking over a key of nobody's that is in use",
      "kms:TagResource",
      arn("kms", "key/3"),
      { ...requested, "kms:ResourceAliases": ["alias/payments"] },
    ],
    ["an alias, without a key of its own", "kms:CreateAlias", arn("kms", "alias/shop")],
    ["another network ACL", "ec2:ReplaceNetworkAclAssociation", arn("ec2", "network-acl/acl-2"), foreign],
    ["a subnet of nobody's", "ec2:ReplaceNetworkAclAssociation", arn("ec2", "subnet/subnet-3")],
    ["another alarm", "cloudwatch:DeleteAlarms", arn("cloudwatch", "alarm:shop-staging/web/cpu"), foreign],
    ["another topic", "sns:DeleteTopic", arn("sns", "shop-orders")],
    ["another web ACL", "wafv2:UpdateWebACL", arn("wafv2", "regional/webacl/shop-staging/1"), foreign],
    ["a private zone", "route53:AssociateVPCWithHostedZone", "arn:aws:route53:::hostedzone/Z1"],
    ["listing all zones", "route53:ListHostedZones", "*"],
    ["a policy of AWS's on a role", "iam:AttachRolePolicy", role("shop-web-task"), { ...own, ...bounded }],
    ["a role without the boundary", "iam:CreateRole", role("shop-web-task"), requested],
    ["a policy of a role without it", "iam:PutRolePolicy", role("shop-web-task"), own],
    [
      "another boundary",
      "iam:PutRolePermissionsBoundary",
      role("shop-web-task"),
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["taking a boundary away", "iam:DeleteRolePermissionsBoundary", role("shop-web-task"), bounded],
    [
      "another environment's role",
      "iam:PutRolePolicy",
      role("shop-staging-web-task"),
      { ...foreign, ...bounded },
    ],
    [
      "passing a role to a machine",
      "iam:PassRole",
      role("shop-web-task"),
      { "iam:PassedToService": "ec2.amazonaws.com" },
    ],
    [
      "passing another environment's role",
      "iam:PassRole",
      role("shop-staging-web-task"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    ],
    ["a role whose name begins alike", "iam:UpdateAssumeRolePolicy", role("shop-admin")],
    ["a role of any other name", "iam:CreateRole", role("admin"), bounded],
    ["its own role's policy", "iam:PutRolePolicy", role("shop-ci-deploy"), { ...own, ...bounded }],
    ["its own role's trust", "iam:UpdateAssumeRolePolicy", role("shop-ci-deploy"), own],
    ["the plan role", "iam:AttachRolePolicy", role("shop-ci-plan"), { ...own, ...bounded }],
    ["its own boundary", "iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/shop-ci-deploy-boundary`],
    [
      "the platform's boundary",
      "iam:DeletePolicy",
      `arn:aws:iam::${ACCOUNT}:policy/shop-ci-platform-boundary`,
    ],
    [
      "the OIDC provider",
      "iam:UpdateOpenIDConnectProviderThumbprint",
      `arn:aws:iam::${ACCOUNT}:oidc-provider/x`,
    ],
    ["a user", "iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/admin`],
    ["any other service", "lambda:CreateFunction", arn("lambda", "function:shop"), requested],
  ])("may not touch %s", (...[_what, ...each]) => {
    expect(may(...each)).toBe(false);
  });

  const asAdministrator = (...each: Case) =>
    isAllowed(request(...each), [administrator], shop.deployBoundary);

  it.each<[string, ...Case]>([
    ["another VPC", "ec2:DeleteVpc", arn("ec2", "vpc/vpc-2"), foreign],
    ["another database", "rds:DeleteDBInstance", arn("rds", "db:other"), foreign],
    ["one whose name begins alike", "rds:DeleteDBInstance", arn("rds", "db:shop-staging"), foreign],
    [
      "another secret's value",
      "secretsmanager:GetSecretValue",
      arn("secretsmanager", "secret:other/secret-key-aBcDeF"),
    ],
    ["another state", "s3:GetObject", "arn:aws:s3:::states/other/django.tfstate"],
    ["the state of its own roles", "s3:PutObject", "arn:aws:s3:::states/shop/ci-access.tfstate"],
    ["a certificate of nobody's", "acm:DeleteCertificate", arn("acm", "certificate/2")],
    ["a role without the boundary", "iam:CreateRole", role("shop-web-task"), requested],
    ["a role whose name begins alike", "iam:UpdateAssumeRolePolicy", role("shop-admin")],
    ["its own role", "iam:DeleteRolePermissionsBoundary", role("shop-ci-deploy")],
    ["its own boundary", "iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/shop-ci-deploy-boundary`],
    ["a new user", "iam:CreateUser", `arn:aws:iam::${ACCOUNT}:user/shop-1`],
    ["another role", "sts:AssumeRole", role("admin")],
    ["a policy on a role without it", "iam:AttachRolePolicy", role("shop-web-task")],
    ["taking over a key", "kms:TagResource", arn("kms", "key/2"), { ...requested, ...foreign }],
    ["another key's alias", "kms:DeleteAlias", arn("kms", "key/2"), foreign],
    [
      "a certificate by its tag",
      "acm:AddTagsToCertificate",
      arn("acm", "certificate/2"),
      { ...requested, ...foreign },
    ],
    ["another zone", "route53:DeleteHostedZone", "arn:aws:route53:::hostedzone/Z1"],
    ["the organisation", "organizations:LeaveOrganization", "*"],
  ])("stays within its boundary though somebody attach AdministratorAccess: %s", (...[_what, ...each]) => {
    expect(asAdministrator(...each)).toBe(false);
  });

  it.each([
    ["shop", shop],
    ["everything", everything],
  ])("is let by the boundary do all that its policies say: %s", (_name, { deploy, deployBoundary }) => {
    const ignored = deploy.flatMap(({ Statement }) =>
      Statement.flatMap(({ Action = [] }) => [Action].flat()).filter(
        (action) => !mayEver(action, [deployBoundary]),
      ),
    );
    expect(ignored).toEqual([]);
  });

  it.each(DEPLOY_JOB)("can do what %s does, where there is everything", (command) => {
    const needed = permissionsOfCommand(command);
    // Whoever has credentials may ask who they are.
    expect(needed.filter((action) => !mayEver(action, everything.deploy))).toEqual(["sts:GetCallerIdentity"]);
  });
});

describe("a cache with a password", () => {
  const read = (secret: string): IamRequest => ({
    action: "secretsmanager:GetSecretValue",
    resource: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:all-options/${secret}-aBcDeF`,
    context: { "aws:RequestedRegion": "us-east-1" },
  });

  it("has its own secret read by whoever deploys, to give it to the cache, and no other", () => {
    const { deploy, deployBoundary, plan } = everything;
    expect(isAllowed(read("cache"), deploy, deployBoundary)).toBe(true);
    expect(isAllowed(read("secret-key"), deploy, deployBoundary)).toBe(false);
    expect(isAllowed(read("cache"), plan)).toBe(false);
  });
});

describe("a hosted zone that is given by its name", () => {
  const { deploy, deployBoundary } = everything;
  const change = (...names: readonly string[]): IamRequest => ({
    action: "route53:ChangeResourceRecordSets",
    resource: "arn:aws:route53:::hostedzone/Z1",
    context: {
      "aws:RequestedRegion": "us-east-1",
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": names,
    },
  });

  it("is found, and gets the environment's own records", () => {
    const find = { action: "route53:ListHostedZones", resource: "*" };
    expect(isAllowed(find, everything.plan)).toBe(true);
    const own = change("all-options.example.com", `_${VALIDATION}.all-options.example.com`);
    expect(isAllowed(own, deploy, deployBoundary)).toBe(true);
  });

  it("gets no others, and an administrator's policy would add none outside the zone", () => {
    expect(isAllowed(change("mail.example.com"), deploy, deployBoundary)).toBe(false);
    expect(isAllowed(change("mail.example.com"), [administrator], deployBoundary)).toBe(true);
    expect(isAllowed(change("mail.other.com"), [administrator], deployBoundary)).toBe(false);
    const zone = { ...change(), action: "route53:DeleteHostedZone" };
    expect(isAllowed(zone, [administrator], deployBoundary)).toBe(false);
  });
});

describe("shared files", () => {
  const { deploy, deployBoundary, plan } = everything;
  const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
  const request = (...[action, resource, context]: Case): IamRequest => ({
    action,
    resource,
    context: { "aws:RequestedRegion": "us-east-1", ...context },
  });
  const may = (...each: Case) => isAllowed(request(...each), deploy, deployBoundary);
  const files = arn("elasticfilesystem", "file-system/fs-1");
  const point = arn("elasticfilesystem", "access-point/fsap-1");
  const mine = { "aws:ResourceTag/Environment": "all-options" };
  const other = { "aws:ResourceTag/Environment": "other" };
  const asked = { "aws:RequestTag/Environment": "all-options" };

  it.each<Case>([
    ["elasticfilesystem:CreateFileSystem", "*", asked],
    ["elasticfilesystem:TagResource", files, asked],
    ["elasticfilesystem:TagResource", point, asked],
    ["elasticfilesystem:CreateAccessPoint", files, mine],
    ["elasticfilesystem:CreateMountTarget", files, mine],
    ["elasticfilesystem:PutFileSystemPolicy", files, mine],
    ["elasticfilesystem:DeleteFileSystem", files, mine],
    ["elasticfilesystem:DeleteAccessPoint", point, mine],
    // The interface of a mount target is made without a tag, in a subnet and a group that have one.
    ["ec2:CreateNetworkInterface", arn("ec2", "network-interface/*")],
    ["ec2:CreateNetworkInterface", arn("ec2", "subnet/subnet-1"), mine],
    ["ec2:DeleteNetworkInterface", arn("ec2", "network-interface/eni-1")],
    [
      "kms:GenerateDataKeyWithoutPlaintext",
      arn("kms", "key/1"),
      { "kms:ViaService": "elasticfilesystem.us-east-1.amazonaws.com" },
    ],
  ])("are made, changed and deleted: %s on %s", (...each) => {
    expect(may(...each)).toBe(true);
  });

  it.each<Case>([
    ["elasticfilesystem:CreateFileSystem", "*"],
    ["elasticfilesystem:TagResource", files, { ...asked, ...other }],
    ["elasticfilesystem:DeleteFileSystem", files, other],
    ["elasticfilesystem:DeleteFileSystem", files],
    ["elasticfilesystem:PutFileSystemPolicy", files, other],
    ["ec2:CreateNetworkInterface", arn("ec2", "subnet/subnet-1"), other],
    ["ec2:DeleteNetworkInterface", arn("ec2", "network-interface/eni-1"), other],
    // What is in them is nobody's in CI.
    ["elasticfilesystem:ClientMount", files, asked],
  ])("of others are left alone: %s on %s", (...each) => {
    expect(may(...each)).toBe(false);
  });

  it("are looked at by the plan role, too", () => {
    expect(isAllowed(request("elasticfilesystem:DescribeFileSystems", files), plan)).toBe(true);
    expect(isAllowed(request("elasticfilesystem:DeleteFileSystem", files, mine), plan)).toBe(false);
  });
});

it("makes the key of the backups' copies, whoever keeps the other keys", () => {
  const { deploy, deployBoundary } = ciPolicies({ ...everythingInput, encryption: { key: "aws-managed" } });
  const may = (resource: string, region: string) => {
    const context = { "aws:RequestedRegion": region };
    return isAllowed({ action: "kms:CreateAlias", resource, context }, deploy, deployBoundary);
  };
  const alias = (region: string, name: string) => `arn:aws:kms:${region}:${ACCOUNT}:alias/${name}`;
  expect(may(alias("us-west-2", "all-options-backup"), "us-west-2")).toBe(true);
  expect(may(`arn:aws:kms:us-west-2:${ACCOUNT}:key/1`, "us-west-2")).toBe(true);
  expect(may(alias("us-east-1", "all-options"), "us-east-1")).toBe(false);
});

it("gives AWS Backup's role its policy, and no other policy or role one", () => {
  const attach = (name: string, policy: string) => {
    const context = {
      "aws:RequestedRegion": "us-east-1",
      "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/all-options-ci-platform-boundary`,
      "iam:PolicyARN": `arn:aws:iam::aws:policy/${policy}`,
    };
    const { deploy, deployBoundary } = everything;
    return isAllowed(
      { action: "iam:AttachRolePolicy", resource: role(name), context },
      deploy,
      deployBoundary,
    );
  };
  const own = "service-role/AWSBackupServiceRolePolicyForBackup";
  expect(attach("all-options-backup", own)).toBe(true);
  expect(attach("all-options-backup", "AdministratorAccess")).toBe(false);
  expect(attach("all-options-web-task", own)).toBe(false);
});

it("makes and removes the domain of private names, by Cloud Map alone, and nobody else's", () => {
  const { deploy, deployBoundary } = everything;
  const may = (action: string, resource: string, more: IamRequest["context"] = {}) =>
    isAllowed(
      { action, resource, context: { "aws:RequestedRegion": "us-east-1", ...more } },
      deploy,
      deployBoundary,
    );
  const namespace = `arn:aws:servicediscovery:us-east-1:${ACCOUNT}:namespace/ns-1`;
  const own = { "aws:ResourceTag/Environment": "all-options" };
  const requested = { "aws:RequestTag/Environment": "all-options" };
  expect(may("servicediscovery:CreatePrivateDnsNamespace", "*", requested)).toBe(true);
  expect(may("servicediscovery:CreateService", namespace, { ...own, ...requested })).toBe(true);
  expect(may("servicediscovery:DeleteNamespace", namespace, own)).toBe(true);
  expect(may("servicediscovery:GetOperation", "*")).toBe(true);
  expect(may("servicediscovery:CreatePrivateDnsNamespace", "*")).toBe(false);
  const other = { "aws:ResourceTag/Environment": "other" };
  expect(may("servicediscovery:DeleteNamespace", namespace, other)).toBe(false);
  expect(may("servicediscovery:CreateService", namespace, { ...other, ...requested })).toBe(false);
  // A record in it would send who asks for a service elsewhere.
  expect(
    may(
      "servicediscovery:RegisterInstance",
      `arn:aws:servicediscovery:us-east-1:${ACCOUNT}:service/srv-1`,
      own,
    ),
  ).toBe(false);
  const through = { "aws:ViaAWSService": "true" };
  for (const action of ["route53:CreateHostedZone", "route53:DeleteHostedZone"]) {
    expect(may(action, "arn:aws:route53:::hostedzone/Z1", through)).toBe(true);
    expect(may(action, "arn:aws:route53:::hostedzone/Z1")).toBe(false);
  }
});

/** An environment with all that a documented one leaves out, and that needs further permissions. */
function hardened(environment: Environment): Environment {
  const { network, dns } = environment;
  const key = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666";
  return {
    ...environment,
    network: { ...network, vpcEndpoints: true },
    backup: backupSchema.parse({ copyTo: { region: "us-west-2" } }),
    encryption: { key: "own" },
    ...(dns && { dns: { ...dns, hostedZoneName: dns.domain } }),
    state: stateSchema.parse({
      backend: "s3",
      bucket: "terraform-states-of-the-platform",
      region: "us-east-1",
      createBucket: true,
      kmsKeyId: key,
    }),
  };
}

/**
 * The services that the commands of the deploy job can call, and never do there: the environment has nothing of theirs. Of
 * Secrets Manager, only what reads a value can be missing.
 */
const UNCALLED: Readonly<Record<string, readonly string[]>> = {
  "ecs-webapp": [
    "acm",
    "ecr",
    "elasticache",
    "rds",
    "route53",
    "secretsmanager:GetSecretValue",
    "sqs",
    "ssm",
  ],
  helloapi: ["acm", "ecr", "elasticache", "route53", "secretsmanager:GetSecretValue", "sqs"],
  "lightwave-prod": ["ecr", "route53", "secretsmanager:GetSecretValue", "sqs", "ssm"],
  "pdf-excel-prod": ["ecr", "elasticache", "route53", "sqs", "ssm"],
  "realtime-platform": ["ecr", "route53", "secretsmanager:GetSecretValue", "ssm"],
};

describe.each(systems.names())("CI of %s", (name) => {
  const environment = {
    ...systems.load(name),
    account: ACCOUNT,
    ci: {
      github: { repository: "acme/shop", planFrom: ["branches" as const] },
      createProvider: true,
      own: { stacks: [], resources: [], roles: [] },
    },
  };
  const { deploy, deployBoundary, platformBoundary } = policiesOf(environment);
  // What CI may do changes nothing in what the platform's own roles may.
  const granted = rolePermissions(platformConfigs(systems.load(name)));

  it("fits into IAM's policies, with every feature on, too", () => {
    expect(() => ciConfig(hardened(environment))).not.toThrow();
    expect(permissionsOf(scopeOf(hardened(environment))).length).toBeGreaterThan(
      permissionsOf(scopeOf(environment)).length,
    );
  });

  it("can do what the commands of the deploy job do, as far as there is something to do it with", () => {
    const needed = DEPLOY_JOB.flatMap(callsOf);
    const missing = needed.filter((action) => action !== "sts:GetCallerIdentity" && !mayEver(action, deploy));
    const services = missing.map((action) =>
      action.startsWith("secretsmanager:") ? action : action.split(":")[0],
    );
    expect([...new Set(services)].sort()).toEqual(UNCALLED[name]);
  });

  it("may make and pass every role of the platform, by its name", () => {
    const roles = Object.keys(granted);
    const context = {
      "aws:RequestedRegion": environment.region,
      "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/${environment.name}-ci-platform-boundary`,
      "iam:PassedToService": "ecs-tasks.amazonaws.com",
    };
    for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole"]) {
      const refused = roles.filter(
        (name) => !isAllowed({ action, resource: role(name), context }, deploy, deployBoundary),
      );
      expect({ action, refused }).toEqual({ action, refused: [] });
    }
    expect(roles.length).toBeGreaterThan(2);
  });

  it("bounds the platform's roles by no less than they need", () => {
    const needed = Object.values(granted).flatMap((each) => Object.values(each).flat());
    expect(needed.length).toBeGreaterThan(10);
    expect(needed.filter((action) => !mayEver(action, [platformBoundary]))).toEqual([]);
  });
});

it("fits into IAM's policies with a stage's folder of parameters, and reads no other folder's", () => {
  const { web } = shopInput.services;
  const names = Array.from(
    { length: 80 },
    (_, index) => `/copilot/shop/production/secrets/SETTING_NUMBER_${index}`,
  );
  const secrets = {
    ...Object.fromEntries(names.map((ssmParameter, index) => [`SETTING_${index}`, { ssmParameter }])),
    OTHER: { ssmParameter: "/shared/mail" },
  };
  const input = { ...shopInput, ...(web && { services: { web: { ...web, secrets } } }) };
  const { deploy, deployBoundary, platformBoundary } = ciPolicies(input);
  const parameter = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${name}`;
  const looks = (name: string) =>
    isAllowed(request("ssm:GetParameter", parameter(name)), deploy, deployBoundary);
  expect(
    [names[0] ?? "", names[79] ?? "", "/shared/mail", "/shared/chat", "/copilot/shop/staging/secrets/A"].map(
      looks,
    ),
  ).toEqual([true, true, true, false, false]);
  const reads = (name: string) =>
    isAllowed(request("ssm:GetParameters", parameter(name)), [administrator], platformBoundary);
  expect([names[3] ?? "", "/shared/mail", "/shared/chat"].map(reads)).toEqual([true, true, false]);
  // Only where a service's own code reads one.
  const itself = (policies: ReturnType<typeof ciPolicies>) =>
    isAllowed(
      request("ssm:GetParameter", parameter("/shared/mail")),
      [administrator],
      policies.platformBoundary,
    );
  const told = {
    ...shopInput,
    sharedSecrets: { mail: { ssmParameter: "/shared/mail" } },
    ...(web && { services: { web: { ...web, bindings: { MAIL_ARN: "secrets.mail.arn" } as const } } }),
  };
  expect([itself(ciPolicies(input)), itself(ciPolicies(told))]).toEqual([false, true]);
});

it("reads the log-in of the database's user to deploy where a service is bound to the URL, and never to plan", () => {
  const { web } = shopInput.services;
  const reads = (bindings: NonNullable<EnvironmentInput["services"][string]["bindings"]>) => {
    const input = {
      ...shopInput,
      database: { ...shopInput.database, applicationUser: { name: "shop_app" } },
      ...(web && { services: { web: { ...web, databaseUser: "application" as const, bindings } } }),
    };
    const { plan, deploy, deployBoundary } = ciPolicies(input);
    const asked = (secret: string) =>
      request("secretsmanager:GetSecretValue", arn("secretsmanager", `secret:shop/${secret}-aBcDeF`));
    return {
      plan: isAllowed(asked("database-user"), plan),
      deploy: isAllowed(asked("database-user"), deploy, deployBoundary),
      others: isAllowed(asked("database-user-url"), deploy, deployBoundary),
    };
  };
  expect(reads({ DATABASE_URL: "database.url" })).toEqual({ plan: false, deploy: true, others: false });
  expect(reads({})).toEqual({ plan: false, deploy: false, others: false });
});

it("says once in its boundary what differs only behind the environment's name, and nothing of buckets so", () => {
  const allowed = everything.deployBoundary.Statement.flatMap(({ Effect, Resource = [] }) =>
    Effect === "Allow" ? [Resource].flat() : [],
  );
  expect(allowed).toEqual(
    expect.arrayContaining([
      "arn:aws:ecs:*:*:*/all-options*",
      "arn:aws:rds:*:*:*:all-options*",
      "arn:aws:elasticache:*:*:*:all-options*",
      "arn:aws:kms:*:*:alias/all-options*",
      "arn:aws:s3:::all-options-states/all-options/django.tfstate*",
      "arn:aws:s3:::all-options-states/all-options/security-group-rules.tfstate*",
    ]),
  );
  expect(allowed.filter((arn) => /^arn:aws:(rds|ecs|elasticache|kms):.*all-options/.test(arn))).toHaveLength(
    4,
  );
});

it.each(["rds", "db", "cluster", "alarm"])(
  "takes a name that AWS's own ARNs have, too, for a name: %s",
  (name) => {
    const { deployBoundary } = ciPolicies({ ...shopInput, name });
    const allowed = deployBoundary.Statement.flatMap(({ Effect, Resource = [] }) =>
      Effect === "Allow" ? [Resource].flat() : [],
    );
    expect(allowed).toContain(`arn:aws:rds:*:*:*:${name}*`);
    // Nothing of a whole service, or of a whole kind of resource.
    expect(allowed.filter((arn) => /^arn:aws:([\w-]*|(rds|ecs|cloudwatch):\*:\*:\w*)\*$/.test(arn))).toEqual(
      [],
    );
  },
);

it("fits into IAM's policies with the longest names, too", () => {
  const names = {
    loadBalancer: "l".repeat(32),
    cache: "c".repeat(36),
    services: { web: { targetGroup: "t".repeat(32) } },
  };
  const longest = defineEnvironment({ ...shopInput, name: "n".repeat(40), names });
  expect(() => ciConfig(longest)).not.toThrow();
});

describe("the boundary of the platform's roles, where there are backups and a key", () => {
  const may = (...each: Case) => isAllowed(request(...each), [administrator], everything.platformBoundary);
  const rds = (resource: string, region = "us-east-1") => `arn:aws:rds:${region}:${ACCOUNT}:${resource}`;
  const mine = { "aws:ResourceTag/Environment": "all-options" };
  const key = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`;
  const vault = "backup-vault:all-options-backup";
  const files = `arn:aws:elasticfilesystem:us-east-1:${ACCOUNT}:file-system/fs-1`;

  it.each<Case>([
    ["rds:DescribeDBInstances", rds("db:other")],
    ["rds:CreateDBSnapshot", rds("db:all-options"), mine],
    ["rds:CreateDBSnapshot", rds("snapshot:awsbackup:job-1")],
    ["rds:CopyDBSnapshot", rds("snapshot:awsbackup:copyjob-1", "us-west-2")],
    ["rds:DeleteDBSnapshot", rds("snapshot:awsbackup:job-1"), mine],
    ["rds:ModifyDBInstance", rds("db:all-options"), mine],
    ["backup:CopyIntoBackupVault", `arn:aws:backup:us-west-2:${ACCOUNT}:${vault}`],
    ["elasticfilesystem:Backup", files, mine],
    ["elasticfilesystem:ClientMount", files, { "elasticfilesystem:AccessPointArn": `${files}-point` }],
    ["elasticfilesystem:ClientWrite", files, { "elasticfilesystem:AccessPointArn": `${files}-point` }],
    ["kms:CreateGrant", key, { "kms:GrantIsForAWSResource": "true" }],
    ["kms:Decrypt", key, { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" }],
    ["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "AllOptions/Celery" }],
    [
      "logs:PutLogEvents",
      `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/ecs/all-options/web:log-stream:web/1`,
    ],
    [
      "logs:PutLogEvents",
      `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/vpc/all-options/flow-logs:log-stream:eni`,
    ],
  ])("lets %s on %s through", (...each) => {
    expect(may(...each)).toBe(true);
  });

  it.each<Case>([
    ["elasticfilesystem:Backup", files, { "aws:ResourceTag/Environment": "other" }],
    // Past an access point, or as root.
    ["elasticfilesystem:ClientMount", files],
    ["elasticfilesystem:ClientRootAccess", files, { "elasticfilesystem:AccessPointArn": `${files}-point` }],
    ["elasticfilesystem:DeleteFileSystem", files, mine],
    // Its password, say.
    ["rds:ModifyDBInstance", rds("db:other")],
    ["rds:CreateDBSnapshot", rds("db:other")],
    ["rds:DeleteDBSnapshot", rds("snapshot:other-final")],
    ["rds:DeleteDBSnapshot", rds("snapshot:awsbackup:job-2"), { "aws:ResourceTag/Environment": "other" }],
    ["backup:CopyIntoBackupVault", `arn:aws:backup:us-east-1:999988887777:${vault}`],
    ["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "Other/Celery" }],
    // For whomever.
    ["kms:CreateGrant", key],
    ["kms:Decrypt", key],
    ["logs:PutLogEvents", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/ecs/other/web:log-stream:web/1`],
  ])("holds %s on %s back", (...each) => {
    expect(may(...each)).toBe(false);
  });

  it("lets a key that is given be used, and no other", () => {
    const given = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b2c3d-1111-2222-3333-444455556666`;
    const { platformBoundary } = ciPolicies({ ...everythingInput, encryption: { key: given } });
    const context = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };
    const decrypts = (resource: string) =>
      isAllowed({ action: "kms:Decrypt", resource, context }, [administrator], platformBoundary);
    expect(decrypts(given)).toBe(true);
    expect(decrypts(key)).toBe(false);
  });
});

describe("the boundary of the platform's roles, where something runs by the clock", () => {
  const may = (...each: Case) => isAllowed(request(...each), [administrator], everything.platformBoundary);
  const here = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
  const cluster = { "ecs:cluster": here("ecs", "cluster/all-options") };
  const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
  const ofRole = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

  it.each<Case>([
    ["ecs:RunTask", here("ecs", "task-definition/all-options-web-clearsessions:3"), cluster],
    ["ecs:RunTask", here("ecs", "task-definition/all-options-web-clearsessions"), cluster],
    ["ecs:StopTask", here("ecs", "task/all-options/1"), cluster],
    ["ecs:ListTasks", "*", cluster],
    ["iam:PassRole", ofRole("all-options-web-task"), toTasks],
    ["states:StartExecution", here("states", "stateMachine:all-options-web-clearsessions")],
    ["sqs:SendMessage", here("sqs", "all-options-undelivered-schedules")],
  ])("lets %s on %s through", (...each) => {
    expect(may(...each)).toBe(true);
  });

  it.each<Case>([
    ["ecs:RunTask", here("ecs", "task-definition/other-web-clearsessions:3"), cluster],
    // Elsewhere, it could be let see what else runs there.
    [
      "ecs:RunTask",
      here("ecs", "task-definition/all-options-web-clearsessions:3"),
      { "ecs:cluster": "other" },
    ],
    ["ecs:StopTask", here("ecs", "task/other/1"), { "ecs:cluster": here("ecs", "cluster/other") }],
    ["iam:PassRole", ofRole("admin"), toTasks],
    ["iam:PassRole", ofRole("all-options-web-task"), { "iam:PassedToService": "lambda.amazonaws.com" }],
    ["iam:PassRole", ofRole("all-options-backup"), toTasks],
    ["states:StartExecution", here("states", "stateMachine:other-web-clearsessions")],
    ["sqs:SendMessage", here("sqs", "other-undelivered-schedules")],
    ["scheduler:CreateSchedule", here("scheduler", "schedule/all-options/x")],
  ])("holds %s on %s back", (...each) => {
    expect(may(...each)).toBe(false);
  });
});

describe("the boundary of the platform's roles", () => {
  const may = (...each: Case) => isAllowed(request(...each), [administrator], shop.platformBoundary);
  const database = { "aws:ResourceTag/aws:rds:primaryDBInstanceArn": arn("rds", "db:shop") };

  it.each<Case>([
    ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:shop/secret-key-aBcDeF")],
    ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:shared/sentry-aBcDeF")],
    ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:rds!db-1"), database],
    ["secretsmanager:DescribeSecret", arn("secretsmanager", "secret:rds!db-1"), database],
    ["secretsmanager:ListSecretVersionIds", arn("secretsmanager", "secret:rds!db-1"), database],
    ["ecs:UpdateService", arn("ecs", "service/shop/shop-web")],
    ["states:StartExecution", arn("states", "stateMachine:shop-database-restart")],
    ["elasticache:Connect", arn("elasticache", "user:shop-app")],
    ["sqs:SendMessage", arn("sqs", "shop-jobs")],
  ])("lets %s on %s through", (...each) => {
    expect(may(...each)).toBe(true);
  });

  it.each<Case>([
    ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:other/secret-key-aBcDeF")],
    ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:rds!db-2")],
    ["secretsmanager:RotateSecret", arn("secretsmanager", "secret:rds!db-1"), database],
    ["ecs:UpdateService", arn("ecs", "service/other/other-web")],
    ["states:StartExecution", arn("states", "stateMachine:other")],
    ["sqs:SendMessage", arn("sqs", "other-jobs")],
    ["iam:CreateUser", `arn:aws:iam::${ACCOUNT}:user/x`],
    ["s3:GetObject", "arn:aws:s3:::states/shop/django.tfstate"],
    ["ec2:RunInstances", "*"],
    ["sts:AssumeRole", role("admin")],
  ])("holds %s on %s back, though the deploy role give them everything", (...each) => {
    expect(may(...each)).toBe(false);
  });
});

it("puts the boundary on every role of the platform, and nowhere where there is no CI", () => {
  const folder = mkdtempSync(join(tmpdir(), "ci-access-"));
  const boundariesOf = (input: EnvironmentInput) => {
    const app = createApp({ outdir: join(folder, "cdktf.out") });
    addPlatform(app, defineEnvironment(input));
    synthesize(app, input.name);
    const text = readFileSync(join(folder, "cdktf.out", "stacks", "django", "cdk.tf.json"), "utf8");
    return resources(JSON.parse(text), "aws_iam_role").map(([, block]) => block.permissions_boundary);
  };
  try {
    const arn = `arn:aws:iam::${ACCOUNT}:policy/shop-ci-platform-boundary`;
    expect(boundariesOf(shopInput)).toEqual([arn, arn, arn, arn, arn]);
    const { ci: _none, ...without } = shopInput;
    expect(boundariesOf(without)).toEqual(Array(5).fill(undefined));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("refuses a role with more policies than IAM attaches to one, and says how many", () => {
  const policyArns = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => [`read-${index}`, `arn:aws:iam::${ACCOUNT}:policy/${index}`]),
  );
  const role = (count: number) =>
    new CiRole(new TerraformStack(Testing.app(), "ci"), "deploy", {
      name: "shop-ci-deploy",
      description: "Deploys shop from CI",
      providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
      subjects: ["repo:acme/shop:ref:refs/heads/main"],
      policyArns: Object.fromEntries(Object.entries(policyArns).slice(0, count)),
    });
  expect(() => role(10)).not.toThrow();
  expect(() => role(11)).toThrow(/shop-ci-deploy would have 11 policies, and IAM attaches 10 to one: give/);
});
