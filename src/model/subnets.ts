// The subnets that follow from a network: which tiers there are, how its block is divided, and where tasks run.
import { prefixLength, subnet } from "../schema/cidr";
import type { Network } from "../schema/network";

/** The kinds of subnets: reached from the Internet, reaching it through NAT, and cut off from it. */
export const SUBNET_TIERS = ["public", "private", "data"] as const;
export type SubnetTier = (typeof SUBNET_TIERS)[number];

/** One CIDR block a zone for each tier. */
export type SubnetPlan = Readonly<Record<SubnetTier, readonly string[]>>;

/** Where tasks run: in the public subnets only where nothing else leads to the APIs that they need. */
export function serviceTier({
  natGateways,
  vpcEndpoints,
}: Pick<Network, "natGateways" | "vpcEndpoints">): "public" | "private" {
  return natGateways === "none" && vpcEndpoints === false ? "public" : "private";
}

/** Each tier takes a quarter of the VPC; the fourth quarter stays free. */
const TIER_BITS = 2;
/** Each tier has room for eight zones, so that adding a zone never renumbers another. */
const ZONE_BITS = 3;
/** A load balancer's subnet is a /27 or larger: "Subnets for your load balancer", Elastic Load Balancing user guide. */
const SMALLEST_SUBNET = 27;

/** The longest prefix that a tier's subnets may have: the load balancer's, or else EC2's ("Subnet sizing"). */
export const LONGEST_SUBNET_PREFIX: Readonly<Record<SubnetTier, number>> = {
  public: SMALLEST_SUBNET,
  private: 28,
  data: 28,
};

/** The smallest VPC that `planSubnets` can divide: a /22. */
export const SMALLEST_PLANNED_VPC = SMALLEST_SUBNET - TIER_BITS - ZONE_BITS;

/** The subnets of a network: the explicit ones, or the ones that its block is divided into. */
export function planSubnets(network: Network): SubnetPlan {
  if (network.subnets) {
    return network.subnets;
  }
  const plan = (tier: SubnetTier) =>
    network.availabilityZones.map((_zone, index) =>
      subnet(subnet(network.cidr, TIER_BITS, SUBNET_TIERS.indexOf(tier)), ZONE_BITS, index),
    );
  return { public: plan("public"), private: plan("private"), data: plan("data") };
}

/** Whether `planSubnets` can divide this block. */
export function canPlanSubnets(cidr: string): boolean {
  return prefixLength(cidr) <= SMALLEST_PLANNED_VPC;
}
