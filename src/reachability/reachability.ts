// Who can reach whom, derived from Terraform's configuration alone: rules, attachments and addresses, nothing else.

import { Port, portIntersection } from "../model/traffic/port";
import { isBlock, isEverywhere, shareAddresses } from "../schema/address-blocks";
import { INTERNET, INTERNET_IPV6 } from "../schema/cidr";
import { type Endpoint, endpoints } from "./endpoints";
import { ObservedGroups } from "./groups";
import { instances } from "./instances";
import { type ObservedRule, observedRules } from "./observed-rules";
import { asText, type TerraformConfigs } from "./terraform-config";
import { throughBlocks } from "./through-blocks";

/** A connection that the configuration lets through. Ends are endpoint labels, CIDR blocks, or `internet`. */
export interface Reach {
  readonly source: string;
  readonly destination: string;
  readonly port: Port;
  /** The description of the rule that admits it at the destination, or, towards addresses, at the source. */
  readonly description: string;
}

export class Reachability {
  readonly groups: ObservedGroups;
  readonly rules: readonly ObservedRule[];
  readonly endpoints: readonly Endpoint[];
  /** Blocks of the VPCs: where endpoints have their addresses. */
  readonly vpcCidrs: readonly string[];
  private readonly rulesByGroup = new Map<string, ObservedRule[]>();
  private readonly endpointsByGroup = new Map<string, Endpoint[]>();

  /**
   * @param configs the configurations of all stacks together, by stack, evaluated: see `evaluated`
   * @param members who is in a group, by its Name tag, where only the group says it: what a team's own code adds may be
   * anything
   */
  constructor(configs: TerraformConfigs, members: ReadonlyMap<string, string> = new Map()) {
    const all = instances(configs);
    this.groups = new ObservedGroups(configs, all);
    this.rules = observedRules(all, this.groups);
    this.endpoints = endpoints(configs, all, this.groups, members);
    for (const rule of this.rules) {
      if (rule.unread === "") add(this.rulesByGroup, `${rule.direction} ${rule.group}`, rule);
    }
    for (const endpoint of this.endpoints) {
      for (const group of endpoint.groups) add(this.endpointsByGroup, group, endpoint);
    }
    this.vpcCidrs = all.flatMap(({ mode, type, body }) => {
      const isVpc = type === "aws_vpc" || type === "aws_vpc_ipv4_cidr_block_association";
      if (mode !== "resource" || !isVpc) return [];
      const block = asText(body.cidr_block) ?? "";
      const ipv6 = body.assign_generated_ipv6_cidr_block ?? body.ipv6_cidr_block ?? false;
      // A block that AWS chooses may be any.
      return [isBlock(block) ? block : INTERNET, ...(String(ipv6) === "false" ? [] : [INTERNET_IPV6])];
    });
  }

  /** Every address block that a rule names, and the Internet. */
  cidrs(): string[] {
    const named = this.rules.flatMap(({ peer }) => (peer.kind === "cidr" ? [peer.cidr] : []));
    return [...new Set([INTERNET, ...named])];
  }

  /** Every connection that gets through in one step, as far as the configuration can be read. */
  reaches(): Reach[] {
    return [...this.intoEndpoints(), ...this.toAddresses()];
  }

  private intoEndpoints(): Reach[] {
    const cidrs = this.cidrs();
    return this.endpoints.flatMap((destination) => {
      const rules = this.rulesOf(destination, "ingress");
      const outside = cidrs.flatMap((cidr) =>
        throughBlocks(rules, cidr).map(({ port, description }) => ({
          source: cidrLabel(cidr),
          destination: destination.label,
          port,
          description,
        })),
      );
      const inside = rules.flatMap((rule) =>
        this.peersOf(rule)
          .filter((source) => source !== destination)
          .flatMap((source) =>
            this.rulesOf(source, "egress")
              .filter((out) => this.isPeer(destination, out))
              .flatMap((out) => portIntersection(out.port, rule.port) ?? [])
              .map((port) => ({
                source: source.label,
                destination: destination.label,
                port,
                description: rule.description,
              })),
          ),
      );
      return [...outside, ...inside];
    });
  }

  private toAddresses(): Reach[] {
    const cidrs = this.cidrs();
    return this.endpoints.flatMap((source) => {
      const rules = this.rulesOf(source, "egress");
      return cidrs.flatMap((cidr) =>
        throughBlocks(rules, cidr).map(({ port, description }) => ({
          source: source.label,
          destination: cidrLabel(cidr),
          port,
          description,
        })),
      );
    });
  }

  /** The rules that are known to hold for an endpoint. */
  private rulesOf(
    endpoint: Endpoint,
    direction: ObservedRule["direction"],
  ): readonly Pick<ObservedRule, "peer" | "port" | "description">[] {
    const { groups, openTo } = endpoint;
    if (openTo !== undefined) {
      const blocks = openTo === "internet" || direction === "egress" ? [INTERNET] : this.vpcCidrs;
      return blocks.map((cidr) => ({
        peer: { kind: "cidr", cidr },
        port: Port.all,
        description: `${endpoint.address} is in no security group`,
      }));
    }
    return groups.flatMap((group) => this.rulesByGroup.get(`${direction} ${group}`) ?? []);
  }

  /** The endpoints that are what a rule's peer names. */
  private peersOf(rule: Pick<ObservedRule, "peer">): readonly Endpoint[] {
    return rule.peer.kind === "group"
      ? (this.endpointsByGroup.get(rule.peer.name) ?? [])
      : this.endpoints.filter((endpoint) => this.isPeer(endpoint, rule));
  }

  /** Whether an endpoint is what a rule's peer names: in the group, or perhaps at an address of the block. */
  isPeer({ groups }: Endpoint, { peer }: Pick<ObservedRule, "peer">): boolean {
    switch (peer.kind) {
      case "group":
        return groups.includes(peer.name);
      case "cidr":
        return this.vpcCidrs.some((vpc) => shareAddresses(vpc, peer.cidr));
      case "unknown":
        return false;
    }
  }
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}

/** The name that tables and commands know a block by. */
export function cidrLabel(cidr: string): string {
  return isEverywhere(cidr) ? "internet" : cidr;
}
