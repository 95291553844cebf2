// Whether the second line behind the data stores' security groups holds: the data subnets' network ACL.
import type { NetworkAclEntry as LiveEntry, NetworkAcl, Subnet } from "@aws-sdk/client-ec2";
import type { Environment } from "../../model/environment";
import type { Model } from "../../model/model";
import { dataSubnetAclName } from "../../model/names/network";
import { planSubnets } from "../../model/subnets";
import type { NetworkAclEntry } from "../../model/traffic/network-acl";
import { type Port, portCovers, portIntersection } from "../../model/traffic/port";
import { overlaps } from "../../schema/cidr";
import { deployCommand } from "../commands";
import { livePort } from "../rules/compare";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { blockWords, portWords } from "./words";

export interface AclFacts {
  /** The environment's name: that of its file. */
  readonly name: string;
  /** Of the platform's VPC. */
  readonly subnets: readonly Pick<Subnet, "SubnetId" | "CidrBlock">[];
  /** Of the platform's VPC. */
  readonly networkAcls: readonly Pick<NetworkAcl, "NetworkAclId" | "Associations" | "Entries" | "Tags">[];
}

/** An entry of the account, in the words of the environment's. */
interface AclRule {
  readonly number: number;
  readonly isAllow: boolean;
  readonly direction: NetworkAclEntry["direction"];
  readonly cidr: string;
  /** `undefined` for a protocol that no flow speaks of, such as ICMP. */
  readonly port: Port | undefined;
  /** The number of the protocol, or -1 for all. */
  readonly protocol: string;
}

/** How EC2 calls the protocols of flows: by their IANA numbers. */
const PROTOCOLS: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp" };

/** The entry that every network ACL ends with, and that nobody can change: "Network ACL rules", Amazon VPC user guide. */
const FINAL_DENY = 32_767;

/** `acl:data`; nothing where the environment wants no such ACL. */
export function judgeDataSubnetAcl(
  { environment, dataSubnetAcl: declared }: Pick<Model, "environment" | "dataSubnetAcl">,
  facts: AclFacts,
): VerifyCheck[] {
  if (declared.length === 0) {
    return [];
  }
  const check = {
    id: "acl:data",
    title: "The data subnets' network ACL lets through what is declared, and nothing else",
  };
  const planned = planSubnets(environment.network).data;
  const subnets = facts.subnets.filter(({ CidrBlock = "" }) => planned.includes(CidrBlock));
  if (subnets.length === 0) {
    return [{ ...check, status: "skipped", detail: NOT_DEPLOYED }];
  }
  const acls = aclsOf(environment, facts);
  const rules = new Map(acls.map((acl) => [acl.NetworkAclId ?? "", (acl.Entries ?? []).map(ruleOf)]));
  const drifted = [
    ...subnets.flatMap((subnet) => elsewhere(subnet, environment, facts)),
    ...[...rules].flatMap(([id, all]) => closed(id, all, declared)),
  ];
  const foreign = [...rules].flatMap(([id, all]) =>
    all
      .filter((rule) => isForeign(rule, all, declared))
      .flatMap((rule) => foreignLines(id, rule, environment)),
  );
  const found = [...rules].flatMap(([id, all]) => [id, ...all.filter(isDenied).map(noteOf)]);
  return [
    drifted.length + foreign.length === 0
      ? { ...check, status: "pass", detail: found.join("\n") }
      : {
          ...check,
          status: "fail",
          detail: [
            ...foreign,
            ...drifted,
            ...(drifted.length > 0 ? [deployCommand(facts.name, "django")] : []),
          ].join("\n"),
        },
  ];
}

function aclsOf({ name }: Environment, { networkAcls }: AclFacts): AclFacts["networkAcls"] {
  const wanted = dataSubnetAclName(name);
  return networkAcls.filter(({ Tags = [] }) =>
    Tags.some(({ Key, Value }) => Key === "Name" && Value === wanted),
  );
}

