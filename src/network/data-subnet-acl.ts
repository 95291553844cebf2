// The network ACL of the data subnets: should a security group be opened by mistake, this still holds.
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { Construct } from "constructs";
import { entryId, type NetworkAclEntry } from "../model/traffic/network-acl";
import { explain } from "../terraform/notes";

export interface DataSubnetAclProps {
  /** The ACL's Name tag. */
  readonly name: string;
  readonly vpcId: string;
  /** The subnets that get the ACL, by zone. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** What it lets through. */
  readonly entries: readonly NetworkAclEntry[];
}

/**
 * A network ACL whose rules are resources of their own, so that a rule that somebody adds in an emergency outlives the
 * next deployment.
 */
export class DataSubnetAcl extends Construct {
  constructor(scope: Construct, id: string, { name, vpcId, subnetIds, entries }: DataSubnetAclProps) {
    super(scope, id);
    const acl = new NetworkAcl(this, "network-acl:data-subnets", { vpcId, tags: { Name: name } });
    explain(
      acl,
      "A second wall around the database and the cache, should a security group ever be too wide.",
    );
    const rules = entries.map((entry) => {
      const { direction, cidr, port, number: ruleNumber } = entry;
      const id = entryId(entry);
      return new NetworkAclRule(this, `${id}:data-${id}`, {
        networkAclId: acl.id,
        ruleNumber,
        egress: direction === "egress",
        ruleAction: "allow",
        cidrBlock: cidr,
        ...(port.protocol === "all"
          ? { protocol: "-1" }
          : { protocol: port.protocol, fromPort: port.from, toPort: port.to }),
        // Should its number change, the traffic passes by the new one before the old one goes.
        lifecycle: { createBeforeDestroy: true },
      });
    });
    for (const [zone, subnetId] of Object.entries(subnetIds)) {
      new NetworkAclAssociation(this, `association-${zone}:data-${zone}`, {
        networkAclId: acl.id,
        subnetId,
        // An ACL without rules would cut everything off.
        dependsOn: rules,
      });
    }
  }
}
