// Single changes of a composed app that let somebody at what it stores, or let a role do more than it should: a bucket's settings,
// its policy, statements of a role. `own` is a stack that a team adds.
import type { OpeningEdit } from "./opening-edits";
import type { MutableConfigs } from "./random-edits";

type Body = { [key: string]: unknown };

/** The resources of one type in the platform's stack. */
function resources(configs: MutableConfigs, type: string): Record<string, Body> {
  const django = (configs as Record<string, { resource?: Record<string, Record<string, Body>> }>).django;
  const found = django?.resource?.[type];
  if (found === undefined) throw new Error(`There is no ${type}.`);
  return found;
}

function resource(configs: MutableConfigs, type: string, name: string): Body {
  const found = resources(configs, type)[name];
  if (found === undefined) throw new Error(`There is no ${type}.${name}.`);
  return found;
}

/** Adds `type.added` to the team's stack. */
function add(configs: MutableConfigs, type: string, body: Body): void {
  const own = (configs as Record<string, Body>).own;
  if (own === undefined) throw new Error("There is no stack of the team's own.");
  own.resource = { ...Object(own.resource), [type]: { added: body } };
}

const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

function edit(kind: string, what: string, apply: OpeningEdit["apply"]): OpeningEdit {
  return { kind, what, apply };
}

const BUCKET = "a bucket that is not private any more";
const BLOCK = "aws_s3_bucket_public_access_block";

const bucketSettings: readonly OpeningEdit[] = [
  edit(BUCKET, "no block", (configs) => {
    delete resources(configs, BLOCK).media;
  }),
  edit(BUCKET, "the block of another bucket", (configs) => {
    resource(configs, BLOCK, "media").bucket = "${aws_s3_bucket.scratch.id}";
  }),
  ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].flatMap(
    (way) =>
      [false, "${var.open}", undefined].map((value) =>
        edit(BUCKET, `${way} ${value}`, (configs) => {
          resource(configs, BLOCK, "media")[way] = value;
        }),
      ),
  ),
  ...["public-read", "public-read-write", "authenticated-read", "${var.acl}"].map((acl) =>
    edit(BUCKET, `the ACL ${acl}`, (configs) =>
      add(configs, "aws_s3_bucket_acl", { bucket: "all-options-media-123456789012", acl }),
    ),
  ),
  edit(BUCKET, "a second bucket without settings", (configs) =>
    add(configs, "aws_s3_bucket", { bucket: "second" }),
  ),
  edit(BUCKET, "not encrypted by its configuration", (configs) => {
    delete resources(configs, "aws_s3_bucket_server_side_encryption_configuration").media;
  }),
];

const POLICY = "a bucket's policy";
const ARN = "arn:aws:s3:::all-options-media-123456789012";
const DENIAL = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const READ = { Effect: "Allow", Action: "s3:GetObject", Resource: `${ARN}/*` };

const bucketPolicies: readonly OpeningEdit[] = Object.entries({
  "everybody reads": document(DENIAL, { ...READ, Principal: "*" }),
  "every account reads": document(DENIAL, { ...READ, Principal: { AWS: "*" } }),
  "all but one read": document(DENIAL, {
    ...READ,
    NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" },
  }),
  "everybody reads over TLS": document(DENIAL, {
    ...READ,
    Principal: "*",
    Condition: { Bool: { "aws:SecureTransport": "true" } },
  }),
  "everybody reads from a page": document(DENIAL, {
    ...READ,
    Principal: "*",
    Condition: { StringLike: { "aws:Referer": "https://shop.example.com/*" } },
  }),
  "plain HTTP is not refused": document({
    ...DENIAL,
    Principal: { AWS: "arn:aws:iam::123456789012:root" },
  }),
  "plain HTTP is refused for reading alone": document({ ...DENIAL, Action: "s3:GetObject" }),
  "what nobody can read": "${var.policy}",
}).map(([what, policy]) =>
  edit(POLICY, what, (configs) => {
    resource(configs, "aws_s3_bucket_policy", "media").policy = policy;
  }),
);

const ROLE = "a role that may do too much";

const statements: readonly OpeningEdit[] = Object.entries({
  "everything on everything": { Action: "*", Resource: "*" },
  "all of S3 on everything": { Action: "s3:*", Resource: "*" },
  "all of S3 on all of S3": { Action: ["s3:*"], Resource: "arn:aws:s3:::*" },
  "all but IAM": { NotAction: "iam:*", Resource: "*" },
  "all but one resource": { Action: "dynamodb:*", NotResource: "arn:aws:dynamodb:*:*:table/x" },
  "any role to pass": { Action: "iam:PassRole", Resource: "*" },
  "any role of the account to pass": {
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::123456789012:role/*",
    Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
  },
}).flatMap(([what, statement]) => {
  const policy = document({ Effect: "Allow", ...statement });
  return [
    edit(ROLE, `${what}, of a service`, (configs) => {
      resource(configs, "aws_iam_role_policy", "web_task").policy = policy;
    }),
    edit(ROLE, `${what}, added to a service's`, (configs) =>
      add(configs, "aws_iam_role_policy", { role: "all-options-web-task", policy }),
    ),
  ];
});

export const ACCESS_EDITS: readonly OpeningEdit[] = [
  ...bucketSettings,
  ...bucketPolicies,
  ...statements,
  edit(ROLE, "all, by a policy of AWS's", (configs) =>
    add(configs, "aws_iam_role_policy_attachment", {
      role: "all-options-web-task",
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  ),
];
