// What a service may do in AWS beyond what the platform gives it: statements of its role's policy, and what none of them may say.
import { z } from "zod";
import { section, unique } from "./fields";
import { reason } from "./policies";

/** One action, or those whose names begin alike. */
export const action = z
  .string()
  .regex(
    /^[a-z0-9-]+:[A-Z][A-Za-z0-9]*\*?$/,
    "Write a service and one of its actions, such as s3:PutObject; a * may stand at the end of a name that has begun.",
  );

export const arnOrAll = z
  .string()
  .regex(
    /^(\*|arn:aws:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:\S+)$/,
    'Write an ARN, or "*" where IAM knows no resource.',
  );

/** "IAM JSON policy elements: Condition operators", IAM user guide. */
const operator = z
  .string()
  .regex(
    /^(ForA(llValues|nyValue):)?(String(Not)?(Equals(IgnoreCase)?|Like)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/,
    "Write an operator of IAM's, such as StringEquals.",
  );

const conditionKey = z
  .string()
  .regex(/^[a-z0-9-]+:[A-Za-z0-9:/_.@-]+$/, "Write a condition key, such as cloudwatch:namespace.");

/** Also in characters that JSON would write longer than they are. */
const conditionValue = z.string().regex(/^[\x20-\x7e]+$/, "Write at least one character, all of them ASCII.");

const permissionFields = section({
  /** The actions, such as `dynamodb:PutItem`. */
  actions: z.array(action).min(1, "Name at least one action.").refine(unique, "Name each action once."),
  /** What they are for: ARNs, in which `*` stands for what only AWS or the application knows. */
  resources: z
    .array(arnOrAll)
    .min(1, "Name at least one resource.")
    .refine(unique, "Name each resource once."),
  /** Tests that a request has to pass, as IAM writes them: operator, key, values. Default: none. */
  conditions: z
    .record(
      operator,
      z.record(
        conditionKey,
        z.union([conditionValue, z.array(conditionValue).min(1)], "Write a text, or a list of them."),
      ),
    )
    .optional(),
  /** Why the service needs it; asked for where it is for every resource. Default: nothing. */
  reason: reason.optional(),
});

export type Permission = z.output<typeof permissionFields>;

export const permission = permissionFields.superRefine((value, context) => {
  for (const { path, message } of [...tooWide(value), ...aboutRoles(value)]) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Every resource, or every one of a service. */
function isEverything(resource: string): boolean {
  return /^\*+$|^arn:([^:]*:){4}[*?:/]*$/.test(resource);
}

function tooWide({ actions, resources, reason: why }: Permission): Issue[] {
  if (!resources.some(isEverything)) {
    return [];
  }
  return [
    ...actions.flatMap((one, index) =>
      one.endsWith("*")
        ? [{ path: ["actions", index], message: "Write each action out: these are for every resource." }]
        : [],
    ),
    ...(why === undefined
      ? [{ path: ["reason"], message: "Say why it is for every resource: that IAM knows none for it, say." }]
      : []),
  ];
}

/** Whoever may do these has, by way of a role, what the role has. */
const PASS = "iam:PassRole";
const ASSUME = "sts:AssumeRole";

/** What only looks: "Actions, resources, and condition keys for AWS Identity and Access Management". */
const LOOKING = /^iam:(Get|List|Simulate)/;

function aboutRoles({ actions, resources, conditions = {} }: Permission): Issue[] {
  // What is no action at all is refused already.
  const includes = (one: string, other: string) =>
    one === other || (one.includes(":") && one.endsWith("*") && other.startsWith(one.slice(0, -1)));
  const named = resources.every((resource) => /^arn:aws:iam::\d{12}:role\/[^*?]+$/.test(resource));
  const passes = actions.some((one) => includes(one, PASS));
  const toService = ["StringEquals", "StringLike"].some(
    (one) => conditions[one]?.["iam:PassedToService"] !== undefined,
  );
  return [
    ...actions.flatMap((one, index) =>
      one.startsWith("iam:") && one !== PASS && !LOOKING.test(one)
        ? [
            {
              path: ["actions", index],
              message: `Remove it: a service that changes roles could give itself anything. It may look (iam:Get..., iam:List...), and ${PASS}.`,
            },
          ]
        : [],
    ),
    ...(!named && actions.some((one) => includes(one, PASS) || includes(one, ASSUME))
      ? [
          {
            path: ["resources"],
            message: `Name each role by its ARN, without *, for ${PASS} and ${ASSUME}, in a statement of their own.`,
          },
        ]
      : []),
    ...(passes && !toService
      ? [
          {
            path: ["conditions"],
            message: `Say which service gets the role: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }.`,
          },
        ]
      : []),
  ];
}
