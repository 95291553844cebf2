// The stack security-group-rules: the rules between the deployed groups. Destroying it is the roll-back.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { trafficMatrix } from "../model/traffic/derive";
import { IngressCheck } from "../security-groups/ingress-check";
import { SecurityGroupLookup } from "../security-groups/security-group-lookup";
import { SecurityGroupRules } from "../security-groups/security-group-rules";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

/** The stack `security-group-rules`. */
export class SecurityGroupRulesStack extends EnvironmentStack {
  /** IDs of the deployed groups that the rules join, by group. */
  readonly groupIds: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { environment }: EnvironmentStackProps) {
    super(scope, id, { environment });
    const matrix = trafficMatrix(environment);
    const { names } = environment;
    const lookup = new SecurityGroupLookup(this, "groups", {
      vpcName: names.vpc,
      names: names.securityGroups,
      groups: matrix.groups,
    });
    const rules = new SecurityGroupRules(this, "rules", { matrix, groupIds: lookup.ids });
    const alb = lookup.ids.get("alb");
    if (alb !== undefined) {
      new IngressCheck(this, "alb", { group: "alb", groupId: alb, rules: rules.heldElsewhere("alb") });
    }
    new TerraformOutput(this, "security_group_ids", {
      value: Object.fromEntries(lookup.ids),
      description: "IDs of the security groups that the rules join, by group",
    });
    this.groupIds = lookup.ids;
  }
}
