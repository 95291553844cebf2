// The platform's VPC and security groups by their Name tags: how the rules stack, too, finds them.

import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { type NamedVpc, vpcNamed } from "../live/security-groups";
import { judgeNameTag, judgeVpc } from "./judgement";
import type { TaggedGroup } from "./tagged-group";

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
export async function findByNameTag(aws: AwsSession, model: Model): Promise<TaggedGroups> {
  return taggedGroups(model, await vpcNamed(aws, model.environment.names.vpc));
}

/** Every group of the environment, among those of the VPC. */
export function taggedGroups({ environment, members }: Model, vpc: NamedVpc): TaggedGroups {
  const { names } = environment;
  return {
    vpc: { name: names.vpc, ids: vpc.ids, findings: judgeVpc(names.vpc, vpc.ids) },
    groups: members.all.map((member) => {
      const { key: group, groupName: name } = member;
      const tagged = vpc.groups
        .filter(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === "Name" && Value === name))
        .flatMap(({ GroupId }) => GroupId ?? []);
      return { member, group, name, tagged };
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
