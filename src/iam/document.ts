// IAM policy documents as values: every document of the platform is written in this one form, whoever it is for.

/** Tests that a request must pass, in IAM's words: operator, key, values. All of them must hold; of a key's values, one. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Whom a statement is about: everybody, or somebody by their kind. */
export type Principal =
  | "*"
  | Readonly<Partial<Record<"AWS" | "Federated" | "Service", string | readonly string[]>>>;

interface StatementBase {
  /** Why, in letters and digits; no two of a document have the same. */
  readonly sid?: string | undefined;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny" | undefined;
  /** ARNs, or `*`. Only the trust document of a role, which is about the role itself, has none. */
  readonly resources?: readonly string[] | undefined;
  /** In documents that say who may use a resource, or become a role. */
  readonly principal?: Principal | undefined;
  /** @default - none */
  readonly conditions?: Conditions | undefined;
}

/** What somebody may do, or must not: some actions, such as `sqs:SendMessage`, or all but some. */
export type Statement = StatementBase &
  (
    | { readonly actions: readonly string[]; readonly notActions?: never }
    | { readonly notActions: readonly string[]; readonly actions?: never }
  );

/** A statement of a role's policy: it names its actions, its resources and its reason. */
export type RoleStatement = Statement & {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
};

type Texts = string | readonly string[];

/** A document as IAM takes it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: Principal;
    readonly Action?: Texts;
    readonly NotAction?: Texts;
    readonly Resource?: Texts;
    readonly Condition?: Conditions;
  }[];
}

/** The document of some statements: each says its actions once and in alphabetical order, and one alone without a list. */
export function documentOf(statements: readonly Statement[]): PolicyDocument {
  return rendered(statements, (texts) => (texts.length === 1 ? texts.join() : texts));
}

/** Characters of a managed policy, white space not counted: "IAM and AWS STS quotas". */
export const MANAGED_POLICY_LENGTH = 6144;

/**
 * Characters of a document, every list written as one: two more than IAM counts for each that is not. Which statements stand
 * in which of several policies hangs on it, and must not change where they are deployed.
 */
export function lengthOf(statements: readonly Statement[]): number {
  return JSON.stringify(rendered(statements, (texts) => texts)).length;
}

function rendered(
  statements: readonly Statement[],
  list: (texts: readonly string[]) => Texts,
): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect, principal, actions, notActions, resources, conditions }) => ({
      ...(sid !== undefined && { Sid: sid }),
      Effect: effect ?? "Allow",
      ...(principal !== undefined && { Principal: principal }),
      ...(actions && { Action: list(once(actions).sort()) }),
      ...(notActions && { NotAction: list(once(notActions).sort()) }),
      ...(resources && { Resource: list(once(resources)) }),
      ...(conditions && { Condition: conditions }),
    })),
  };
}

function once(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