function ruleOf({
  RuleNumber = 0,
  RuleAction,
  Egress,
  CidrBlock,
  Ipv6CidrBlock,
  Protocol: protocol = "-1",
  PortRange,
}: LiveEntry): AclRule {
  return {
    number: RuleNumber,
    isAllow: RuleAction === "allow",
    direction: Egress ? "egress" : "ingress",
    cidr: CidrBlock ?? Ipv6CidrBlock ?? "",
    port: livePort({
      protocol: PROTOCOLS[protocol] ?? protocol,
      fromPort: PortRange?.From ?? -1,
      toPort: PortRange?.To ?? -1,
    }),
    protocol,
  };
}

/** A data subnet that another network ACL stands before. */
function elsewhere(
  { SubnetId: id = "", CidrBlock }: AclFacts["subnets"][number],
  environment: Environment,
  facts: AclFacts,
): string[] {
  const has = ({ Associations = [] }: AclFacts["networkAcls"][number]) =>
    Associations.some(({ SubnetId }) => SubnetId === id);
  if (aclsOf(environment, facts).some(has)) {
    return [];
  }
  const other = facts.networkAcls.find(has)?.NetworkAclId ?? "no network ACL";
  return [`${id} (${CidrBlock}) has ${other}, not the one named ${dataSubnetAclName(environment.name)}`];
}

/** What is declared, and no entry lets through. */
function closed(id: string, all: readonly AclRule[], declared: readonly NetworkAclEntry[]): string[] {
  return declared
    .filter((entry) => !all.some((rule) => isEntry(rule, entry)))
    .map((entry) => `${id} lacks the rule that allows ${traffic(entry, portWords(entry.port))}`);
}

function isEntry({ isAllow, direction, cidr, port }: AclRule, entry: NetworkAclEntry): boolean {
  return (
    isAllow &&
    direction === entry.direction &&
    cidr === entry.cidr &&
    port !== undefined &&
    portCovers(port, entry.port) &&
    portCovers(entry.port, port)
  );
}

/** Whether a rule lets through what is not declared, or keeps out what is. */
function isForeign(rule: AclRule, all: readonly AclRule[], declared: readonly NetworkAclEntry[]): boolean {
  if (rule.isAllow) {
    return !declared.some((entry) => isEntry(rule, entry));
  }
  return declared.some((entry) => {
    const own = all.find((other) => isEntry(other, entry));
    return own !== undefined && rule.number < own.number && cuts(rule, entry);
  });
}

function cuts({ direction, cidr, port }: AclRule, entry: NetworkAclEntry): boolean {
  return (
    direction === entry.direction &&
    port !== undefined &&
    portIntersection(port, entry.port) !== undefined &&
    !cidr.includes(":") &&
    overlaps(cidr, entry.cidr)
  );
}

/** What a foreign rule does, and the command that removes it: Terraform knows its own rules alone. */
function foreignLines(id: string, rule: AclRule, { region }: Environment): string[] {
  const { number, isAllow, direction } = rule;
  return [
    `${id}: rule ${number} ${isAllow ? "allows" : "denies"} ${traffic(rule, portsOf(rule))}, which is ` +
      `${isAllow ? "not declared" : "declared"}`,
    `aws ec2 delete-network-acl-entry --region ${region} --network-acl-id ${id} --rule-number ${number} --${direction}`,
  ];
}

/** An entry that denies something besides, as `contain block-ip` adds them. */
function isDenied({ isAllow, number }: AclRule): boolean {
  return !isAllow && number < FINAL_DENY;
}

function noteOf(rule: AclRule): string {
  return `rule ${rule.number} denies ${traffic(rule, portsOf(rule))} besides`;
}

function portsOf({ port, protocol }: AclRule): string {
  return port === undefined ? `protocol ${protocol}` : portWords(port);
}

/** `5432/tcp from 10.0.64.0/20`. */
function traffic({ direction, cidr }: Pick<AclRule, "direction" | "cidr">, ports: string): string {
  return `${ports} ${direction === "ingress" ? "from" : "to"} ${blockWords(cidr)}`;
}
