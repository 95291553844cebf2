// What EC2 says of a platform's network, as the outputs of the stack django should.
import {
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { findVpc } from "../ec2";
import type { Account } from "./account";

const TIERS = ["public", "private", "data"] as const;

export async function networkOutputs(account: Account) {
  const { base, names } = account;
  const ec2 = account.client(EC2Client);
  const vpcId = (await findVpc(ec2, names.vpc)) ?? "";
  const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: Filters }));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const groupOf = (name: string) => SecurityGroups.find(({ GroupName }) => GroupName === name)?.GroupId;

  const subnets = Subnets.map(({ SubnetId = "", AvailabilityZone = "", Tags = [] }) => ({
    id: SubnetId,
    zone: AvailabilityZone,
    name: Tags.find(({ Key }) => Key === "Name")?.Value,
  })).sort(byZone);
  const inTier = (tier: string) => subnets.filter(({ name, zone }) => name === `${base}-${tier}-${zone}`);
  const idsOf = (tier: string) => inTier(tier).map(({ id }) => id);
  const routeTableOf = (subnetId: string) =>
    RouteTables.find(({ Associations = [] }) => Associations.some((one) => one.SubnetId === subnetId))
      ?.RouteTableId;
  const addresses = NatGateways.map(({ SubnetId, NatGatewayAddresses = [] }) => ({
    zone: subnets.find(({ id }) => id === SubnetId)?.zone ?? "",
    address: NatGatewayAddresses[0]?.PublicIp,
  })).sort(byZone);

  return {
    vpc_id: vpcId,
    public_subnet_ids: idsOf("public"),
    private_subnet_ids: idsOf("private"),
    data_subnet_ids: idsOf("data"),
    route_table_ids: Object.fromEntries(TIERS.map((tier) => [tier, idsOf(tier).map(routeTableOf)])),
    nat_addresses: addresses.length > 0 ? addresses.map(({ address }) => address) : undefined,
    security_group_ids: Object.fromEntries(
      Object.entries(names.securityGroups).flatMap(([key, name]) =>
        groupOf(name) === undefined ? [] : [[key, groupOf(name)]],
      ),
    ),
    entrance_rule_ids: await entranceRules(ec2, groupOf(names.securityGroups.alb ?? "")),
  };
}

/** The rules of the load balancer's group that let the Internet in. */
async function entranceRules(ec2: EC2Client, group = "") {
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [group] }] }),
  );
  return Object.fromEntries(
    SecurityGroupRules.filter(({ IsEgress, CidrIpv4 }) => !IsEgress && CidrIpv4 === "0.0.0.0/0").map(
      ({ FromPort, IpProtocol, SecurityGroupRuleId }) => [
        `alb-from-internet-${FromPort}-${IpProtocol}`,
        SecurityGroupRuleId,
      ],
    ),
  );
}

function byZone(one: { readonly zone: string }, other: { readonly zone: string }): number {
  return one.zone < other.zone ? -1 : 1;
}
