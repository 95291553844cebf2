// Who can reach whom, derived from Terraform's configuration alone: rules, attachments and addresses, nothing else.

import { type Port, portIntersection } from "../model/traffic/port";
import { contains, INTERNET, overlaps } from "../schema/cidr";
import { type Endpoint, endpoints } from "./endpoints";
import { ObservedGroups } from "./groups";
import { type ObservedRule, observedRules } from "./observed-rules";
import { asText, blocks, type TerraformConfigs } from "./terraform-config";

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
  private readonly rulesByGroup = new Map<string, ObservedRule[]>();
  private readonly endpointsByGroup = new Map<string, Endpoint[]>();
  /** Blocks of the VPCs: where endpoints have their addresses. */
  readonly vpcCidrs: readonly string[];

  /**
   * @param configs the configurations of all stacks together, by stack
   * @param members who is in a group, by its Name tag, where only the group says it: what a team's own code adds may be
   * anything
   */
  constructor(configs: TerraformConfigs, members: ReadonlyMap<string, string> = new Map()) {
    this.groups = new ObservedGroups(configs);
    this.rules = observedRules(configs, this.groups);
    this.endpoints = endpoints(configs, this.groups, members);
    for (const rule of this.rules) {
      add(this.rulesByGroup, `${rule.direction} ${rule.group}`, rule);
    }
    for (const endpoint of this.endpoints) {
      for (const group of new Set(endpoint.groups)) add(this.endpointsByGroup, group, endpoint);
    }
    this.vpcCidrs = blocks(configs).flatMap(({ mode, type, body }) => {
      const cidr = asText(body.cidr_block);
      return mode === "resource" && type === "aws_vpc" && cidr !== undefined ? [cidr] : [];
    });
  }

  /** Every address block that a rule names, and the Internet. */
  cidrs(): string[] {
    const named = this.rules.flatMap(({ peer }) => (peer.kind === "cidr" ? [peer.cidr] : []));
    return [...new Set([INTERNET, ...named])];
  }

  /** Every connection that gets through in one step. */
  reaches(): Reach[] {
    return [...this.intoEndpoints(), ...this.toAddresses()];
  }

  private intoEndpoints(): Reach[] {
    const cidrs = this.cidrs();
    return this.endpoints.flatMap((destination) =>
      this.rulesOf(destination, "ingress").flatMap((rule) => {
        const { peer, port, description } = rule;
        const reach = (source: string, through: Port): Reach => ({
          source,
          destination: destination.label,
          port: through,
          description,
        });
        const outside =
          peer.kind === "cidr"
            ? cidrs.filter((cidr) => contains(peer.cidr, cidr)).map((cidr) => reach(cidrLabel(cidr), port))
            : [];
        const inside = this.peersOf(rule)
          .filter((source) => source !== destination)
          .flatMap((source) =>
            this.rulesOf(source, "egress")
              .filter((out) => this.isPeer(destination, out))
              .flatMap((out) => portIntersection(out.port, port) ?? [])
              .map((through) => reach(source.label, through)),
          );
        return [...outside, ...inside];
      }),
    );
  }

  private toAddresses(): Reach[] {
    const cidrs = this.cidrs();
    return this.endpoints.flatMap((source) =>
      this.rulesOf(source, "egress").flatMap(({ peer, port, description }) =>
        peer.kind === "cidr"
          ? cidrs
              .filter((cidr) => contains(peer.cidr, cidr))
              .map((cidr) => ({ source: source.label, destination: cidrLabel(cidr), port, description }))
          : [],
      ),
    );
  }

  private rulesOf({ groups }: Endpoint, direction: ObservedRule["direction"]): ObservedRule[] {
    return groups.flatMap((group) => this.rulesByGroup.get(`${direction} ${group}`) ?? []);
  }

  /** The endpoints that are what a rule's peer names. */
  private peersOf(rule: ObservedRule): readonly Endpoint[] {
    return rule.peer.kind === "group"
      ? (this.endpointsByGroup.get(rule.peer.name) ?? [])
      : this.endpoints.filter((endpoint) => this.isPeer(endpoint, rule));
  }

  /** Whether an endpoint is what a rule's peer names: in the group, or perhaps at an address of the block. */
  private isPeer({ groups }: Endpoint, { peer }: ObservedRule): boolean {
    switch (peer.kind) {
      case "group":
        return groups.includes(peer.name);
      case "cidr":
        return this.vpcCidrs.some((vpc) => overlaps(vpc, peer.cidr));
      case "other":
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
  return cidr === INTERNET ? "internet" : cidr;
}
