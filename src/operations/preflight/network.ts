// The checks on the network that stands: whether a deployment would make parts of it anew.
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { natGatewaysIn } from "../live/nat-gateways";
import { subnetsIn } from "../live/network-acls";
import { liveSecurityGroups, liveVpcs } from "../live/security-groups";
import { judgeGroupNames, judgeNatGateway, judgeSubnets, type SubnetFacts } from "./network-judgement";
import { once } from "./once";
import { ownVpc } from "./own-network";
import { type Finding, type PlannedCheck, passed } from "./planned-check";

export function networkChecks({ environment, members }: Model): PlannedCheck[] {
  const vpcId = once(async (aws) => ownVpc(await liveVpcs(aws), environment));
  const subnets = once(async (aws) => {
    const id = await vpcId(aws);
    return id === undefined ? [] : subnetsIn(aws, id);
  });
  const check = (
    id: string,
    title: string,
    judge: (aws: AwsSession, vpcId: string) => Promise<Finding>,
  ): PlannedCheck => ({
    id,
    title,
    ask: async (aws) => {
      const own = await vpcId(aws);
      return own === undefined ? passed("Nothing is deployed yet.") : judge(aws, own);
    },
  });
  return [
    check("network:subnets", "Subnets that stand keep their blocks", async (aws) =>
      judgeSubnets(environment, await subnets(aws)),
    ),
    ...(environment.network.natGateways === "single"
      ? [
          check("network:nat-gateway", "The NAT gateway stays where it is", async (aws, own) =>
            judgeNatGateway(environment, await natGatewayZones(aws, own, await subnets(aws))),
          ),
        ]
      : []),
    check("names:security-groups", "Names of security groups are not taken", async (aws, own) =>
      judgeGroupNames(members, await liveSecurityGroups(aws, own)),
    ),
  ];
}

/** The zones that have a NAT gateway. */
async function natGatewayZones(
  aws: AwsSession,
  vpcId: string,
  subnets: readonly SubnetFacts[],
): Promise<string[]> {
  const zones = new Set<string>();
  for (const gateway of await natGatewaysIn(aws, [vpcId])) {
    const subnet = subnets.find(({ SubnetId }) => SubnetId === gateway.SubnetId);
    if (subnet?.AvailabilityZone !== undefined) {
      zones.add(subnet.AvailabilityZone);
    }
  }
  return [...zones].sort();
}
