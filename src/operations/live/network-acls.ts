// Network ACLs and subnets as EC2 has them.
import {
  EC2Client,
  type NetworkAcl,
  paginateDescribeNetworkAcls,
  paginateDescribeSubnets,
  type Subnet,
} from "@aws-sdk/client-ec2";
import type { AwsSession } from "../aws/session";

/** Every network ACL of the region, or those of one VPC. */
export async function networkAcls(aws: AwsSession, vpcId?: string): Promise<NetworkAcl[]> {
  const acls: NetworkAcl[] = [];
  for await (const { NetworkAcls = [] } of paginateDescribeNetworkAcls(
    { client: aws.client(EC2Client) },
    vpcId === undefined ? {} : { Filters: [{ Name: "vpc-id", Values: [vpcId] }] },
  )) {
    acls.push(...NetworkAcls);
  }
  return acls;
}

/** Every subnet of a VPC. */
export async function subnetsIn(aws: AwsSession, vpcId: string): Promise<Subnet[]> {
  const subnets: Subnet[] = [];
  for await (const { Subnets = [] } of paginateDescribeSubnets(
    { client: aws.client(EC2Client) },
    { Filters: [{ Name: "vpc-id", Values: [vpcId] }] },
  )) {
    subnets.push(...Subnets);
  }
  return subnets;
}
