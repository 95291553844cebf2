// What would become of the network that is deployed: subnets and NAT gateways that would be made anew, names that are taken.
import type { SecurityGroup, Subnet } from "@aws-sdk/client-ec2";
import type { Environment } from "../../model/environment";
import type { Members } from "../../model/members";
import { subnetName } from "../../model/names/network";
import { natGatewayZones, type PlannedZone, planZones, SUBNET_TIERS } from "../../model/subnets";
import { knownAs } from "../live/security-groups";
import { nameOf } from "./own-network";
import { type Finding, failed, passed } from "./planned-check";

/** As much of a subnet as is looked at. */
export type SubnetFacts = Pick<Subnet, "SubnetId" | "AvailabilityZone" | "CidrBlock" | "Tags">;

/** Whether each subnet keeps its block: no subnet's can be changed. */
export function judgeSubnets(
  { name, network }: Pick<Environment, "name" | "network">,
  live: readonly SubnetFacts[],
): Finding {
  const moved = planZones(network).flatMap(({ zone, cidrs }): PlannedZone[] => {
    const now = { ...cidrs };
    for (const tier of SUBNET_TIERS) {
      const found = live.find((subnet) => nameOf(subnet) === subnetName(name, tier, zone));
      now[tier] = found?.CidrBlock ?? cidrs[tier];
    }
    return SUBNET_TIERS.some((tier) => now[tier] !== cidrs[tier]) ? [{ zone, cidrs: now }] : [];
  });
  if (moved.length === 0) {
    return passed("Each subnet that stands keeps its block.");
  }
  // Short lines, so that a table on a terminal breaks none.
  const lines = moved.flatMap(({ zone, cidrs }) => [
    `  "${zone}": {`,
    ...SUBNET_TIERS.map((tier) => `    ${tier}: "${cidrs[tier]}",`),
    "  },",
  ]);
  return failed(
    [
      `The subnets of ${moved.map(({ zone }) => zone).join(", ")} have other blocks than the environment gives them, and would be ` +
        "made anew with all that stands in them. Write what is deployed:",
      "network.subnets: {",
      ...lines,
      "}",
    ].join("\n"),
  );
}

/**
 * Whether a single NAT gateway stays where it is, and with it the platform's address on the Internet.
 * @param live the zones that have a NAT gateway now
 */
export function judgeNatGateway({ network }: Pick<Environment, "network">, live: readonly string[]): Finding {
  const [planned = ""] = natGatewayZones(network);
  const [now] = live;
  if (now === undefined || live.includes(planned)) {
    return passed(now === undefined ? `It will stand in ${planned}.` : `It stands in ${planned}.`);
  }
  return failed(
    `The NAT gateway stands in ${now}, and would be made anew in ${planned} with another address, which cuts every connection ` +
      `to the Internet. ${
        network.availabilityZones.includes(now)
          ? `To leave it, write network.natGatewayZone: "${now}".`
          : `To leave it, keep ${now} in network.availabilityZones.`
      }`,
  );
}

/** As much of a group as is looked at. */
export type GroupFacts = Pick<SecurityGroup, "GroupId" | "GroupName" | "Tags">;

/**
 * Whether EC2 takes the names of groups that are yet to be made: one that was renamed has another Name tag, and still the
 * name that it was made with.
 * @param live the groups of the environment's VPC
 */
export function judgeGroupNames(members: Members, live: readonly GroupFacts[]): Finding {
  const wanted = new Map(members.all.map(({ key, groupName }) => [groupName, key]));
  const problems = members.all
    .filter(({ groupName }) => !live.some((group) => knownAs(group) === groupName))
    .flatMap(({ key, groupName }) => {
      const holder = live.find(({ GroupName }) => GroupName === groupName);
      // One that nobody wants by its present name is renamed, and this may be its new one.
      const owner = holder && wanted.get(knownAs(holder));
      return holder && owner !== undefined
        ? [
            `EC2 knows the group of "${owner}" (${holder.GroupId}, Name tag ${knownAs(holder)}) as ${groupName} still, by the name ` +
              `that it was made with, and takes no second one: choose another name in names.securityGroups["${key}"].`,
          ]
        : [];
    });
  return problems.length > 0
    ? failed(problems.join(" "))
    : passed("No group that is yet to be made finds its name taken.");
}
