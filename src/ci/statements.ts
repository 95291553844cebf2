// Grants as statements of policies, as few policies as hold them.
import { type Conditions, lengthOf, MANAGED_POLICY_LENGTH, type Statement } from "../iam/document";
import type { Grant, Scope } from "./grant";
import { tagConditions } from "./grant";

/** A statement that says each thing once, in alphabetical order; without a `Sid` where room is short. */
export function allow(
  sid: string | undefined,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Conditions,
): Statement {
  return { sid, actions, resources: [...new Set(resources)].sort(), conditions };
}

/** Grants as they stand, in as few policies as hold them: the statements of each. */
export function grantPolicies(grants: readonly Grant[], scope: Scope): Statement[][] {
  const policies: Statement[][] = [];
  for (const { sid, actions, resources, tag, conditions } of grants) {
    const both = [...(tag ? [tagConditions(tag, scope)] : []), ...(conditions ? [conditions] : [])];
    const statement = allow(sid, actions, resources, both.length > 0 ? joined(both) : undefined);
    const last = policies.at(-1);
    if (last && lengthOf([...last, statement]) <= MANAGED_POLICY_LENGTH) {
      last.push(statement);
    } else {
      policies.push([statement]);
    }
  }
  return policies;
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
