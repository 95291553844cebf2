// The network ACL of the data subnets: should a security group be opened by mistake, this still holds.
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { Construct } from "constructs";
import type { NetworkAclEntry } from "../model/traffic/network-acl";

/** The numbers below are for entries that deny, which `ops contain block-ip` adds and Terraform leaves alone. */
const FIRST_RULE = 100;
/** Leaves room between two entries. */
const STEP = 10;

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
    const acl = new NetworkAcl(this, "acl:data", { vpcId, tags: { Name: name } });
    const rules = (["ingress", "egress"] as const).flatMap((direction) =>
      entries
        .filter((entry) => entry.direction === direction)
        .map(({ cidr, port }, index) => {
          const ruleNumber = FIRST_RULE + index * STEP;
          // By its number, which EC2 knows it by: two resources never want the same one.
          return new NetworkAclRule(this, `${direction}-${ruleNumber}:data-${direction}-${ruleNumber}`, {
            networkAclId: acl.id,
            ruleNumber,
            egress: direction === "egress",
            ruleAction: "allow",
            cidrBlock: cidr,
            ...(port.protocol === "all"
              ? { protocol: "-1" }
              : { protocol: port.protocol, fromPort: port.from, toPort: port.to }),
          });
        }),
    );
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
