// One rule of the matrix as one Terraform resource: standalone, described, and revocable alone.
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { type Peer, peerText } from "../traffic/peer";
import { portText } from "../traffic/port";
import type { SecurityGroupRule } from "../traffic/rules";

export interface GroupRuleProps {
  readonly rule: SecurityGroupRule;
  /** IDs of the security groups by group. */
  readonly groupIds: ReadonlyMap<string, string>;
}

export class GroupRule extends Construct {
  /** Throws where the rule names a group that has no ID. */
  constructor(scope: Construct, { rule, groupIds }: GroupRuleProps) {
    const ruleId = idOf(rule);
    super(scope, ruleId);
    const { direction, port, description } = rule;
    const groupId = (group: string): string => {
      const id = groupIds.get(group);
      if (id === undefined) {
        throw new Error(`A rule names the security group "${group}", which does not exist.`);
      }
      return id;
    };
    const peer: Peer = rule.peer;
    const config = {
      securityGroupId: groupId(rule.group),
      ...(peer.kind === "group"
        ? { referencedSecurityGroupId: groupId(peer.group) }
        : { cidrIpv4: peer.cidr }),
      // "-1" is EC2's word for all protocols, which then take no ports.
      ...(port.protocol === "all"
        ? { ipProtocol: "-1" }
        : { ipProtocol: port.protocol, fromPort: port.from, toPort: port.to }),
      description,
      tags: { Name: description },
    };
    const Resource = direction === "ingress" ? VpcSecurityGroupIngressRule : VpcSecurityGroupEgressRule;
    // The address in Terraform's state reads as the rule does, and stays when constructs move.
    new Resource(this, "rule", config).overrideLogicalId(ruleId);
  }
}

/**
 * An id that stays the same as long as the rule does, whatever rules come and go beside it, and that no other rule has:
 * its last words are the port, and "from" and "to" stand alone nowhere but between the two ends.
 */
function idOf({ direction, group, peer, port }: SecurityGroupRule): string {
  const preposition = direction === "ingress" ? "from" : "to";
  const ends = `${endOf(group)}-${preposition}-${endOf(peerText(peer))}`;
  return `${ends}-${portText(port).replace("-", "to")}`.replaceAll(/[^a-zA-Z0-9_-]/g, "-");
}

/** One end's name, its own "from" and "to" marked: no group's key has an underscore. */
function endOf(name: string): string {
  return name.replaceAll(/(?<=^|-)(from|to)(?=-|$)/g, "_$1");
}
