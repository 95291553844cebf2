// Finds deployed security groups by their Name tags, so that the rules need nothing of the stack that made the groups.
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";

export interface SecurityGroupLookupProps {
  /** Name tag of the VPC that the groups are in. */
  readonly vpcName: string;
  /** Name tags of the groups, by group. */
  readonly names: Readonly<Record<string, string>>;
  /** The groups to look up. */
  readonly groups: readonly string[];
}

/** Security groups found by Name tag within a VPC found by Name tag; a plan fails where one is missing or not unique. */
export class SecurityGroupLookup extends Construct {
  /** IDs by group. */
  readonly ids: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { vpcName, names, groups }: SecurityGroupLookupProps) {
    super(scope, id);
    const vpc = new DataAwsVpc(this, "vpc", { filter: [{ name: "tag:Name", values: [vpcName] }] });
    this.ids = new Map(
      groups.map((group) => {
        const found = new DataAwsSecurityGroup(this, group, {
          vpcId: vpc.id,
          filter: [{ name: "tag:Name", values: [names[group] ?? group] }],
        });
        return [group, found.id];
      }),
    );
  }
}
