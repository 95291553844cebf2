// The network against itself and its region: blocks, zones, explicit subnets.

import {
  loadBalancerTier,
  longestSubnetPrefix,
  planZones,
  SMALLEST_PLANNED_VPC,
  SUBNET_TIERS,
  unplannedZones,
} from "../model/subnets";
import { contains, isPrivate, overlaps, prefixLength } from "../schema/cidr";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";

export const checkNetwork: Check = ({ network, region }) => {
  if (!network) {
    return [];
  }
  const problems: Problem[] = [];
  const { cidr, availabilityZones, natGateways, natGatewayZone } = network;
  const prefix = prefixLength(cidr);
  if (prefix < 16 || prefix > 28) {
    problems.push(problem("network.cidr", cidr, "AWS takes VPCs from /16 to /28."));
  } else if (unplannedZones(network).length > 0 && prefix > SMALLEST_PLANNED_VPC) {
    const remedy = `Give a /${SMALLEST_PLANNED_VPC} or larger, or say in network.subnets how to divide it.`;
    problems.push(problem("network.cidr", cidr, remedy));
  }
  if (!isPrivate(cidr)) {
    problems.push(problem("network.cidr", cidr, "Use private addresses (RFC 1918), such as 10.0.0.0/16."));
  }
  availabilityZones.forEach((zone, index) => {
    const path = `network.availabilityZones[${index}]`;
    if (region && !zone.startsWith(region)) {
      problems.push(problem(path, zone, `Name a zone of the region ${region}, such as ${region}a.`));
    } else if (prefix <= SMALLEST_PLANNED_VPC && unplannedZones(network).includes(zone)) {
      const remedy = `Say in network.subnets which blocks ${zone} has: there are some by default for the letters a to h.`;
      problems.push(problem(path, zone, remedy));
    }
  });
  if (natGatewayZone !== undefined && natGateways !== "single") {
    const remedy = `Remove it: natGateways is "${natGateways}", and it is for "single".`;
    problems.push(problem("network.natGatewayZone", natGatewayZone, remedy));
  } else if (natGatewayZone !== undefined && !availabilityZones.includes(natGatewayZone)) {
    const remedy = `Name one of network.availabilityZones: ${availabilityZones.join(", ")}.`;
    problems.push(problem("network.natGatewayZone", natGatewayZone, remedy));
  }
  return problems;
};

export const checkSubnets: Check = ({ network, loadBalancer }) => {
  if (!network || Object.keys(network.subnets).length === 0) {
    return [];
  }
  const { cidr: vpc, availabilityZones, subnets } = network;
  const foreign = Object.keys(subnets)
    .filter((zone) => !availabilityZones.includes(zone))
    .map((zone) =>
      problem(subnetsOf(zone), subnets[zone], `Remove it, or add ${zone} to network.availabilityZones.`),
    );
  const balanced = loadBalancerTier(loadBalancer ?? {});
  const unplanned = unplannedZones(network);
  const all = planZones({
    ...network,
    availabilityZones: availabilityZones.filter((zone) => !unplanned.includes(zone)),
  }).flatMap(({ zone, cidrs }) =>
    SUBNET_TIERS.map((tier) => ({
      tier,
      zone,
      cidr: cidrs[tier],
      path: zone in subnets ? `${subnetsOf(zone)}.${tier}` : subnetsOf(zone),
    })),
  );
  return [
    ...foreign,
    ...all
      .filter(({ tier, cidr }) => prefixLength(cidr) > longestSubnetPrefix(tier, balanced))
      .map(({ tier, cidr, path }) =>
        problem(
          path,
          cidr,
          `Give a /${longestSubnetPrefix(tier, balanced)} or larger: AWS takes no smaller one here.`,
        ),
      ),
    ...all
      .filter(({ cidr }) => !contains(vpc, cidr))
      .map(({ cidr, path }) => problem(path, cidr, `Choose a block within the VPC's ${vpc}.`)),
    ...all.flatMap(({ zone, cidr, path }, index) =>
      all
        .slice(0, index)
        .filter((earlier) => overlaps(earlier.cidr, cidr))
        .map((earlier) => {
          const remedy =
            `It overlaps the ${earlier.tier} subnet of ${earlier.zone}, ${earlier.cidr}: ` +
            // What follows from a zone's letter can only be moved by saying where to.
            `${zone in subnets ? "move one of them" : `give ${zone} blocks of its own here`}.`;
          return problem(path, cidr, remedy);
        }),
    ),
  ];
};

/** Where a zone's explicit blocks stand. */
function subnetsOf(zone: string): string {
  return `network.subnets.${zone}`;
}
