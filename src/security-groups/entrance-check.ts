// Terraform checks of a child module, on each plan and apply, that the load balancer still admits its ports: rules that another
// module holds, and tells the IDs of.
import { DataAwsVpcSecurityGroupRules } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rules";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { peerText } from "../model/traffic/peer";
import { portText } from "../model/traffic/port";
import { ruleId, type SecurityGroupRule } from "../model/traffic/rules";
import { Check } from "../terraform/check";
import { belongsIn } from "../terraform/notes";
import { groupIdOf } from "./group-id";
import { objectOf } from "./security-group-inputs";

export interface EntranceCheckProps {
  /** The rules from CIDR blocks that the groups must have. */
  readonly rules: readonly SecurityGroupRule[];
  /** IDs of the security groups by group. */
  readonly groupIds: ReadonlyMap<string, string>;
}

/**
 * The variable `entrance_rule_ids`, and a `check` block for each: that the rule is there, in the group that it was made for. What it
 * admits, the plan of the module that holds it compares.
 */
export class EntranceCheck extends Construct {
  constructor(scope: Construct, id: string, { rules, groupIds }: EntranceCheckProps) {
    super(scope, id);
    belongsIn(this, "checks");
    if (rules.length === 0) return;
    new TerraformVariable(this, "variable:entrance_rule_ids", {
      type: objectOf(rules.map(ruleId)),
      nullable: false,
      description: "IDs of the rules that let users in, by rule",
    });
    for (const rule of rules) {
      const { group, peer, port } = rule;
      const id = ruleId(rule);
      const found = new DataAwsVpcSecurityGroupRules(this, `rule:${id}`, {
        filter: [
          { name: "group-id", values: [groupIdOf(groupIds, group)] },
          { name: "security-group-rule-id", values: [`\${var.entrance_rule_ids.${id}}`] },
        ],
      });
      new Check(this, `check:${id}`, {
        assertions: [
          {
            condition: `\${try(length(${found.fqn}.ids), 0) == 1}`,
            errorMessage:
              `The security group of "${group}" does not admit ${portText(port)} from ${peerText(peer)}. ` +
              "Deploy the module django, which holds this rule.",
          },
        ],
      });
    }
  }
}
