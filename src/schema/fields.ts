// The schema's small parts: the one way to declare an object, and the kinds of values that several sections share.
import { z } from "zod";
import { CIDR_BLOCK, cidrProblem } from "./cidr";
import { RULE_DESCRIPTION_LENGTH, RULE_DESCRIPTION_PATTERN } from "./limits";

/**
 * An object that takes these fields and no others. The message on unknown ones is for the code that words it: the known
 * fields, one a line.
 */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join("\n") : undefined),
  });
}

/** The settings of something that `false` switches off. */
export function switchable<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.union(
    [z.literal(false), section(shape)],
    `Write false to switch it off, or its settings: { ${Object.keys(shape).join(", ")} }.`,
  );
}

/** What a number counts, for the fields that are one: the page of all fields says it. */
export const units = z.registry<{ readonly unit: string }>();

/** Whether no value is listed twice. */
export function unique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** A key by which the environment refers to one of its own parts: a service, say. */
export const identifier = z
  .string()
  .max(64, "Use 64 characters at most.")
  .regex(
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    "Use lower-case letters, digits and hyphens, starting with a letter.",
  );

/** Regions of the partitions besides `aws`: China's, GovCloud's and the isolated ones. */
const OTHER_PARTITION = /^(cn|us-gov|[a-z]{2}-iso[a-z]*)-/;

const REGION = "Write a region such as us-east-1.";

/** An AWS region. */
export const regionName = z
  .string(REGION)
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, REGION)
  .refine(
    (region) => !OTHER_PARTITION.test(region),
    "Choose a region of the commercial partition: ARNs are written for `aws` alone.",
  );

/** The ARN of a KMS key itself: an alias may move to another key. */
export const KMS_KEY_ARN = /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]+$/;

/** The name of an environment variable, as shells take it. */
export const variableName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    "Name an environment variable in letters, digits and underscores, and no digit first.",
  );

/** An IPv4 CIDR block in its canonical form. */
export const cidrBlock = z.string(CIDR_BLOCK).superRefine((value, context) => {
  const problem = cidrProblem(value);
  if (problem) {
    context.addIssue({ code: "custom", message: problem, input: value });
  }
});

/** A TCP or UDP port. */
export const portNumber = z
  .int("Give a port from 1 to 65535.")
  .min(1, "Give a port from 1 to 65535.")
  .max(65535, "Give a port from 1 to 65535.");

/**
 * A secret in Secrets Manager: its name, or its whole ARN. What ECS would take as part of an ARN (a JSON key, a version) has
 * fields of its own, or none.
 */
export const secretName = z
  .string()
  .regex(/^(?!arn:[a-z-]*:ssm:)/, "Name a secret in Secrets Manager: a parameter of Systems Manager is none.")
  .regex(
    /^(?!arn:[a-z-]*:secretsmanager:([^:]*:){4}[^:]*:)/,
    "Write the ARN up to the secret's name: a key within its JSON goes into jsonKey, and its version is always the current one.",
  )
  .regex(
    /^([a-zA-Z0-9/_+=.@-]{1,512}|arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[a-zA-Z0-9/_+=.@-]{1,519})$/,
    "Write the secret's name, in letters, digits and / _ + = . @ -, or its ARN.",
  );

/**
 * A parameter of Parameter Store: its name, or its whole ARN. One of a version or a label is no name: ECS reads the current value.
 * PutParameter API reference, "Name": 1,011 characters with the ARN before them, fifteen levels.
 */
export const parameterName = z
  .string()
  .max(1011, "Use 1011 characters at most.")
  .regex(
    /^(?!(arn:aws:ssm:[a-z0-9-]+:\d{12}:parameter)?\/?([aA][wW][sS]|[sS][sS][mM]))((arn:aws:ssm:[a-z0-9-]+:\d{12}:parameter)?(\/[a-zA-Z0-9_.-]+){1,15}|[a-zA-Z0-9_.-]+)$/,
    "Write the parameter's name, in letters, digits and _ . - between slashes, such as /shop/prod/API_KEY, or its ARN; one that begins " +
      "with aws or ssm is nobody's to make.",
  );

const DOMAIN_NAME = "Write a DNS name in lower case, such as api.example.com.";

/** A DNS name such as `api.example.com`. */
export const domainName = z
  .string(DOMAIN_NAME)
  .max(253)
  .regex(/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, DOMAIN_NAME);

/** A whole number within bounds, both included. */
export function wholeNumber(minimum: number, maximum: number, unit: string) {
  const message = `Give a whole number of ${unit} from ${minimum} to ${maximum}.`;
  return z.int(message).min(minimum, message).max(maximum, message).register(units, { unit });
}

/** A port, or a range of ports with both ends included. */
export const portOrRange = z.union(
  [
    portNumber,
    section({
      /** The first port. */
      from: portNumber,
      /** The last port. */
      to: portNumber,
    }).refine(({ from, to }) => from <= to, "Write from <= to."),
  ],
  "Write a port from 1 to 65535, or { from, to }.",
);

/** A port, or a range of ports, as an environment file writes it. */
export type PortOrRange = z.output<typeof portOrRange>;

/** Why a rule exists, in characters that EC2 takes. */
export const ruleDescription = z
  .string()
  .max(RULE_DESCRIPTION_LENGTH, `Use ${RULE_DESCRIPTION_LENGTH} characters at most.`)
  .regex(
    RULE_DESCRIPTION_PATTERN,
    "Say why, in letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *",
  );
