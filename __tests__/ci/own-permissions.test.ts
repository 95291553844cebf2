// What services say themselves that they may do: their roles can, within the boundary that CI puts on them, and no other way.
import { Testing } from "cdktf";
import { blocks } from "../../src/reachability/terraform-config";
import type { PermissionInput, ServiceInput } from "../../src/schema/input";
import { addPlatform } from "../../src/stacks/platform";
import { defineEnvironment } from "../../src/validation/define-environment";
import { type IamRequest, isAllowed } from "../support/iam-evaluator";
import { platformConfigs } from "../support/platform-configs";
import { policyDocumentIn } from "../support/policy-document";
import { ACCOUNT, ciPolicies, REGION, shopInput } from "./fixtures";

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

const small = { image: "shop/admin:1.0.0", cpu: 256, memory: 512, executeCommand: false } as const;
const CLUSTER = arn("ecs", "cluster/shop");

/** Mail from one sender, and metrics of one namespace: both services have them. */
const shared: PermissionInput[] = [
  { actions: ["ses:SendEmail"], resources: [arn("ses", "identity/example.com")] },
  {
    actions: ["cloudwatch:PutMetricData"],
    resources: ["*"],
    conditions: { StringEquals: { "cloudwatch:namespace": "Shop" } },
    reason: "IAM knows no resource for it",
  },
];

const services: Record<string, ServiceInput> = {
  admin: {
    ...small,
    permissions: [
      ...shared,
      {
        actions: ["ecs:RunTask"],
        resources: [arn("ecs", "task-definition/shop-notebook:*")],
        conditions: { ArnEquals: { "ecs:cluster": CLUSTER } },
      },
      {
        actions: ["ecs:StopTask"],
        resources: [arn("ecs", "task/shop/*")],
        conditions: { ArnEquals: { "ecs:cluster": CLUSTER } },
      },
      {
        actions: ["iam:PassRole"],
        resources: [role("notebook-execution"), role("notebook-task")],
        conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    ],
  },
  api: {
    ...small,
    permissions: [
      ...shared,
      {
        actions: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
        resources: ["flags", "environments"].map((table) => arn("dynamodb", `table/${table}`)),
      },
      { actions: ["firehose:PutRecord*"], resources: [arn("firehose", "deliverystream/usage")] },
      { actions: ["events:PutEvents"], resources: [arn("events", "event-bus/flags")] },
    ],
  },
};

const input = { ...shopInput, services: { ...shopInput.services, ...services } };
const { platformBoundary } = ciPolicies(input);
const policies = blocks(platformConfigs(defineEnvironment(input))).filter(
  ({ type }) => type === "aws_iam_role_policy",
);

/** Whether the task role of a service may, in its boundary. */
function may(
  service: string,
  action: string,
  resource: string,
  context: IamRequest["context"] = {},
): boolean {
  const policy = policies.find(({ name }) => name === `${service}_task`);
  return isAllowed(
    { action, resource, context: { "aws:RequestedRegion": REGION, ...context } },
    [policyDocumentIn(policy?.body.policy)],
    platformBoundary,
  );
}

it.each<[service: string, action: string, resource: string, context?: IamRequest["context"]]>([
  ["api", "dynamodb:PutItem", arn("dynamodb", "table/flags")],
  ["api", "firehose:PutRecordBatch", arn("firehose", "deliverystream/usage")],
  ["api", "events:PutEvents", arn("events", "event-bus/flags")],
  ["api", "ses:SendEmail", arn("ses", "identity/example.com")],
  ["admin", "cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "Shop" }],
  ["admin", "ecs:RunTask", arn("ecs", "task-definition/shop-notebook:3"), { "ecs:cluster": CLUSTER }],
  ["admin", "ecs:StopTask", arn("ecs", "task/shop/0a1b"), { "ecs:cluster": CLUSTER }],
  ["admin", "iam:PassRole", role("notebook-task"), { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
])("%s may %s on %s", (...request) => {
  expect(may(...request)).toBe(true);
});

it.each<[service: string, action: string, resource: string, context?: IamRequest["context"]]>([
  ["api", "dynamodb:PutItem", arn("dynamodb", "table/others")],
  ["api", "dynamodb:DeleteTable", arn("dynamodb", "table/flags")],
  ["api", "ecs:RunTask", arn("ecs", "task-definition/shop-notebook:3"), { "ecs:cluster": CLUSTER }],
  ["web", "ses:SendEmail", arn("ses", "identity/example.com")],
  ["admin", "cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "Others" }],
  ["admin", "ecs:RunTask", arn("ecs", "task-definition/others:1"), { "ecs:cluster": CLUSTER }],
  [
    "admin",
    "ecs:RunTask",
    arn("ecs", "task-definition/shop-notebook:3"),
    { "ecs:cluster": arn("ecs", "cluster/x") },
  ],
  ["admin", "iam:PassRole", role("administrator"), { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
  ["admin", "iam:PassRole", role("notebook-task"), { "iam:PassedToService": "lambda.amazonaws.com" }],
])("%s may not %s on %s", (...request) => {
  expect(may(...request)).toBe(false);
});

it("passes every policy of the synth", () => {
  const app = Testing.app();
  addPlatform(app, defineEnvironment(input));
  expect(app.node.validate()).toEqual([]);
});

it("says once in the boundary what several services may", () => {
  const about = platformBoundary.Statement.filter(({ Action }) => Action === "ses:SendEmail");
  expect(about).toHaveLength(1);
});

it("names the services whose permissions are too much for the boundary, and how much each adds", () => {
  const tables = (count: number, name: string) => [
    {
      actions: ["dynamodb:GetItem"],
      resources: Array.from({ length: count }, (_, index) =>
        arn("dynamodb", `table/${name}-${String(index).padStart(2, "0")}`),
      ),
    },
  ];
  const long = {
    ...shopInput,
    services: {
      ...shopInput.services,
      admin: { ...small, permissions: tables(40, "admin") },
      api: { ...small, permissions: tables(40, "api") },
    },
  };
  // 40 ARNs of 56 and 54 characters, with quotes and commas between them, and what stands around.
  expect(() => ciPolicies(long)).toThrow(
    /shop-ci-platform-boundary would have \d{4} characters, and IAM takes 6144\. Shorten the permissions of services \(characters: admin 23\d\d, api 22\d\d\)/,
  );
});
