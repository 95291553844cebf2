// Finds deployed security groups by their Name tags, so that the rules need nothing of the stack that made the groups.
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import type { Members } from "../model/members";

export interface SecurityGroupLookupProps {
  /** Name tag of the VPC that the groups are in. */
  readonly vpcName: string;
  /** Whose groups to look up. */
  readonly members: Members;
}

/** Security groups found by Name tag within a VPC found by Name tag; a plan fails where one is missing or not unique. */
export class SecurityGroupLookup extends Construct {
  /** IDs by member. */
  readonly ids: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { vpcName, members }: SecurityGroupLookupProps) {
    super(scope, id);
    const vpc = new DataAwsVpc(this, "vpc:main", { filter: [{ name: "tag:Name", values: [vpcName] }] });
    this.ids = new Map(
      members.all.map(({ key, groupName }) => {
        const found = new DataAwsSecurityGroup(this, key, {
          vpcId: vpc.id,
          filter: [{ name: "tag:Name", values: [groupName] }],
        });
        return [key, found.id];
      }),
    );
  }
}
