// Whether a plan of Terraform's does what a rollback is to do, and nothing else.
import type { PlannedChange } from "../terraform/plan";

/** What the rules stack holds: everything else in a plan is not a rollback's to touch. */
const RULE_TYPES: readonly string[] = [
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
];

export interface JudgedPlan {
  /** The rules that go. */
  readonly removals: readonly PlannedChange[];
  /** What the plan would do besides, a sentence each: a rollback must not go ahead then. */
  readonly objections: readonly string[];
}

/**
 * Judges a plan to destroy.
 * @param chosen addresses of the rules to remove; `undefined` for every rule of the stack
 */
export function judgePlan(
  changes: readonly PlannedChange[],
  chosen: ReadonlySet<string> | undefined,
): JudgedPlan {
  const isMeant = ({ address, type, actions }: PlannedChange) =>
    RULE_TYPES.includes(type) &&
    actions.every((action) => action === "delete") &&
    (chosen === undefined || chosen.has(address));
  return {
    removals: changes.filter(isMeant),
    objections: changes
      .filter((change) => !isMeant(change))
      .map(({ address, actions }) => `Terraform's plan would also ${actions.join(" and ")} ${address}.`),
  };
}
