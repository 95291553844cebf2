// Security groups and their rules as EC2 has them.
import {
  EC2Client,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeVpcs,
  type SecurityGroup,
  type SecurityGroupRule,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { AwsSession } from "../aws/session";

/** A filter takes 200 values at most: DescribeSecurityGroupRules API reference. */
const VALUES_PER_FILTER = 200;

/** One rule of one security group, as EC2 has it. */
export interface LiveRule {
  /** Its ID, such as `sgr-0123456789abcdef0`. */
  readonly id: string;
  /** ID of the group that it belongs to. */
  readonly groupId: string;
  readonly direction: "ingress" | "egress";
  /** `tcp`, `udp`, `icmp`, a protocol's number, or `-1` for all. */
  readonly protocol: string;
  /** The first port; -1 where ports mean nothing. */
  readonly fromPort: number;
  /** The last port; -1 where ports mean nothing. */
  readonly toPort: number;
  readonly peer: LivePeer;
  readonly description: string;
}

/** Where a rule's traffic comes from or goes to. */
export type LivePeer =
  | { readonly kind: "group"; readonly groupId: string }
  /** An IPv4 or IPv6 block. */
  | { readonly kind: "cidr"; readonly cidr: string }
  | { readonly kind: "prefix-list"; readonly id: string };

/** A VPC found by its Name tag. */
export interface NamedVpc {
  /** IDs of the VPCs with this Name tag: one, if all is well. */
  readonly ids: readonly string[];
  /** Its security groups; none where there is not exactly one such VPC: the rules stack would look in none either. */
  readonly groups: readonly SecurityGroup[];
}

/** The VPC with this Name tag, and its security groups. */
export async function vpcNamed(aws: AwsSession, name: string): Promise<NamedVpc> {
  const ids = await vpcsNamed(aws, name);
  const [id, ...others] = ids;
  return { ids, groups: id !== undefined && others.length === 0 ? await liveSecurityGroups(aws, id) : [] };
}

/** IDs of the VPCs with this Name tag: one, if all is well. */
export async function vpcsNamed(aws: AwsSession, name: string): Promise<string[]> {
  return (await liveVpcs(aws, name)).flatMap(({ VpcId }) => VpcId ?? []);
}

/** Every VPC of the region, or those with this Name tag. */
export async function liveVpcs(aws: AwsSession, name?: string): Promise<Vpc[]> {
  const vpcs: Vpc[] = [];
  for await (const { Vpcs = [] } of paginateDescribeVpcs(
    { client: aws.client(EC2Client) },
    name === undefined ? {} : { Filters: [{ Name: "tag:Name", Values: [name] }] },
  )) {
    vpcs.push(...Vpcs);
  }
  return vpcs;
}

/** Every security group of the region, or those of one VPC. */
export async function liveSecurityGroups(aws: AwsSession, vpcId?: string): Promise<SecurityGroup[]> {
  const groups: SecurityGroup[] = [];
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups(
    // "Amazon VPC quotas" asks accounts of many groups to read them by pages; 1000 is the largest.
    { client: aws.client(EC2Client), pageSize: 1000 },
    vpcId === undefined ? {} : { Filters: [{ Name: "vpc-id", Values: [vpcId] }] },
  )) {
    groups.push(...SecurityGroups);
  }
  return groups;
}

/** What people know a group by: its Name tag, or else the name that it was made with. */
export function knownAs({ GroupName = "", Tags = [] }: Pick<SecurityGroup, "GroupName" | "Tags">): string {
  return Tags.find(({ Key }) => Key === "Name")?.Value ?? GroupName;
}

/** Every rule of these groups. */
export async function rulesOf(aws: AwsSession, groupIds: readonly string[]): Promise<LiveRule[]> {
  const rules: LiveRule[] = [];
  for (let start = 0; start < groupIds.length; start += VALUES_PER_FILTER) {
    for await (const { SecurityGroupRules = [] } of paginateDescribeSecurityGroupRules(
      { client: aws.client(EC2Client) },
      { Filters: [{ Name: "group-id", Values: groupIds.slice(start, start + VALUES_PER_FILTER) }] },
    )) {
      rules.push(...SecurityGroupRules.map(liveRule));
    }
  }
  return rules;
}

function liveRule(rule: SecurityGroupRule): LiveRule {
  return {
    id: rule.SecurityGroupRuleId ?? "",
    groupId: rule.GroupId ?? "",
    direction: rule.IsEgress ? "egress" : "ingress",
    protocol: rule.IpProtocol ?? "-1",
    fromPort: rule.FromPort ?? -1,
    toPort: rule.ToPort ?? -1,
    peer: peerOf(rule),
    description: rule.Description ?? "",
  };
}

function peerOf({ ReferencedGroupInfo, CidrIpv4, CidrIpv6, PrefixListId }: SecurityGroupRule): LivePeer {
  if (ReferencedGroupInfo?.GroupId !== undefined) {
    return { kind: "group", groupId: ReferencedGroupInfo.GroupId };
  }
  return PrefixListId !== undefined
    ? { kind: "prefix-list", id: PrefixListId }
    : { kind: "cidr", cidr: CidrIpv4 ?? CidrIpv6 ?? "" };
}
