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

/**
 * Does what is to be done; the journal has each entry before the account. Where somebody else has taken a rule number since
 * the plan was made, the next free one is taken.
 * @returns what has become of the plan: nothing is `to-block` any more but what now is blocked
 */
export async function block(
  aws: AwsSession,
  { quotas }: Environment,
  { cidr, networkAcls: plans }: BlockPlan,
  journal: Journal,
): Promise<AclPlan[]> {
  const ended: AclPlan[] = [];
  for (const plan of plans) {
    ended.push(await blockAt(aws, plan, { cidr, quota: quotas.rulesPerNetworkAcl, journal }));
  }
  return ended;
}

async function blockAt(
  aws: AwsSession,
  plan: AclPlan,
  { cidr, quota, journal }: { readonly cidr: string; readonly quota: number; readonly journal: Journal },
): Promise<AclPlan> {
  const refused: number[] = [];
  let present = plan;
  while (present.status === "to-block") {
    const { networkAclId, ruleNumber } = present;
    const change: BlockChange = {
      action: "block-ip",
      networkAclId,
      ruleNumber,
      before: null,
      after: { cidr, protocol: "-1", ruleAction: "deny" },
    };
    const entry = await journal.intend(change);
    if (await isAdded(aws, change)) {
      await journal.mark(entry, "done");
      return present;
    }
    // It never came to be, and what stands at that number is somebody else's.
    await journal.mark(entry, "undone");
    refused.push(ruleNumber);
    const acl = (await networkAcls(aws)).find(({ NetworkAclId }) => NetworkAclId === networkAclId);
    present = planAcl(acl ?? { NetworkAclId: networkAclId }, cidr, quota, refused);
  }
  return present;
}

/** Adds the entry; whether its number was free. */
async function isAdded(aws: AwsSession, change: BlockChange): Promise<boolean> {
  try {
    await addEntry(aws, change);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "NetworkAclEntryAlreadyExists") {
      return false;
    }
    throw error;
  }
}
