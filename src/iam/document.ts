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
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect, principal, actions, notActions, resources, conditions }) => ({
      ...(sid !== undefined && { Sid: sid }),
      Effect: effect ?? "Allow",
      ...(principal !== undefined && { Principal: principal }),
      ...(actions && { Action: oneOrMore([...actions].sort()) }),
      ...(notActions && { NotAction: oneOrMore([...notActions].sort()) }),
      ...(resources && { Resource: oneOrMore(resources) }),
      ...(conditions && { Condition: conditions }),
    })),
  };
}

function oneOrMore(texts: readonly string[]): Texts {
  const [first, ...others] = new Set(texts);
  return first !== undefined && others.length === 0 ? first : [...new Set(texts)];
}

/** Characters of a managed policy, white space not counted: "IAM and AWS STS quotas". */
export const MANAGED_POLICY_LENGTH = 6144;

/** Characters as IAM counts them. */
export function lengthOf(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}
