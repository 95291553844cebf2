// The network ACLs of a VPC, and the entries by which the incident drill keeps an address out.
import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  EC2Client,
  type NetworkAcl,
  paginateDescribeNetworkAcls,
} from "@aws-sdk/client-ec2";
import type { AwsSession } from "../aws/session";
import type { BlockChange } from "./journal";

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

/** Adds an ingress entry; EC2 refuses a rule number that is taken. */
export async function addEntry(
  aws: AwsSession,
  { networkAclId, ruleNumber, after }: BlockChange,
): Promise<void> {
  await aws.client(EC2Client).send(
    new CreateNetworkAclEntryCommand({
      NetworkAclId: networkAclId,
      RuleNumber: ruleNumber,
      Egress: false,
      CidrBlock: after.cidr,
      Protocol: after.protocol,
      RuleAction: after.ruleAction,
    }),
  );
}

/** Removes the ingress entry of this number, whatever it says. */
export async function removeEntry(
  aws: AwsSession,
  { networkAclId, ruleNumber }: Pick<BlockChange, "networkAclId" | "ruleNumber">,
): Promise<void> {
  await aws
    .client(EC2Client)
    .send(
      new DeleteNetworkAclEntryCommand({ NetworkAclId: networkAclId, RuleNumber: ruleNumber, Egress: false }),
    );
}
