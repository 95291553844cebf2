// The subnets that follow from a network: which tiers there are, how its block is divided, and where tasks run.
import { prefixLength, subnet } from "../schema/cidr";
import type { Network } from "../schema/network";

/** The kinds of subnets: reached from the Internet, reaching it through NAT, and cut off from it. */
export const SUBNET_TIERS = ["public", "private", "data"] as const;
export type SubnetTier = (typeof SUBNET_TIERS)[number];

/** A zone, and the CIDR block of each tier's subnet in it. */
export interface PlannedZone {
  /** Such as `us-east-1a`. */
  readonly zone: string;
  readonly cidrs: Readonly<Record<SubnetTier, string>>;
}

/** One CIDR block a zone for each tier, in the order of `planZones`. */
export type SubnetPlan = Readonly<Record<SubnetTier, readonly string[]>>;

/** Where tasks run: in the public subnets only where nothing else leads to the APIs that they need. */
export function serviceTier({
  natGateways,
  vpcEndpoints,
}: Pick<Network, "natGateways" | "vpcEndpoints">): "public" | "private" {
  return natGateways === "none" && vpcEndpoints === false ? "public" : "private";
}

/** Where the load balancer stands: in the public subnets, unless it has private addresses alone. */
export function loadBalancerTier({
  internal,
}: {
  readonly internal?: boolean | undefined;
}): "public" | "private" {
  return internal ? "private" : "public";
}

/** Each tier takes a quarter of the VPC; the fourth quarter stays free. */
const TIER_BITS = 2;
/** Each tier has room for eight zones, a to h: no region of AWS has a letter beyond f. */
const ZONE_BITS = 3;
const ZONE_LETTERS = "abcdefgh";
/** A load balancer's subnet is a /27 or larger: "Subnets for your load balancer", Elastic Load Balancing user guide. */
const SMALLEST_SUBNET = 27;

/**
 * The longest prefix that a tier's subnets may have: the load balancer's, or else EC2's ("Subnet sizing").
 * @param balanced where the load balancer stands, beside the public subnets that it may stand in one day
 */
export function longestSubnetPrefix(tier: SubnetTier, balanced: SubnetTier): number {
  return tier === "public" || tier === balanced ? SMALLEST_SUBNET : 28;
}

/** The smallest VPC that `planSubnets` can divide: a /22. */
export const SMALLEST_PLANNED_VPC = SMALLEST_SUBNET - TIER_BITS - ZONE_BITS;

/**
 * The zones of a network by the alphabet, each with its explicit blocks, or else with those that the network's block is
 * divided into. A zone's blocks follow from its letter: whatever other zones there are, and in whichever order they
 * stand, it keeps them.
 *
 * @throws RangeError where the network cannot be divided so: see `unplannedZones`
 */
export function planZones({ cidr, availabilityZones, subnets }: SubnetSource): PlannedZone[] {
  return availabilityZones.toSorted().map((zone) => {
    const block = (tier: SubnetTier) =>
      subnet(subnet(cidr, TIER_BITS, SUBNET_TIERS.indexOf(tier)), ZONE_BITS, letterIndex(zone));
    return {
      zone,
      cidrs: subnets[zone] ?? { public: block("public"), private: block("private"), data: block("data") },
    };
  });
}

/** The same blocks by tier. */
export function planSubnets(network: SubnetSource): SubnetPlan {
  const zones = planZones(network);
  const plan = (tier: SubnetTier) => zones.map(({ cidrs }) => cidrs[tier]);
  return { public: plan("public"), private: plan("private"), data: plan("data") };
}

/** What the subnets follow from. */
export type SubnetSource = Pick<Network, "cidr" | "availabilityZones" | "subnets">;

/** The zones without explicit blocks for which `planZones` has none either: the network is too small, or a letter too late. */
export function unplannedZones({ cidr, availabilityZones, subnets }: SubnetSource): string[] {
  return availabilityZones.filter(
    (zone) => !subnets[zone] && (prefixLength(cidr) > SMALLEST_PLANNED_VPC || letterIndex(zone) < 0),
  );
}

/** The zones that have a NAT gateway. */
export function natGatewayZones({
  availabilityZones,
  natGateways,
  natGatewayZone,
}: Pick<Network, "availabilityZones" | "natGateways" | "natGatewayZone">): string[] {
  const zones = availabilityZones.toSorted();
  switch (natGateways) {
    case "none":
      return [];
    case "single":
      return natGatewayZone === undefined ? zones.slice(0, 1) : [natGatewayZone];
    case "per-zone":
      return zones;
  }
}

function letterIndex(zone: string): number {
  return ZONE_LETTERS.indexOf(zone.slice(-1));
}
