// Which network ACL stands before a subnet, and what its entries are, however they are written.

import { asList, type Json, type JsonObject } from "../../reachability/terraform-config";
import type { Resource, Resources } from "./resources";
import { subjectOf } from "./subjects";
import { isTrue, nested } from "./values";

/** What gives a subnet an ACL. */
export interface AclAssociation {
  readonly resource: Resource;
  /** `undefined` where it cannot be told, like the ACL. */
  readonly subnet: Resource | undefined;
  readonly acl: Resource | undefined;
}

export interface AclEntry {
  /** What writes it: a rule, or the ACL itself. */
  readonly resource: Resource;
  readonly direction: "ingress" | "egress";
  /** Its blocks, protocol and ports. */
  readonly body: JsonObject;
  readonly number: Json | undefined;
  readonly action: Json | undefined;
}

/** The ACL that a rule, or an association, is of; `undefined` where that cannot be told. */
export function aclOf(resources: Resources, from: Resource): Resource | undefined {
  return subjectOf(resources, from, from.body.network_acl_id, "aws_network_acl");
}

/** Whatever gives a subnet an ACL. */
export function aclAssociations(resources: Resources): AclAssociation[] {
  const subnetOf = (from: Resource, value: Json | undefined) =>
    subjectOf(resources, from, value, "aws_subnet");
  return [
    ...resources.of("aws_network_acl_association").map((resource) => ({
      resource,
      subnet: subnetOf(resource, resource.body.subnet_id),
      acl: aclOf(resources, resource),
    })),
    ...resources.of("aws_network_acl", "aws_default_network_acl").flatMap((resource) =>
      asList(resource.body.subnet_ids).map((id) => ({
        resource,
        subnet: subnetOf(resource, id),
        acl: resource,
      })),
    ),
  ];
}

/** The entries that are known to be in an ACL. */
export function aclEntries(resources: Resources, acl: Resource): AclEntry[] {
  return [
    ...resources
      .of("aws_network_acl_rule")
      .filter((rule) => aclOf(resources, rule) === acl)
      .map((rule) => ({
        resource: rule,
        direction: isTrue(rule.body.egress) ? ("egress" as const) : ("ingress" as const),
        body: rule.body,
        number: rule.body.rule_number,
        action: rule.body.rule_action,
      })),
    ...(["ingress", "egress"] as const).flatMap((direction) =>
      nested(acl.body, direction).map((body) => ({
        resource: acl,
        direction,
        body,
        number: body.rule_no,
        action: body.action,
      })),
    ),
  ];
}

/** Whether an entry lets something through: only what is denied, in so many words, does not. */
export function admits({ action }: Pick<AclEntry, "action">): boolean {
  return String(action).toLowerCase() !== "deny";
}
