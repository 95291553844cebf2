// The entries of network ACLs by which the incident drill keeps an address out.
import { CreateNetworkAclEntryCommand, DeleteNetworkAclEntryCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { AwsSession } from "../aws/session";
import type { BlockChange } from "./journal";

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
