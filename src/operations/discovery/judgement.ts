// What is wrong with a group, given what the account says of it.

import type { Environment } from "../../model/environment";
import type { Member } from "../../model/members";
import { nameOfFileSystem, namesOfService } from "../../model/names/resolved";
import type { TaggedGroup } from "./tagged-group";

/** The account's answers about one group of the platform. */
export interface GroupFacts extends TaggedGroup {
  /** The resource that should be its member, in words. */
  readonly resource: string;
  /** IDs of the groups that the resource has; `undefined` where there is no such resource. */
  readonly attached: readonly string[] | undefined;
}

/** What is not as it should be with the VPC's Name tag, a sentence each. */
export function judgeVpc(name: string, ids: readonly string[]): string[] {
  if (ids.length === 0) {
    return [`No VPC has the Name tag ${name}: the stack django is not deployed, or the tag was changed.`];
  }
  return ids.length === 1
    ? []
    : [
        `${ids.length} VPCs have the Name tag ${name} (${ids.join(", ")}): the rules stack cannot choose one.`,
      ];
}

/** What is not as it should be with one group's Name tag, a sentence each. */
export function judgeNameTag(name: string, tagged: readonly string[]): string[] {
  if (tagged.length === 0) {
    return [`No security group has the Name tag ${name}.`];
  }
  return tagged.length === 1
    ? []
    : [
        `${tagged.length} security groups have the Name tag ${name} (${tagged.join(", ")}): the rules stack cannot choose one.`,
      ];
}

/** What is not as it should be with one group, a sentence each. */
export function judgeGroup({ name, tagged, resource, attached }: GroupFacts): string[] {
  const findings = judgeNameTag(name, tagged);
  if (attached === undefined) {
    findings.push(`There is no ${resource}.`);
    return findings;
  }
  const missing = tagged.filter((id) => !attached.includes(id));
  const strange = attached.filter((id) => !tagged.includes(id));
  if (tagged.length > 0 && missing.length === tagged.length) {
    findings.push(`The ${resource} is not in the group named ${name} (${tagged.join(", ")}).`);
  }
  if (strange.length > 0) {
    findings.push(
      `The ${resource} is in ${strange.join(", ")}, which ${tagged.length > 0 ? "has another name" : "has not that name"}.`,
    );
  }
  return findings;
}

/** The resource that should be in a member's group, in words. */
export function resourceText(
  { key, kind, label }: Member,
  { name, names }: Pick<Environment, "name" | "names">,
): string {
  switch (kind) {
    case "load-balancer":
      return `load balancer ${names.loadBalancer}`;
    case "database":
      return `database ${names.database}`;
    case "cache":
      return `cache ${names.cache}`;
    case "file-system":
      return `file system ${nameOfFileSystem(names, key)}`;
    case "endpoints":
      return `VPC endpoint of ${name}`;
    case "service":
      return `ECS service ${namesOfService(names, key).service}`;
    case "extra":
      return label;
  }
}
