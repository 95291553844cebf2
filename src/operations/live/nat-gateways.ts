// NAT gateways as EC2 has them.
import { EC2Client, type NatGateway, paginateDescribeNatGateways } from "@aws-sdk/client-ec2";
import type { AwsSession } from "../aws/session";

/** The NAT gateways of some VPCs that stand, or are about to. */
export async function natGatewaysIn(aws: AwsSession, vpcIds: readonly string[]): Promise<NatGateway[]> {
  const gateways: NatGateway[] = [];
  for await (const { NatGateways = [] } of paginateDescribeNatGateways(
    { client: aws.client(EC2Client) },
    { Filter: [{ Name: "vpc-id", Values: [...vpcIds] }] },
  )) {
    // A deleted one is shown for about an hour: "Work with NAT gateways", Amazon VPC user guide.
    gateways.push(...NatGateways.filter(({ State }) => State === "available" || State === "pending"));
  }
  return gateways;
}
