// The policy `data-subnet-acl`: the network ACL of the data subnets lets through what the environment declares.
import { planSubnets } from "../../model/subnets";
import { dataSubnetAclEntries, type NetworkAclEntry } from "../../model/traffic/network-acl";
import { portText } from "../../model/traffic/port";
import { asText, type JsonObject } from "../../reachability/terraform-config";
import { type Finding, finding, type Policy } from "../policy";
import { type AclEntry, aclAssociations, aclEntries, aclOf, admits } from "../reading/network-acls";
import type { Resource, Resources } from "../reading/resources";
import { isDynamic } from "../reading/values";

const dataSubnetAcl: Policy = {
  id: "data-subnet-acl",
  severity: "high",
  rule: "The network ACL of the data subnets lets through what the environment declares, and nothing else.",
  reason:
    "It holds where a security group is opened by mistake; an entry that allows all takes that away unseen.",
  remedy:
    "Declare the flow in the environment, or remove what is not this project's; network.dataSubnetAcl: false makes no such ACL.",
  *check({ environment, model, resources }) {
    const expected = dataSubnetAclEntries(environment, model.members, model.traffic.flows).map(expectedText);
    if (expected.length === 0) {
      return;
    }
    const blocks = planSubnets(environment.network).data;
    const subnets = resources
      .of("aws_subnet")
      .filter(({ body }) => blocks.includes(asText(body.cidr_block) ?? ""));
    const associations = aclAssociations(resources);
    const acls = new Set<Resource>();
    for (const subnet of subnets) {
      const own = associations.filter((association) => association.subnet === subnet);
      for (const { acl } of own) if (acl) acls.add(acl);
      // One that count or for_each makes may be none.
      if (own.every(({ resource }) => isRepeated(resource.body))) {
        yield finding(subnet, "No network ACL that is declared stands before this data subnet");
      }
    }
    for (const { resource, subnet, acl } of associations) {
      const isOurs = subnet !== undefined && subnets.includes(subnet);
      // What cannot be told may take a data subnet from its ACL.
      if ((isOurs && !acl) || (!subnet && !(acl && acls.has(acl)))) {
        yield finding(
          resource,
          "It may give a data subnet another network ACL: which one, or which subnet, cannot be told",
        );
      }
    }
    for (const acl of acls) {
      yield* entryFindings(resources, acl, expected);
    }
    for (const rule of resources.of("aws_network_acl_rule")) {
      if (!aclOf(resources, rule) && admits({ action: rule.body.rule_action })) {
        yield finding(rule, "It may open the data subnets' network ACL: which one it is in cannot be told");
      }
    }
  },
};

export default dataSubnetAcl;

/** Entries of an ACL that are not declared, and declared ones that it lacks. */
function* entryFindings(resources: Resources, acl: Resource, expected: readonly string[]): Iterable<Finding> {
  const lacking = new Set(expected);
  for (const entry of aclEntries(resources, acl)) {
    const text = entryText(entry);
    // What is denied opens nothing.
    if (admits(entry) && !lacking.delete(text)) {
      yield finding(entry.resource, `It allows ${text}, which no flow of the environment needs`);
    }
  }
  if (isDynamic(acl.body, "ingress") || isDynamic(acl.body, "egress")) {
    yield finding(acl, "Its entries cannot be told before a deployment");
  }
  for (const text of lacking) {
    yield finding(acl, `It does not allow ${text}, which a flow of the environment needs`);
  }
}

function isRepeated(body: JsonObject): boolean {
  return body.count !== undefined || body.for_each !== undefined;
}

function expectedText({ direction, cidr, port, number }: NetworkAclEntry): string {
  return `${number} ${direction} ${cidr} ${portText(port)}`;
}

/** An entry in the words of those that are expected; what cannot be read makes it another one. */
function entryText({ direction, body, number }: AclEntry): string {
  const cidr = String(body.cidr_block ?? body.ipv6_cidr_block);
  const repeated = isRepeated(body) ? " (count or for_each)" : "";
  const protocol = PROTOCOLS[String(body.protocol).toLowerCase()] ?? String(body.protocol);
  const ports =
    body.from_port === body.to_port ? String(body.from_port) : `${body.from_port}-${body.to_port}`;
  return `${number} ${direction} ${cidr} ${protocol === "all" ? "all" : `${ports}/${protocol}`}${repeated}`;
}

const PROTOCOLS: Readonly<Record<string, string>> = { "-1": "all", all: "all", "6": "tcp", "17": "udp" };
