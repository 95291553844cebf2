// Every rule that a configuration gives its security groups, in whichever of Terraform's three ways it is written.
import { INTERNET } from "../config/cidr";
import { Port, portText } from "../traffic/port";
import type { ObservedGroups } from "./groups";
import {
  address,
  asList,
  asNumber,
  asText,
  type Block,
  blocks,
  isObject,
  type Json,
  type JsonObject,
  type TerraformConfigs,
} from "./terraform-config";

/** Who a rule lets in or out: a group by its Name tag, a block of addresses, or something else, as it is written. */
export type ObservedPeer =
  | { readonly kind: "group"; readonly name: string }
  | { readonly kind: "cidr"; readonly cidr: string }
  | { readonly kind: "other"; readonly text: string };

export interface ObservedRule {
  readonly direction: "ingress" | "egress";
  /** Name tag of the group that the rule belongs to. */
  readonly group: string;
  readonly peer: ObservedPeer;
  readonly port: Port;
  readonly description: string;
  readonly stack: string;
  /** Where it is written. */
  readonly address: string;
}

/** The peer in words. */
export function observedPeerText(peer: ObservedPeer): string {
  switch (peer.kind) {
    case "group":
      return peer.name;
    case "cidr":
      return peer.cidr === INTERNET ? "internet" : peer.cidr;
    case "other":
      return peer.text;
  }
}

/** The rule in words: `db-sg <- app-sg 5432/tcp`. */
export function observedRuleText({ direction, group, peer, port }: ObservedRule): string {
  return `${group} ${direction === "ingress" ? "<-" : "->"} ${observedPeerText(peer)} ${portText(port)}`;
}

const PROTOCOLS: Readonly<Record<string, Port["protocol"]>> = {
  "-1": "all",
  all: "all",
  "6": "tcp",
  tcp: "tcp",
  "17": "udp",
  udp: "udp",
};

function portOf(protocol: Json | undefined, from: Json | undefined, to: Json | undefined): Port {
  const known = PROTOCOLS[String(protocol).toLowerCase()] ?? "all";
  // A rule whose ports cannot be read is taken to open all of them: better a false alarm than a missed hole.
  const [first, last] = [asNumber(from), asNumber(to)];
  return known === "all" || first === undefined || last === undefined
    ? { ...Port.all, protocol: known }
    : { protocol: known, from: first, to: last };
}

/** Every rule of every security group. */
export function observedRules(configs: TerraformConfigs, groups: ObservedGroups): ObservedRule[] {
  return blocks(configs).flatMap((block): ObservedRule[] => {
    switch (block.mode === "resource" ? block.type : "") {
      case "aws_vpc_security_group_ingress_rule":
        return standalone(block, groups, "ingress");
      case "aws_vpc_security_group_egress_rule":
        return standalone(block, groups, "egress");
      case "aws_security_group_rule":
        return legacy(block, groups);
      case "aws_security_group":
        return inline(block, groups);
      default:
        return [];
    }
  });
}

type Base = Pick<ObservedRule, "direction" | "group" | "stack" | "address" | "description" | "port">;

function expand(base: Base, peers: readonly ObservedPeer[]): ObservedRule[] {
  return peers.map((peer) => ({ ...base, peer }));
}

function groupPeer(block: Block, groups: ObservedGroups, value: Json): ObservedPeer {
  return { kind: "group", name: groups.resolve(block.stack, String(value)) };
}

function standalone(block: Block, groups: ObservedGroups, direction: Base["direction"]): ObservedRule[] {
  const { body, stack } = block;
  const base: Base = {
    direction,
    group: groups.resolve(stack, asText(body.security_group_id) ?? ""),
    port: portOf(body.ip_protocol, body.from_port, body.to_port),
    description: asText(body.description) ?? "",
    stack,
    address: address(block),
  };
  const { cidr_ipv4, referenced_security_group_id, cidr_ipv6, prefix_list_id } = body;
  return expand(base, [
    ...asList(cidr_ipv4).map((cidr): ObservedPeer => ({ kind: "cidr", cidr: String(cidr) })),
    ...asList(referenced_security_group_id).map((value) => groupPeer(block, groups, value)),
    ...[...asList(cidr_ipv6), ...asList(prefix_list_id)].map(
      (text): ObservedPeer => ({ kind: "other", text: String(text) }),
    ),
  ]);
}

/** The peers of a legacy or inline rule, which may name many at once. */
function manyPeers(
  block: Block,
  groups: ObservedGroups,
  body: JsonObject,
  groupKeys: string[],
): ObservedPeer[] {
  const self =
    body.self === true
      ? [block.type === "aws_security_group" ? ownReference(block) : body.security_group_id]
      : [];
  return [
    ...asList(body.cidr_blocks).map((cidr): ObservedPeer => ({ kind: "cidr", cidr: String(cidr) })),
    ...[...groupKeys.flatMap((key) => asList(body[key])), ...self].flatMap((value) =>
      value === undefined ? [] : [groupPeer(block, groups, value)],
    ),
    ...[...asList(body.ipv6_cidr_blocks), ...asList(body.prefix_list_ids)].map(
      (text): ObservedPeer => ({ kind: "other", text: String(text) }),
    ),
  ];
}

function ownReference({ type, name }: Block): string {
  return `\${${type}.${name}.id}`;
}

function legacy(block: Block, groups: ObservedGroups): ObservedRule[] {
  const { body, stack } = block;
  const base: Base = {
    direction: body.type === "egress" ? "egress" : "ingress",
    group: groups.resolve(stack, asText(body.security_group_id) ?? ""),
    port: portOf(body.protocol, body.from_port, body.to_port),
    description: asText(body.description) ?? "",
    stack,
    address: address(block),
  };
  return expand(base, manyPeers(block, groups, body, ["source_security_group_id"]));
}

function inline(block: Block, groups: ObservedGroups): ObservedRule[] {
  return (["ingress", "egress"] as const).flatMap((direction) =>
    asList(block.body[direction])
      .filter(isObject)
      .flatMap((body) => {
        const base: Base = {
          direction,
          group: groups.resolve(block.stack, ownReference(block)),
          port: portOf(body.protocol, body.from_port, body.to_port),
          description: asText(body.description) ?? "",
          stack: block.stack,
          address: `${address(block)} (inline ${direction})`,
        };
        return expand(base, manyPeers(block, groups, body, ["security_groups"]));
      }),
  );
}
