// The stack security-group-rules: the rules between the deployed groups. Destroying it is the roll-back.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { EntranceCheck } from "../security-groups/entrance-check";
import { groupIdOf } from "../security-groups/group-id";
import { IngressCheck } from "../security-groups/ingress-check";
import { SecurityGroupInputs } from "../security-groups/security-group-inputs";
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
    const groups = this.isChildModule
      ? new SecurityGroupInputs(this, "groups", { members })
      : new SecurityGroupLookup(this, "groups", { vpcName: environment.names.vpc, members });
    const rules = new SecurityGroupRules(this, "rules", { matrix: traffic, groupIds: groups.ids });
    const entrances = members.all.filter(({ isEntrance }) => isEntrance).map(({ key }) => key);
    if (this.isChildModule) {
      new EntranceCheck(this, "entrance", {
        rules: entrances.flatMap((key) => rules.heldElsewhere(key)),
        groupIds: groups.ids,
      });
    } else {
      for (const key of entrances) {
        new IngressCheck(this, key, {
          group: key,
          groupId: groupIdOf(groups.ids, key),
          rules: rules.heldElsewhere(key),
        });
      }
    }
    new TerraformOutput(this, "security_group_ids", {
      value: Object.fromEntries(groups.ids),
      description: "IDs of the security groups that the rules join, by group",
    });
    this.groupIds = groups.ids;
  }
}
