// One rule of the matrix as one Terraform resource: standalone, described, and revocable alone.
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { type Peer, peerText } from "../model/traffic/peer";
import { portText } from "../model/traffic/port";
import { ruleId, type SecurityGroupRule } from "../model/traffic/rules";
import { explain } from "../terraform/notes";
import { groupIdOf } from "./group-id";

export interface GroupRuleProps {
  readonly rule: SecurityGroupRule;
  /** IDs of the security groups by group. */
  readonly groupIds: ReadonlyMap<string, string>;
}

export class GroupRule extends Construct {
  /** EC2's ID of the rule, such as `sgr-0123456789abcdef0`. */
  readonly ruleId: string;

  /** Throws where the rule names a group that has no ID. */
  constructor(scope: Construct, { rule, groupIds }: GroupRuleProps) {
    const id = ruleId(rule);
    super(scope, id);
    const { direction, port, description, reason } = rule;
    const peer: Peer = rule.peer;
    const config = {
      securityGroupId: groupIdOf(groupIds, rule.group),
      ...(peer.kind === "group"
        ? { referencedSecurityGroupId: groupIdOf(groupIds, peer.group) }
        : { cidrIpv4: peer.cidr }),
      // "-1" is EC2's word for all protocols, which then take no ports.
      ...(port.protocol === "all"
        ? { ipProtocol: "-1" }
        : { ipProtocol: port.protocol, fromPort: port.from, toPort: port.to }),
      description,
      // Also where the description says something else, whoever looks at the rule in the account reads why it is there. EC2 takes
      // any character in its tags: "Tag your Amazon EC2 resources".
      tags: { Name: description, ...(reason === undefined ? {} : { Reason: reason }) },
    };
    const Resource = direction === "ingress" ? VpcSecurityGroupIngressRule : VpcSecurityGroupEgressRule;
    // The address in Terraform's state reads as the rule does, and stays when constructs move.
    const resource = new Resource(this, "rule", config);
    resource.overrideLogicalId(id);
    this.ruleId = resource.securityGroupRuleId;
    const verb = direction === "ingress" ? "admits" : "may reach";
    explain(
      resource,
      `${rule.group} ${verb} ${peerText(peer)} on ${portText(port)}: ${reason ?? description}`,
    );
  }
}
