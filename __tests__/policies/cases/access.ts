// Stacks for the policies on roles, and on what resources say about who may use them.
import type { JsonObject } from "../../../src/reachability/terraform-config";
import { document, type PolicyCases } from "./policy-case";

const POLICY = "aws_iam_role_policy.web";

/** What a role may do, as JSON. */
function may(statement: JsonObject): JsonObject {
  return {
    resource: { aws_iam_role_policy: { web: { policy: document({ Effect: "Allow", ...statement }) } } },
  };
}

/** What a role may do, as the data source. */
function mayByData(statement: JsonObject, others: JsonObject = {}): JsonObject {
  return {
    data: { aws_iam_policy_document: { web: { statement: [statement], ...others } } },
    resource: { aws_iam_role_policy: { web: { policy: "${data.aws_iam_policy_document.web.json}" } } },
  };
}

function trust(statement: JsonObject): JsonObject {
  const text = document({ Effect: "Allow", Action: "sts:AssumeRole", ...statement });
  return { resource: { aws_iam_role: { web: { assume_role_policy: text } } } };
}

function bucketPolicy(statement: JsonObject): JsonObject {
  const text = document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement });
  return { resource: { aws_s3_bucket_policy: { web: { policy: text } } } };
}

function services(roles: Readonly<Record<string, JsonObject>>): JsonObject {
  const each = (body: (name: string) => JsonObject): JsonObject =>
    Object.fromEntries(Object.keys(roles).map((name) => [name, body(name)]));
  return {
    resource: {
      aws_ecs_service: each((name) => ({ task_definition: `\${aws_ecs_task_definition.${name}.arn}` })),
      aws_ecs_task_definition: each((name) => roles[name] ?? {}),
    },
  };
}

const role = (name: string) => `\${aws_iam_role.${name}.arn}`;
const EVERYBODY = "It lets everybody become the role";
const KNOWN = "It lets everybody whom the provider knows become the role";
const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const SUBJECT = "token.actions.githubusercontent.com:sub";

