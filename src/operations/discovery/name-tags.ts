// The platform's VPC and security groups by their Name tags: how the rules stack, too, finds them.

import type { Environment } from "../../model/environment";
import { securityGroups } from "../../model/traffic/derive";
import type { AwsSession } from "../aws/session";
import { type NamedVpc, vpcNamed } from "../live/security-groups";
import { judgeNameTag, judgeVpc } from "./judgement";

/** One group of the platform, and who has its Name tag. */
export interface TaggedGroup {
  /** The group: `alb`, a service's key, `postgres` or `redis`. */
  readonly group: string;
  /** The Name tag that it should have. */
  readonly name: string;
  /** IDs of the VPC's groups with that Name tag. */
  readonly tagged: readonly string[];
}

export interface TaggedGroups {
  /** The VPC's Name tag, the IDs of the VPCs that have it, and what is not as it should be. */
  readonly vpc: {
    readonly name: string;
    readonly ids: readonly string[];
    readonly findings: readonly string[];
  };
  readonly groups: readonly TaggedGroup[];
}

/** Looks for every group of the environment. Calls: ec2:DescribeVpcs, ec2:DescribeSecurityGroups. */
export async function findByNameTag(aws: AwsSession, environment: Environment): Promise<TaggedGroups> {
  return taggedGroups(environment, await vpcNamed(aws, environment.names.vpc));
}

/** Every group of the environment, among those of the VPC. */
export function taggedGroups(environment: Environment, vpc: NamedVpc): TaggedGroups {
  const { names } = environment;
  return {
    vpc: { name: names.vpc, ids: vpc.ids, findings: judgeVpc(names.vpc, vpc.ids) },
    groups: securityGroups(environment).map((group) => {
      const name = names.securityGroups[group] ?? group;
      const tagged = vpc.groups
        .filter(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === "Name" && Value === name))
        .flatMap(({ GroupId }) => GroupId ?? []);
      return { group, name, tagged };
    }),
  };
}

/** IDs by group, and what keeps the groups from being known: nothing, if each name has exactly one. */
export function uniqueGroups({ vpc, groups }: TaggedGroups): {
  readonly ids: ReadonlyMap<string, string>;
  readonly findings: readonly string[];
} {
  return {
    ids: new Map(
      groups.flatMap(({ group, tagged: [id] }) => (id === undefined ? [] : [[group, id] as const])),
    ),
    // Without the VPC, nothing more can be said of its groups.
    findings:
      vpc.findings.length > 0
        ? vpc.findings
        : groups.flatMap(({ name, tagged }) => judgeNameTag(name, tagged)),
  };
}
