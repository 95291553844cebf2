// Whether what a deployment adds fits into the account's quotas.

import type { Environment } from "../../model/environment";
import { natGatewayName } from "../../model/names/network";
import { natGatewayZones } from "../../model/subnets";
import type { RuleComparison } from "../rules/compare";
import { type Finding, failed, passed } from "./planned-check";

/** A limit that AWS puts on an account in a region. */
export interface Quota {
  /** Of its check, after `quota:`. */
  readonly id: string;
  readonly what: string;
  /** How Service Quotas calls the service and the quota. */
  readonly serviceCode: string;
  readonly quotaCode: string;
}

/**
 * The quotas that a deployment meets first. Names and defaults: "Amazon VPC quotas" (VPCs 5, security groups 2500,
 * rules 60 in each direction) and "Amazon EC2 quotas" (Elastic IPs 5). Codes: the links of those pages to the Service
 * Quotas console, which end in `<service code>/quotas/<quota code>`.
 */
export const QUOTAS = {
  vpcs: { id: "vpcs", what: "VPCs", serviceCode: "vpc", quotaCode: "L-F678F1CE" },
  securityGroups: {
    id: "security-groups",
    what: "security groups",
    serviceCode: "vpc",
    quotaCode: "L-E79EC296",
  },
  rulesPerGroup: {
    id: "rules-per-group",
    what: "rules in each security group",
    serviceCode: "vpc",
    quotaCode: "L-0EA8095F",
  },
  elasticIps: {
    id: "elastic-ips",
    what: "Elastic IP addresses",
    serviceCode: "ec2",
    quotaCode: "L-0263D0A3",
  },
} as const satisfies Readonly<Record<string, Quota>>;

export interface Usage {
  /** What the account has now. */
  readonly used: number;
  /** What the environment still lacks. */
  readonly needed: number;
  /** What is meant, where a quota applies to many things of the account. */
  readonly where?: string;
}

export interface QuotaFacts extends Usage {
  readonly limit: number;
  readonly region: string;
}

export function judgeQuota({ what, serviceCode, quotaCode }: Quota, facts: QuotaFacts): Finding {
  const { used, needed, limit, region, where } = facts;
  const count = `${used} used, ${needed} needed, ${limit} allowed${where === undefined ? "" : ` (${where})`}`;
  if (used + needed <= limit) {
    return passed(`${count}.`);
  }
  return failed(
    `${count}: ${used + needed - limit} too many ${what}. Remove some, or ask for more with "aws service-quotas ` +
      `request-service-quota-increase --region ${region} --service-code ${serviceCode} --quota-code ${quotaCode} ` +
      `--desired-value ${used + needed}".`,
  );
}

/**
 * The use of the group that will be the fullest. Rules count for each direction on its own, those with an IPv4 block and
 * those with a group together: "Amazon VPC quotas".
 * @param groupIds IDs of the groups that exist
 */
export function fullestGroup(
  { declared, undeclared }: RuleComparison,
  groupIds: ReadonlyMap<string, string>,
): Usage {
  const usages = new Map<string, { used: number; needed: number; where: string }>();
  const usageOf = (group: string, direction: string) => {
    const where = `${direction} of ${group}`;
    const usage = usages.get(where) ?? { used: 0, needed: 0, where };
    usages.set(where, usage);
    return usage;
  };
  for (const { rule, exact } of declared) {
    usageOf(rule.group, rule.direction)[exact ? "used" : "needed"] += 1;
  }
  const groups = new Map([...groupIds].map(([group, id]) => [id, group]));
  for (const { groupId, direction } of undeclared) {
    usageOf(groups.get(groupId) ?? groupId, direction).used += 1;
  }
  const [fullest] = [...usages.values()].sort(
    (first, second) => second.used + second.needed - (first.used + first.needed),
  );
  return fullest ?? { used: 0, needed: 0 };
}

/** Name tags of the Elastic IP addresses that the environment's NAT gateways have. */
export function wantedAddresses({ name, network }: Pick<Environment, "name" | "network">): string[] {
  return natGatewayZones(network).map((zone) => natGatewayName(name, zone));
}
