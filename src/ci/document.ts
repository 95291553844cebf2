// IAM's documents as values, within what AWS takes.
import type { Conditions, Grant, Scope } from "./grant";
import { tagConditions } from "./grant";

/** A statement as IAM writes it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

export interface Document {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Characters of a managed policy, white space not counted: "IAM and AWS STS quotas". */
export const MANAGED_POLICY_LENGTH = 6144;

export function document(statements: readonly Statement[]): Document {
  return { Version: "2012-10-17", Statement: statements };
}

/** A statement that says each thing once, in alphabetical order; without a `Sid` where room is short. */
export function allow(
  sid: string | undefined,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Conditions,
): Statement {
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: "Allow",
    Action: [...new Set(actions)].sort(),
    Resource: [...new Set(resources)].sort(),
    ...(conditions && { Condition: conditions }),
  };
}

/** Grants as they stand, in as few documents as hold them. */
export function grantDocuments(grants: readonly Grant[], scope: Scope): Document[] {
  const documents: Statement[][] = [];
  for (const { sid, actions, resources, tag, conditions } of grants) {
    const both = [...(tag ? [tagConditions(tag, scope)] : []), ...(conditions ? [conditions] : [])];
    const statement = allow(sid, actions, resources, both.length > 0 ? joined(both) : undefined);
    const last = documents.at(-1);
    if (last && lengthOf(document([...last, statement])) <= MANAGED_POLICY_LENGTH) {
      last.push(statement);
    } else {
      documents.push([statement]);
    }
  }
  return documents.map(document);
}

/** Conditions that must all hold. */
function joined(all: readonly Conditions[]): Conditions {
  const operators = new Set(all.flatMap((conditions) => Object.keys(conditions)));
  return Object.fromEntries(
    [...operators].map((operator) => [
      operator,
      Object.assign({}, ...all.map((conditions) => conditions[operator])),
    ]),
  );
}

/** Characters as IAM counts them. */
export function lengthOf(document: Document): number {
  return JSON.stringify(document).length;
}
