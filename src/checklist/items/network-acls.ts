// The item on network ACLs: a second line before the subnets of database and cache.
import { type Finding, finding, type SynthesizedPlatform } from "../../policies/policy";
import type { Resource, Resources } from "../../policies/reading/resources";
import { isFalse, isTrue, nested, texts } from "../../policies/reading/values";
import type { JsonObject } from "../../reachability/terraform-config";
import { INTERNET } from "../../schema/cidr";
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
  for (const group of resources.of("aws_db_subnet_group", "aws_elasticache_subnet_group")) {
    for (const id of texts(group.body.subnet_ids)) {
      const subnet = resources.find(group, id, "aws_subnet", "id");
      const acls = subnet ? aclsBefore(resources, subnet) : [];
      if (acls.length === 0) {
        findings.push(finding(subnet ?? group, "Nothing but security groups stands before it"));
      }
      for (const acl of acls) {
        subjects.add(acl);
        if (admitsAll(resources, acl)) {
          findings.push(finding(acl, "It admits everything"));
        }
      }
    }
  }
  return { subjects: [...subjects], findings };
}

function aclsBefore(resources: Resources, subnet: Resource): Resource[] {
  const associated = resources
    .attached("aws_network_acl_association", "subnet_id", subnet, "id")
    .flatMap(
      (association) =>
        resources.find(association, association.body.network_acl_id, "aws_network_acl", "id") ?? [],
    );
  const own = resources
    .of("aws_network_acl")
    .filter((acl) =>
      texts(acl.body.subnet_ids).some((id) => resources.find(acl, id, "aws_subnet", "id") === subnet),
    );
  return [...associated, ...own];
}

function admitsAll(resources: Resources, acl: Resource): boolean {
  const rules: readonly JsonObject[] = [
    ...resources
      .attached("aws_network_acl_rule", "network_acl_id", acl, "id")
      .map(({ body }) => body)
      .filter(({ egress }) => isFalse(egress) && !isTrue(egress)),
    ...nested(acl.body, "ingress"),
  ];
  return rules.some(
    ({ rule_action: added, action = added, cidr_block: cidr, protocol }) =>
      action === "allow" && cidr === INTERNET && ["-1", "all", -1].includes(protocol as string | number),
  );
}