export const accessCases: PolicyCases = {
  "no-admin-policies": {
    fires: [
      [may({ Action: "*", Resource: "*" }), [POLICY, "It allows * on every resource"]],
      [
        may({ Action: ["s3:GetObject", "ec2:*"], Resource: ["arn:aws:s3:::a/*", "*"] }),
        [POLICY, "It allows ec2:* on every resource"],
      ],
      [may({ Action: "s3:*", Resource: "arn:aws:s3:::*" }), [POLICY, "It allows s3:* on every resource"]],
      [
        may({ NotAction: "iam:*", Resource: "*" }),
        [POLICY, "It allows every action but iam:* on every resource"],
      ],
      [
        may({ Action: "ec2:*", NotResource: "arn:aws:ec2:::instance/a" }),
        [POLICY, "It allows ec2:* on every resource"],
      ],
      [may({ Action: "ec2:*", Resource: "${var.unset}" }), [POLICY, "It allows ec2:* on every resource"]],
      [may({ Action: "${var.unset}", Resource: "*" }), [POLICY, "It allows ${var.unset} on every resource"]],
      [mayByData({ actions: ["sqs:*"], resources: ["*"] }), [POLICY, "It allows sqs:* on every resource"]],
      [
        mayByData(
          { actions: ["sqs:SendMessage"], resources: ["*"] },
          { source_policy_documents: [document({ Effect: "Allow", Action: "*", Resource: "*" })] },
        ),
        [POLICY, "It allows * on every resource"],
      ],
      [
        {
          data: { aws_iam_policy_document: { web: { dynamic: { statement: {} } } } },
          resource: { aws_iam_role_policy: { web: { policy: "${data.aws_iam_policy_document.web.json}" } } },
        },
        [POLICY, "Its policy document cannot be read before a deployment"],
      ],
      [
        { resource: { aws_iam_role: { web: { dynamic: { inline_policy: {} } } } } },
        ["aws_iam_role.web", "Its policy document cannot be read before a deployment"],
      ],
      [
        { resource: { aws_iam_user_policy: { web: { policy: "${file(var.path)}" } } } },
        ["aws_iam_user_policy.web", "Its policy document cannot be read before a deployment"],
      ],
      [
        {
          resource: {
            aws_iam_role: {
              web: { inline_policy: [{ policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) }] },
            },
          },
        },
        ["aws_iam_role.web", "It allows * on every resource"],
      ],
      [
        {
          resource: {
            aws_iam_role: { web: { managed_policy_arns: ["arn:aws:iam::aws:policy/PowerUserAccess"] } },
            aws_iam_role_policy_attachment: {
              web: { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
            },
          },
        },
        ["aws_iam_role_policy_attachment.web", "It attaches arn:aws:iam::aws:policy/AdministratorAccess"],
        ["aws_iam_role.web", "It attaches arn:aws:iam::aws:policy/PowerUserAccess"],
      ],
      [
        {
          resource: {
            aws_iam_role: { web: { permissions_boundary: "${aws_iam_policy.wide.arn}" } },
            aws_iam_role_policy_attachment: { web: { policy_arn: "${aws_iam_policy.wide.arn}" } },
            aws_iam_policy: {
              wide: { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) },
            },
          },
        },
        ["aws_iam_policy.wide", "It allows * on every resource"],
      ],
    ],
    silent: [
      may({ Action: ["ecr:GetAuthorizationToken", "ec2:Describe*"], Resource: "*" }),
      may({ Action: "s3:*", Resource: ["arn:aws:s3:::logs", "${aws_s3_bucket.a.arn}/*"] }),
      may({ Action: "sqs:*", Resource: "${aws_sqs_queue.a.arn}" }),
      may({ Effect: "Deny", Action: "*", Resource: "*" }),
      mayByData({ effect: "Deny", actions: ["*"], resources: ["*"] }),
      {
        resource: {
          aws_iam_role_policy_attachment: {
            web: { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
          },
        },
      },
      {
        resource: {
          aws_iam_role: { web: { permissions_boundary: "${aws_iam_policy.boundary.arn}" } },
          aws_iam_policy: {
            boundary: { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) },
          },
        },
      },
    ],
  },
  "pass-role-narrow": {
    fires: [
      [may({ Action: "iam:PassRole", Resource: "*" }), [POLICY, "It lets any role be passed"]],
      [
        may({
          Action: ["iam:PassRole"],
          Resource: "arn:aws:iam::123456789012:role/*",
          Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        }),
        [POLICY, "It lets any role be passed to some services"],
      ],
    ],
    silent: [
      may({ Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/web-*" }),
      may({ Action: "iam:GetRole", Resource: "*" }),
    ],
  },
  "roles-separate": {
    fires: [
      [
        services({ web: { execution_role_arn: role("one"), task_role_arn: role("one") } }),
        ["aws_ecs_task_definition.web", "Its execution role is its task role, too"],
      ],
      [
        services({ web: { task_role_arn: role("one") }, api: { task_role_arn: role("one") } }),
        ["aws_ecs_service.api", "It shares the role aws_iam_role.one with aws_ecs_service.web"],
      ],
      [
        services({ web: { task_role_arn: role("one") }, api: { execution_role_arn: role("one") } }),
        ["aws_ecs_service.api", "It shares the role aws_iam_role.one with aws_ecs_service.web"],
      ],
      [
        { resource: { aws_ecs_service: { web: { task_definition: "web:7" } } } },
        ["aws_ecs_service.web", "The roles of its task definition cannot be read before a deployment"],
      ],
    ],
    silent: [
      services({
        web: { execution_role_arn: role("a"), task_role_arn: role("b") },
        api: { execution_role_arn: role("c"), task_role_arn: role("d") },
      }),
    ],
  },
  "role-trust-narrow": {
    fires: [
      [trust({ Principal: "*" }), ["aws_iam_role.web", EVERYBODY]],
      [trust({ Principal: { AWS: ["*"] } }), ["aws_iam_role.web", EVERYBODY]],
      [trust({ NotPrincipal: { AWS: "123456789012" } }), ["aws_iam_role.web", EVERYBODY]],
      [trust({ Principal: { Federated: PROVIDER } }), ["aws_iam_role.web", KNOWN]],
      [
        trust({
          Principal: { Federated: PROVIDER },
          Condition: { StringLike: { [SUBJECT]: ["repo:me/app:*", "repo:*"] } },
        }),
        ["aws_iam_role.web", KNOWN],
      ],
      [
        { resource: { aws_iam_role: { web: { assume_role_policy: "${file(var.path)}" } } } },
        ["aws_iam_role.web", "Its policy document cannot be read before a deployment"],
      ],
    ],
    silent: [
      trust({ Principal: { Service: "ecs-tasks.amazonaws.com" } }),
      trust({
        Principal: { Federated: PROVIDER },
        Condition: { StringEquals: { [SUBJECT]: "repo:me/app:ref:refs/heads/main" } },
      }),
      trust({ Effect: "Deny", Principal: "*" }),
    ],
  },
  "resource-policies-narrow": {
    fires: [
      [bucketPolicy({ Principal: "*" }), ["aws_s3_bucket_policy.web", "Its policy lets everybody in"]],
      [
        {
          data: {
            aws_iam_policy_document: {
              web: { statement: { actions: ["sqs:*"], principals: { type: "AWS", identifiers: ["*"] } } },
            },
          },
          resource: { aws_sqs_queue: { web: { policy: "${data.aws_iam_policy_document.web.json}" } } },
        },
        ["aws_sqs_queue.web", "Its policy lets everybody in"],
      ],
      [
        bucketPolicy({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
        ["aws_s3_bucket_policy.web", "Its policy lets everybody in"],
      ],
    ],
    silent: [
      bucketPolicy({ Principal: { Service: "logging.s3.amazonaws.com" } }),
      bucketPolicy({ Effect: "Deny", Principal: "*" }),
      bucketPolicy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
    ],
  },
};
