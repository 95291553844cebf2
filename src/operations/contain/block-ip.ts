// Keeps a block of addresses out of the platform's VPC: a deny entry in every network ACL that a subnet has.
import type { Environment } from "../../model/environment";
import type { AwsSession } from "../aws/session";
import { judgeVpc } from "../discovery/judgement";
import { networkAcls } from "../live/network-acls";
import { vpcsNamed } from "../live/security-groups";
import { type AclPlan, planAcl } from "./block-plan";
import type { BlockChange, Journal } from "./journal";
import { addEntry } from "./network-acls";

export interface BlockPlan {
  readonly cidr: string;
  readonly networkAcls: readonly AclPlan[];
  /** Why nothing can be done, a sentence each. */
  readonly refusals: readonly string[];
}

/** Looks at the account, and says what is to be done. */
export async function planBlock(
  aws: AwsSession,
  { names, quotas }: Environment,
  cidr: string,
): Promise<BlockPlan> {
  const vpcIds = await vpcsNamed(aws, names.vpc);
  const [vpcId] = vpcIds;
  const refusals = judgeVpc(names.vpc, vpcIds);
  if (vpcId === undefined || refusals.length > 0) {
    return { cidr, networkAcls: [], refusals };
  }
  const plans = (await networkAcls(aws, vpcId))
    .filter(({ Associations = [] }) => Associations.length > 0)
    .map((acl) => planAcl(acl, cidr, quotas.rulesPerNetworkAcl));
  return {
    cidr,
    networkAcls: plans,
    refusals:
      plans.length === 0
        ? [`The VPC ${names.vpc} (${vpcId}) has no subnets: there is nothing to keep the address out of.`]
        : plans.flatMap((plan) => (plan.status === "impossible" ? plan.reason : [])),
  };
}

/** Does what is to be done; the journal has each entry before the account. */
export async function block(aws: AwsSession, plan: BlockPlan, journal: Journal): Promise<void> {
  for (const acl of plan.networkAcls) {
    if (acl.status === "to-block") {
      const change: BlockChange = {
        action: "block-ip",
        networkAclId: acl.networkAclId,
        ruleNumber: acl.ruleNumber,
        before: null,
        after: { cidr: plan.cidr, protocol: "-1", ruleAction: "deny" },
      };
      const entry = await journal.intend(change);
      await addEntry(aws, change);
      await journal.mark(entry, "done");
    }
  }
}
