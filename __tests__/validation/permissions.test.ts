// What no service may say of its own permissions, and how much of them IAM has room for: all of it refused at once.
import { problemsIn } from "../support/problems";

const worker = { image: "shop/worker:1", cpu: 256, memory: 512 };
const ACCOUNT = "111122223333";
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/flags`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/notebook`;
const toTasks = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };

const problemsOf = (services: object, others: object = {}) =>
  problemsIn({
    name: "shop",
    region: "eu-west-1",
    account: ACCOUNT,
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services,
    ...others,
  }).map(({ path, value, remedy }) => `${path}: ${value} ${remedy}`);

const saying = (...permissions: readonly object[]) =>
  problemsOf({ worker: { ...worker, permissions } }).map((text) =>
    text.replace("services.worker.permissions", ""),
  );

it.each<[what: string, statement: object]>([
  ["actions on one table", { actions: ["dynamodb:GetItem", "dynamodb:Batch*"], resources: [TABLE] }],
  [
    "an action that knows no resource, with the reason",
    { actions: ["cloudwatch:PutMetricData"], resources: ["*"], reason: "IAM knows no resource" },
  ],
  [
    "two roles that are passed to tasks",
    { actions: ["iam:PassRole"], resources: [ROLE], conditions: toTasks },
  ],
  ["a role that it becomes", { actions: ["sts:AssumeRole"], resources: [ROLE] }],
  ["a look at a role", { actions: ["iam:GetRole"], resources: [ROLE] }],
  [
    "conditions with several values",
    {
      actions: ["dynamodb:GetItem"],
      resources: [TABLE],
      conditions: {
        "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["a", "b"] },
        Bool: { "aws:SecureTransport": "true" },
      },
    },
  ],
])("takes %s", (_, statement) => {
  expect(saying(statement)).toEqual([]);
});

it.each<[what: string, statement: object, problems: readonly (string | RegExp)[]]>([
  [
    "every action",
    { actions: ["*"], resources: [TABLE] },
    [/^\[0\]\.actions\[0\]: "\*" Write a service and one of its actions/],
  ],
  [
    "all of a service",
    { actions: ["dynamodb:*"], resources: [TABLE] },
    [/^\[0\]\.actions\[0\]: .* Write a service/],
  ],
  [
    "every resource without a reason",
    { actions: ["dynamodb:GetItem"], resources: ["*"] },
    ["[0].reason: (nothing) Say why it is for every resource: that IAM knows none for it, say."],
  ],
  [
    "every resource of a service, without a reason and with a wildcard",
    { actions: ["dynamodb:Get*"], resources: [`arn:aws:dynamodb:eu-west-1:${ACCOUNT}:*`] },
    [
      '[0].actions[0]: "dynamodb:Get*" Write each action out: these are for every resource.',
      "[0].reason: (nothing) Say why it is for every resource: that IAM knows none for it, say.",
    ],
  ],
  [
    "any role to pass",
    { actions: ["iam:PassRole"], resources: [`arn:aws:iam::${ACCOUNT}:role/*`], conditions: toTasks },
    [/^\[0\]\.resources: .* Name each role by its ARN, without \*, for iam:PassRole and sts:AssumeRole/],
  ],
  [
    "a role to pass to any service",
    { actions: ["iam:PassRole"], resources: [ROLE] },
    [/^\[0\]\.conditions: .* Say which service gets the role/],
  ],
  [
    "a role to pass, where it is passed to a service at all",
    {
      actions: ["iam:PassRole"],
      resources: [ROLE],
      conditions: { StringEqualsIfExists: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    [/^\[0\]\.conditions: .* Say which service gets the role/],
  ],
  [
    "passing by a name that has only begun",
    { actions: ["iam:Pass*"], resources: [ROLE], conditions: toTasks },
    [/^\[0\]\.actions\[0\]: "iam:Pass\*" Remove it: a service that changes roles/],
  ],
  [
    "changing roles",
    { actions: ["iam:AttachRolePolicy"], resources: [ROLE] },
    [
      /^\[0\]\.actions\[0\]: "iam:AttachRolePolicy" Remove it: a service that changes roles could give itself anything/,
    ],
  ],
  [
    "becoming any role",
    { actions: ["sts:Assume*"], resources: [`arn:aws:iam::${ACCOUNT}:role/*`] },
    [/^\[0\]\.resources: .* Name each role by its ARN/],
  ],
  [
    "an operator that IAM does not have",
    { actions: ["dynamodb:GetItem"], resources: [TABLE], conditions: { StringEqual: { "aws:a": "b" } } },
    [/StringEqual.*Write an operator of IAM's, such as StringEquals/],
  ],
  [
    "a variable of IAM's, which Terraform would read as its own",
    { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/${aws:username}/*"] },
    [/^\[0\]\.resources\[0\]: .* Write it without "\$\{"/],
  ],
])("refuses %s", (_, statement, problems) => {
  expect(saying(statement)).toEqual(
    problems.map((problem) => (typeof problem === "string" ? problem : expect.stringMatching(problem))),
  );
});

it("has no word for all actions but some", () => {
  const [first] = saying({ notActions: ["iam:GetRole"], resources: [ROLE] });
  expect(first).toBe('[0].notActions: ["iam:GetRole"] Unknown field "notActions"; did you mean "actions"?');
});

/** So many ARNs of 62 characters, with quotes and a comma 65. */
const tables = (count: number) =>
  Array.from({ length: count }, (_, index) => `${TABLE}-of-a-long-name-${String(index).padStart(3, "0")}`);

it("says which statements of a service are too long for its role", () => {
  const permissions = [
    { actions: ["dynamodb:GetItem"], resources: tables(10) },
    { actions: ["dynamodb:PutItem"], resources: tables(140) },
  ];
  expect(problemsOf({ worker: { ...worker, permissions } })).toEqual([
    expect.stringMatching(
      /^services\.worker\.permissions: .* Shorten \[1\] \(\d{5}\), \[0\] \(\d{3}\): they have \d{5} characters, and the role has room for 8740/,
    ),
  ]);
});

it("says that services together are too long for the boundary that ci makes, once, with what each adds", () => {
  const permissions = [{ actions: ["dynamodb:GetItem"], resources: tables(60) }];
  const services = {
    a: { ...worker, permissions },
    b: { ...worker, permissions: [{ ...permissions[0], actions: ["dynamodb:PutItem"] }] },
  };
  const ci = { ci: { github: { repository: "acme/shop" } }, state: { backend: "none" } };
  expect(problemsOf(services)).toEqual([]);
  expect(problemsOf(services, ci)).toEqual([
    expect.stringMatching(
      /^services: .* would hold \d{4} characters of them alone, and IAM takes 6144 \(a \d{4}, b \d{4}\)/,
    ),
  ]);
});
