// A Terraform check, on each plan and apply, that the load balancer still admits its ports: rules that another stack
// holds.
import { DataAwsVpcSecurityGroupRule } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rule";
import { DataAwsVpcSecurityGroupRules } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rules";
import { Fn, ref, TerraformIterator, Token } from "cdktf";
import { Construct } from "constructs";
import { peerText } from "../model/traffic/peer";
import { portText } from "../model/traffic/port";
import type { SecurityGroupRule } from "../model/traffic/rules";
import { Check } from "../terraform/check";
import { belongsIn } from "../terraform/notes";

export interface IngressCheckProps {
  /** The group whose rules are read. */
  readonly group: string;
  /** Its ID. */
  readonly groupId: string;
  /** The rules from CIDR blocks that it must have. */
  readonly rules: readonly SecurityGroupRule[];
}

/**
 * A Terraform `check` block: a missing rule is a warning in the plan and in the apply, and changes nothing. Reads the
 * group's rules through the AWS API, so that a rule revoked by hand is noticed, too.
 */
export class IngressCheck extends Construct {
  constructor(scope: Construct, id: string, { group, groupId, rules }: IngressCheckProps) {
    super(scope, id);
    belongsIn(this, "checks");
    const all = new DataAwsVpcSecurityGroupRules(this, `rules:${group}`, {
      filter: [{ name: "group-id", values: [groupId] }],
    });
    // The provider says null of a group without any rule, which no for_each takes.
    const ids = Fn.try([
      ref(`[for id in data.aws_vpc_security_group_rules.${all.friendlyUniqueId}.ids : id]`, all.cdktfStack),
      [],
    ]);
    const each = TerraformIterator.fromList(Token.asList(ids));
    const found = new DataAwsVpcSecurityGroupRule(this, `rule:${group}`, {
      forEach: each,
      securityGroupRuleId: Token.asString(each.value),
    });
    new Check(this, `check:${group}-ingress`, {
      assertions: rules.flatMap((rule) => {
        const { peer, port } = rule;
        if (peer.kind !== "cidr") {
          return [];
        }
        const admits = [
          "!rule.is_egress",
          `rule.cidr_ipv4 == "${peer.cidr}"`,
          `contains(["-1", "${port.protocol}"], rule.ip_protocol)`,
          `(rule.ip_protocol == "-1" || (rule.from_port <= ${port.from} && rule.to_port >= ${port.to}))`,
        ].join(" && ");
        return [
          {
            condition: `\${anytrue([for rule in ${found.fqn} : ${admits}])}`,
            errorMessage:
              `The security group of "${group}" does not admit ${portText(port)} from ${peerText(peer)}. ` +
              "Deploy the stack django, which holds this rule.",
          },
        ];
      }),
    });
  }
}
