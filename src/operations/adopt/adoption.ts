// Which live rules Terraform can take over, and which not: a judgement of what is declared, live, and in its state.
import type { LiveRule } from "../live/security-groups";
import type { ComparedRule, RuleComparison } from "../rules/compare";
import { liveRuleText } from "../rules/live-rule-text";
import { ruleAddress } from "../rules/rule-address";

/** A live rule that is a declared one. */
export interface AdoptableRule {
  /** The declared rule: `postgres-from-django-5432-tcp`. */
  readonly rule: string;
  /** Where it belongs in Terraform's state. */
  readonly address: string;
  /** The live rule's ID. */
  readonly id: string;
}

/** A live rule that is a declared one, but for its description. EC2 allows no second one beside it. */
export interface OtherDescription {
  readonly rule: string;
  readonly id: string;
  readonly live: string;
  readonly declared: string;
}

/** A live rule that admits more than the declared one, and is declared nowhere. */
export interface WiderRule {
  readonly rule: string;
  readonly id: string;
  /** For example `postgres <- django 0-65535/tcp`. */
  readonly traffic: string;
  readonly description: string;
}

/** A live rule that Terraform would not take over, because its state says something else. */
export interface BlockedRule {
  readonly rule: string;
  readonly id: string;
  /** Why, and what to do: a sentence. */
  readonly reason: string;
}

export interface Adoption {
  /** What the next deployment is to take over. */
  readonly imports: readonly AdoptableRule[];
  /** What Terraform holds already. */
  readonly alreadyManaged: readonly AdoptableRule[];
  readonly otherDescription: readonly OtherDescription[];
  readonly wider: readonly WiderRule[];
  readonly blocked: readonly BlockedRule[];
  /** Declared rules that are not live: the next deployment makes them. */
  readonly missing: readonly string[];
}

export interface AdoptionFacts {
  readonly comparison: RuleComparison;
  /** IDs of the groups, by group. */
  readonly groupIds: ReadonlyMap<string, string>;
  /** Address to ID of what is in the rules stack's state. */
  readonly managed: ReadonlyMap<string, string>;
  /** Whether to take over rules of another description, too. */
  readonly changeDescriptions: boolean;
}

/** Judges the rules that the stack security-group-rules holds. */
export function judgeAdoption({
  comparison,
  groupIds,
  managed,
  changeDescriptions,
}: AdoptionFacts): Adoption {
  const imports: AdoptableRule[] = [];
  const alreadyManaged: AdoptableRule[] = [];
  const otherDescription: OtherDescription[] = [];
  const blocked: BlockedRule[] = [];
  const missing: string[] = [];
  const held = comparison.declared.filter(({ rule }) => rule.holder === "security-group-rules");
  for (const compared of held) {
    const { id: rule, exact } = compared;
    if (exact === undefined) {
      missing.push(rule);
      continue;
    }
    const adoptable: AdoptableRule = { rule, address: ruleAddress(compared.rule), id: exact.id };
    if (managed.get(adoptable.address) === exact.id) {
      alreadyManaged.push(adoptable);
      continue;
    }
    const reason = obstacle(adoptable, managed);
    if (reason !== undefined) {
      blocked.push({ rule, id: exact.id, reason });
      continue;
    }
    const same = exact.description === compared.rule.description;
    if (!same) {
      const { description: declared } = compared.rule;
      otherDescription.push({ rule, id: exact.id, live: exact.description, declared });
    }
    if (same || changeDescriptions) {
      imports.push(adoptable);
    }
  }
  const undeclared = new Set(comparison.undeclared);
  const wider = held.flatMap((compared) => widerThan(compared, undeclared, groupIds));
  return { imports, alreadyManaged, otherDescription, wider, blocked, missing };
}

/** Terraform passes over an import into an address that it holds, and must not hold a rule twice. */
function obstacle({ address, id }: AdoptableRule, managed: ReadonlyMap<string, string>): string | undefined {
  const another = managed.get(address);
  if (another !== undefined) {
    return (
      `Terraform's state has ${another} at ${address}, and the next deployment would make a rule that is there. If ` +
      `${another} is gone, run "terraform state rm ${address}" in the stack's folder, and adopt again.`
    );
  }
  const elsewhere = [...managed].find(([, held]) => held === id)?.[0];
  return elsewhere === undefined
    ? undefined
    : `Terraform's state has it at ${elsewhere}: run "terraform state mv ${elsewhere} ${address}" in the stack's folder.`;
}

function widerThan(
  { id: rule, wider }: ComparedRule,
  undeclared: ReadonlySet<LiveRule>,
  groupIds: ReadonlyMap<string, string>,
): WiderRule[] {
  return wider
    .filter((live) => undeclared.has(live))
    .map((live) => ({
      rule,
      id: live.id,
      traffic: liveRuleText(live, groupIds),
      description: live.description,
    }));
}
