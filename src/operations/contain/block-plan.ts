// Where a deny entry goes in each network ACL, and what keeps it from going there.
import type { NetworkAcl, NetworkAclEntry } from "@aws-sdk/client-ec2";
import { contains } from "../../schema/cidr";

/** The numbers that an entry can have: CreateNetworkAclEntry API reference, "RuleNumber". */
const RULE_NUMBERS = { first: 1, last: 32_766 } as const;

/** As much of a network ACL as the plan looks at. */
export type AclFacts = Pick<NetworkAcl, "NetworkAclId" | "Entries">;

/** What is to be done at one network ACL. */
export type AclPlan = { readonly networkAclId: string } & (
  | { readonly status: "to-block" | "blocked-already"; readonly ruleNumber: number }
  /** `reason` is a sentence. */
  | { readonly status: "impossible"; readonly reason: string }
);

/**
 * The rule number for a new deny entry: the lowest that is free, and lower than that of every IPv4 entry that allows
 * something. Among themselves, entries that deny have no order that matters.
 * @param refused numbers that EC2 has called taken, whatever the entries say
 * @returns `undefined` where there is none
 */
export function freeRuleNumber(
  entries: readonly NetworkAclEntry[],
  refused: readonly number[] = [],
): number | undefined {
  const ingress = entries.filter(({ Egress }) => !Egress);
  const taken = new Set([...refused, ...ingress.map(({ RuleNumber }) => RuleNumber)]);
  const end = Math.min(firstAllow(ingress), RULE_NUMBERS.last + 1);
  for (let number: number = RULE_NUMBERS.first; number < end; number += 1) {
    if (!taken.has(number)) {
      return number;
    }
  }
  return undefined;
}

/**
 * What is to be done so that a network ACL lets nothing in from a block.
 * @param quota the ingress entries that it can have, the last one that denies everything included
 * @param refused numbers that EC2 has called taken, whatever the entries say
 */
export function planAcl(
  { NetworkAclId = "", Entries = [] }: AclFacts,
  cidr: string,
  quota: number,
  refused: readonly number[] = [],
): AclPlan {
  const ingress = Entries.filter(({ Egress, CidrBlock }) => !Egress && CidrBlock !== undefined);
  const limit = firstAllow(ingress);
  const denying = ingress.find(
    ({ RuleNumber = Number.POSITIVE_INFINITY, RuleAction, Protocol, CidrBlock = "" }) =>
      RuleNumber < limit && RuleAction === "deny" && Protocol === "-1" && contains(CidrBlock, cidr),
  );
  if (denying?.RuleNumber !== undefined) {
    return { networkAclId: NetworkAclId, status: "blocked-already", ruleNumber: denying.RuleNumber };
  }
  const impossible = (reason: string): AclPlan => ({
    networkAclId: NetworkAclId,
    status: "impossible",
    reason,
  });
  if (ingress.length >= quota) {
    return impossible(
      `${NetworkAclId} has ${ingress.length} inbound IPv4 rules, and AWS's quota "Rules per network ACL" (L-2AEEBF1A) is ` +
        `${quota}: remove one, or have the quota raised and say so in quotas.rulesPerNetworkAcl.`,
    );
  }
  const ruleNumber = freeRuleNumber(Entries, refused);
  return ruleNumber === undefined
    ? impossible(
        `${NetworkAclId} has no free rule number below ${limit}, where its first rule that allows something stands: ` +
          "give that rule a higher number first.",
      )
    : { networkAclId: NetworkAclId, status: "to-block", ruleNumber };
}

/** The lowest number of an IPv4 entry that allows something; infinity where none does. */
function firstAllow(ingress: readonly NetworkAclEntry[]): number {
  return Math.min(
    ...ingress
      .filter(({ RuleAction, CidrBlock }) => RuleAction === "allow" && CidrBlock !== undefined)
      .flatMap(({ RuleNumber }) => RuleNumber ?? []),
  );
}
