// The network against itself and its region: blocks, zones, explicit subnets.

import {
  canPlanSubnets,
  LONGEST_SUBNET_PREFIX,
  planSubnets,
  SMALLEST_PLANNED_VPC,
  SUBNET_TIERS,
} from "../model/subnets";
import { contains, isPrivate, overlaps, prefixLength } from "../schema/cidr";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";

export const checkNetwork: Check = ({ network, region }) => {
  if (!network) {
    return [];
  }
  const problems: Problem[] = [];
  const { cidr, availabilityZones } = network;
  const prefix = prefixLength(cidr);
  if (prefix < 16 || prefix > 28) {
    problems.push(problem("network.cidr", cidr, "AWS takes VPCs from /16 to /28."));
  } else if (!network.subnets && !canPlanSubnets(cidr)) {
    const remedy = `Give a /${SMALLEST_PLANNED_VPC} or larger, or say in network.subnets how to divide it.`;
    problems.push(problem("network.cidr", cidr, remedy));
  }
  if (!isPrivate(cidr)) {
    problems.push(problem("network.cidr", cidr, "Use private addresses (RFC 1918), such as 10.0.0.0/16."));
  }
  availabilityZones.forEach((zone, index) => {
    if (region && !zone.startsWith(region)) {
      const remedy = `Name a zone of the region ${region}, such as ${region}a.`;
      problems.push(problem(`network.availabilityZones[${index}]`, zone, remedy));
    }
  });
  return problems;
};

export const checkSubnets: Check = ({ network }) => {
  const subnets = network?.subnets;
  if (!network || !subnets) {
    return [];
  }
  const zones = network.availabilityZones.length;
  const plan = planSubnets(network);
  const all = SUBNET_TIERS.flatMap((tier) =>
    plan[tier].map((cidr, index) => ({ tier, cidr, path: `network.subnets.${tier}[${index}]` })),
  );
  return [
    ...SUBNET_TIERS.filter((tier) => subnets[tier].length !== zones).map((tier) =>
      problem(`network.subnets.${tier}`, subnets[tier], `Give ${zones} blocks, one for each zone.`),
    ),
    ...all
      .filter(({ tier, cidr }) => prefixLength(cidr) > LONGEST_SUBNET_PREFIX[tier])
      .map(({ tier, cidr, path }) =>
        problem(
          path,
          cidr,
          `Give a /${LONGEST_SUBNET_PREFIX[tier]} or larger: AWS takes no smaller one here.`,
        ),
      ),
    ...all
      .filter(({ cidr }) => !contains(network.cidr, cidr))
      .map(({ cidr, path }) => problem(path, cidr, `Choose a block within the VPC's ${network.cidr}.`)),
    ...all.flatMap(({ cidr, path }, index) =>
      all
        .slice(0, index)
        .filter((earlier) => overlaps(earlier.cidr, cidr))
        .map((earlier) =>
          problem(path, cidr, `It overlaps ${earlier.path}, ${earlier.cidr}: move one of them.`),
        ),
    ),
  ];
};
