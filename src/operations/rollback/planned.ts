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

export interface RollbackLimits {
  /** Addresses of the rules to remove; `undefined` for every rule of the stack. */
  readonly chosen: ReadonlySet<string> | undefined;
  /** Addresses of the rules that the environment declares. */
  readonly declared: ReadonlySet<string>;
  /** IDs of the live rules of the environment's groups. */
  readonly ours: ReadonlySet<string>;
  /** Whether rules may go, too, that the environment does not declare. */
  readonly undeclared: boolean;
}

/** Judges a plan to destroy. */
export function judgePlan(
  changes: readonly PlannedChange[],
  { chosen, declared, ours, undeclared }: RollbackLimits,
): JudgedPlan {
  const isMeant = ({ address, type, actions }: PlannedChange) =>
    RULE_TYPES.includes(type) &&
    actions.every((action) => action === "delete") &&
    (chosen === undefined || chosen.has(address));
  const objection = (change: PlannedChange): string | undefined => {
    const { address, actions, id = "unknown" } = change;
    if (!isMeant(change)) {
      return `Terraform's plan would also ${actions.join(" and ")} ${address}.`;
    }
    if (declared.has(address)) {
      return ours.has(id)
        ? undefined
        : `Terraform's state has ${id} at ${address}, which is no rule of this environment's groups: it is the state of ` +
            "another one.";
    }
    return undeclared
      ? undefined
      : `Terraform's plan would also delete ${address} (${id}), which the environment does not declare. If it is this ` +
          "environment's all the same, say --undeclared.";
  };
  return {
    removals: changes.filter(isMeant),
    objections: changes.map(objection).filter((sentence) => sentence !== undefined),
  };
}
