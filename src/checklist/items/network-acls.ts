// The item on network ACLs: a second line before the subnets of database and cache.
import { type Finding, finding, type SynthesizedPlatform } from "../../policies/policy";
import { type AclEntry, aclAssociations, aclEntries, admits } from "../../policies/reading/network-acls";
import type { Resource } from "../../policies/reading/resources";
import { subjectOf } from "../../policies/reading/subjects";
import { texts } from "../../policies/reading/values";
import { INTERNET, INTERNET_IPV6 } from "../../schema/cidr";
import { judged } from "../answers";
import type { Item } from "../item";

export const networkAcls: Item = {
  id: "network-acls",
  title: "A network ACL stands before database and cache, and admits no more than it must",
  group: "nice to have",
  why: "Should a security group be opened by mistake, it still holds.",
  answer: (platform) => {
    const { subjects, findings } = aclsOf(platform);
    return judged({
      subjects,
      findings,
      met: "Their subnets have network ACLs that do not admit everything.",
      without: "The environment has neither a database nor a cache.",
      remedy: "Set network.dataSubnetAcl to true: its rules follow from the declared flows.",
    });
  },
};

function aclsOf({ resources }: SynthesizedPlatform): {
  readonly subjects: readonly Resource[];
  readonly findings: readonly Finding[];
} {
  const subjects = new Set<Resource>();
  const findings: Finding[] = [];
  const associations = aclAssociations(resources);
  for (const group of resources.of("aws_db_subnet_group", "aws_elasticache_subnet_group")) {
    for (const id of texts(group.body.subnet_ids)) {
      const subnet = subjectOf(resources, group, id, "aws_subnet");
      const acls = associations.flatMap((one) => (subnet && one.subnet === subnet ? (one.acl ?? []) : []));
      if (acls.length === 0) {
        findings.push(finding(subnet ?? group, "Nothing but security groups stands before it"));
      }
      for (const acl of acls) {
        subjects.add(acl);
        if (aclEntries(resources, acl).some(admitsAll)) {
          findings.push(finding(acl, "It admits everything"));
        }
      }
    }
  }
  return { subjects: [...subjects], findings };
}

function admitsAll(entry: AclEntry): boolean {
  const { cidr_block: v4, ipv6_cidr_block: v6, protocol } = entry.body;
  return (
    entry.direction === "ingress" &&
    admits(entry) &&
    [v4, v6].some((block) => block === INTERNET || block === INTERNET_IPV6) &&
    ["-1", "all"].includes(String(protocol).toLowerCase())
  );
}
