// Reads back through the EC2 API what Terraform has made, independently of the code under test.

import {
  EC2Client,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeVpcs,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { CREDENTIALS, REGION } from "./child-environment";

/** One security group rule, with group ids replaced by the names of the groups. */
export interface ObservedRule {
  readonly group: string;
  readonly direction: "ingress" | "egress";
  /** `tcp`, `udp`, ..., or `-1` for all. */
  readonly protocol: string;
  /** Undefined for protocol -1. */
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** A CIDR block, a prefix list's id, or the name of another group. */
  readonly peer: string;
  readonly description: string | undefined;
}

/** A client for the emulator. Its caller destroys it. */
export function ec2Client(endpoint: string): EC2Client {
  return new EC2Client({ endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 2 });
}

/** The id of the VPC with this Name tag, or undefined if there is none. Throws if there are several. */
export async function findVpc(client: EC2Client, name: string): Promise<string | undefined> {
  const ids: string[] = [];
  for await (const { Vpcs = [] } of paginateDescribeVpcs(
    { client },
    { Filters: [{ Name: "tag:Name", Values: [name] }] },
  )) {
    ids.push(...Vpcs.flatMap(({ VpcId }) => VpcId ?? []));
  }
  if (ids.length > 1) {
    throw new Error(`${ids.length} VPCs are named ${name}.`);
  }
  return ids[0];
}

/** Group id to the Name tag, or the group's name where it has no such tag, for all groups of a VPC. */
export async function securityGroupNames(
  client: EC2Client,
  vpcId: string,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups(
    { client },
    { Filters: [{ Name: "vpc-id", Values: [vpcId] }] },
  )) {
    for (const { GroupId, GroupName, Tags = [] } of SecurityGroups) {
      if (GroupId !== undefined) {
        names.set(GroupId, Tags.find(({ Key }) => Key === "Name")?.Value ?? GroupName ?? GroupId);
      }
    }
  }
  return names;
}

/** A group by the name that it was made with, and by its Name tag. */
export interface ObservedGroup {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly tag: string | undefined;
}

/** Every security group of the VPC. */
export async function securityGroups(client: EC2Client, vpcId: string): Promise<readonly ObservedGroup[]> {
  const groups: ObservedGroup[] = [];
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups(
    { client },
    { Filters: [{ Name: "vpc-id", Values: [vpcId] }] },
  )) {
    for (const { GroupId: id, GroupName: name, Tags = [] } of SecurityGroups) {
      groups.push({ id, name, tag: Tags.find(({ Key }) => Key === "Name")?.Value });
    }
  }
  return groups;
}

/** Every rule of every group of the VPC, the default group included, in a stable order. */
export async function securityGroupRules(client: EC2Client, vpcId: string): Promise<readonly ObservedRule[]> {
  const names = await securityGroupNames(client, vpcId);
  const rules: ObservedRule[] = [];
  for await (const { SecurityGroupRules = [] } of paginateDescribeSecurityGroupRules(
    { client },
    { Filters: [{ Name: "group-id", Values: [...names.keys()] }] },
  )) {
    rules.push(...SecurityGroupRules.map((rule) => observed(rule, names)));
  }
  return rules.sort((a, b) => sortKey(a).localeCompare(sortKey(b)));
}

function observed(rule: SecurityGroupRule, names: ReadonlyMap<string, string>): ObservedRule {
  const protocol = rule.IpProtocol ?? "";
  const other = rule.ReferencedGroupInfo?.GroupId;
  return {
    group: names.get(rule.GroupId ?? "") ?? "",
    direction: rule.IsEgress ? "egress" : "ingress",
    protocol,
    // The API says -1 where ports mean nothing.
    fromPort: protocol === "-1" ? undefined : rule.FromPort,
    toPort: protocol === "-1" ? undefined : rule.ToPort,
    peer: rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? names.get(other ?? "") ?? other ?? "",
    description: rule.Description,
  };
}

function sortKey({ group, direction, fromPort, peer }: ObservedRule): string {
  return `${group} ${direction} ${String(fromPort ?? 0).padStart(5, "0")} ${peer}`;
}
