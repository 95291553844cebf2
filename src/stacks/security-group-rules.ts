// The stack security-group-rules: the rules between the deployed groups. Destroying it is the roll-back.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { IngressCheck } from "../security-groups/ingress-check";
import { SecurityGroupLookup } from "../security-groups/security-group-lookup";
import { SecurityGroupRules } from "../security-groups/security-group-rules";
import { EnvironmentStack, type ModelStackProps } from "./environment-stack";

/** The stack `security-group-rules`. */
export class SecurityGroupRulesStack extends EnvironmentStack {
  /** IDs of the deployed groups that the rules join, by group. */
  readonly groupIds: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { model }: ModelStackProps) {
    const { environment, members, traffic } = model;
    super(scope, id, { environment });
    const lookup = new SecurityGroupLookup(this, "groups", {
      vpcName: environment.names.vpc,
      members,
    });
    const rules = new SecurityGroupRules(this, "rules", { matrix: traffic, groupIds: lookup.ids });
    for (const { key } of members.all.filter(({ isEntrance }) => isEntrance)) {
      new IngressCheck(this, key, { group: key, groupId: lookup.idOf(key), rules: rules.heldElsewhere(key) });
    }
    new TerraformOutput(this, "security_group_ids", {
      value: Object.fromEntries(lookup.ids),
      description: "IDs of the security groups that the rules join, by group",
    });
    this.groupIds = lookup.ids;
  }
}
