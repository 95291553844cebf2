// Decides as IAM does ("Policy evaluation logic", IAM user guide) whether policies and a boundary let a request through: the
// emulator judges neither conditions, nor resources, nor boundaries.

import type { PolicyDocument } from "../../src/iam/document";

/** A request, with what IAM knows of it. */
export interface IamRequest {
  /** Such as `rds:DeleteDBInstance`. */
  readonly action: string;
  /** The ARN of one resource; `*` where the action knows none. A request about several is asked about each. */
  readonly resource: string;
  /** Condition keys and their values. A key that is not here is not in the request. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

type Texts = string | readonly string[];

type Statement = PolicyDocument["Statement"][number];
/** What an evaluation looks at of a document. */
type Document = Pick<PolicyDocument, "Statement">;

/** Whether a role with these policies, and this boundary if it has one, may make the request. */
export function isAllowed(request: IamRequest, policies: readonly Document[], boundary?: Document): boolean {
  const applies = (effect: Statement["Effect"], documents: readonly Document[]) =>
    documents.some(({ Statement }) =>
      Statement.some((statement) => statement.Effect === effect && matches(statement, request)),
    );
  return (
    !applies("Deny", boundary ? [...policies, boundary] : policies) &&
    applies("Allow", policies) &&
    (boundary === undefined || applies("Allow", [boundary]))
  );
}

/** Whether some request with this action could get through, whatever its resource: a role's actions as a whole. */
export function mayEver(action: string, documents: readonly Document[]): boolean {
  return documents.some(({ Statement }) =>
    Statement.some((statement) => statement.Effect === "Allow" && isAboutAction(statement, action)),
  );
}

function matches(statement: Statement, { action, resource, context = {} }: IamRequest): boolean {
  const { Resource = "*", Condition = {} } = statement;
  return (
    isAboutAction(statement, action) &&
    list(Resource).some((pattern) => like(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, list(values), context[key])),
    )
  );
}

function isAboutAction({ Action = [], NotAction }: Statement, action: string): boolean {
  const names = (patterns: Texts) =>
    list(patterns).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? names(Action) : !names(NotAction);
}

/** Throws for an operator that no policy here uses: a test must not pass because nobody has taught it one. */
function holds(operator: string, values: readonly string[], actual: Texts | undefined): boolean {
  const given = actual === undefined ? [] : list(actual);
  const some = (test: (pattern: string, value: string) => boolean) =>
    given.some((value) => values.some((pattern) => test(pattern, value)));
  switch (operator) {
    case "StringEquals":
    case "Bool":
      return some((pattern, value) => pattern === value);
    case "StringEqualsIfExists":
      return actual === undefined || some((pattern, value) => pattern === value);
    case "StringNotEquals":
      return !some((pattern, value) => pattern === value);
    case "StringLike":
    // "ArnEquals and ArnLike behave identically": "IAM JSON policy elements: Condition operators".
    case "ArnEquals":
    case "ArnLike":
      return some(like);
    case "ForAllValues:StringEquals":
      return given.every((value) => values.includes(value));
    case "ForAllValues:StringLike":
    case "ForAllValues:ArnLike":
      return given.every((value) => values.some((pattern) => like(pattern, value)));
    case "Null":
      return values.includes(String(actual === undefined));
    default:
      throw new Error(`The evaluator does not know ${operator}.`);
  }
}

function list(texts: Texts): readonly string[] {
  return typeof texts === "string" ? [texts] : texts;
}

/** Thousands of requests are held against a few hundred patterns. */
const expressions = new Map<string, RegExp>();

function like(pattern: string, text: string): boolean {
  const expression = expressions.get(pattern) ?? toExpression(pattern);
  expressions.set(pattern, expression);
  return expression.test(text);
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}
