// Every rule that a configuration gives its security groups, in whichever of Terraform's three ways it is written.

import { Port, portText } from "../model/traffic/port";
import { cidrProblem, INTERNET } from "../schema/cidr";
import type { ObservedGroups } from "./groups";
import {
  address,
  asList,
  asNumber,
  asText,
  type Block,
  blocks,
  entries,
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

/** A port, or `undefined` for a protocol that no flow can have. */
function portOf(protocol: Json | undefined, from: Json | undefined, to: Json | undefined): Port | undefined {
  const known = PROTOCOLS[String(protocol).toLowerCase()];
  if (known === undefined) {
    return undefined;
  }
  // A rule whose ports cannot be read is taken to open all of them: better a false alarm than a missed hole.
  const [first, last] = [asNumber(from), asNumber(to)];
  return known === "all" || first === undefined || last === undefined
    ? { ...Port.all, protocol: known }
    : { protocol: known, from: first, to: last };
}

/** Every rule of every security group. What cannot be read is a rule, too, whose peer no flow has. */
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
      case "aws_default_security_group":
        return inline(block, groups);
      default:
        return [];
    }
  });
}

/** Where a rule is written, and what it is about, as far as it can be read. */
interface Written {
  readonly direction: ObservedRule["direction"];
  readonly group: string;
  readonly block: Block;
  readonly body: JsonObject;
  readonly port: Port | undefined;
  readonly peers: readonly ObservedPeer[];
  readonly address?: string;
}

function other(text: string): ObservedPeer {
  return { kind: "other", text };
}

function rulesFrom({ direction, group, block, body, port, peers, address: where }: Written): ObservedRule[] {
  const repeated = body.count !== undefined || body.for_each !== undefined;
  const unreadable = [
    ...(repeated ? [other("(count or for_each)")] : []),
    ...(port === undefined ? [other(`(protocol ${String(body.ip_protocol ?? body.protocol)})`)] : []),
    ...(peers.length === 0 ? [other("(no peer that can be read)")] : []),
  ];
  return (unreadable.length > 0 ? unreadable : peers).map((peer) => ({
    direction,
    group,
    peer,
    port: port ?? Port.all,
    description: asText(body.description) ?? "",
    stack: block.stack,
    address: where ?? address(block),
  }));
}

function cidrPeers(value: Json | undefined): ObservedPeer[] {
  return asList(value).map((cidr) => {
    const text = String(cidr);
    return cidrProblem(text) === undefined ? { kind: "cidr", cidr: text } : other(text);
  });
}

function otherPeers(...values: readonly (Json | undefined)[]): ObservedPeer[] {
  return values.flatMap(asList).map((value) => other(String(value)));
}

function groupPeers(
  block: Block,
  groups: ObservedGroups,
  values: readonly (Json | undefined)[],
): ObservedPeer[] {
  return values
    .flatMap(asList)
    .map((value) => ({ kind: "group", name: groups.resolve(block.stack, String(value)) }));
}

function standalone(
  block: Block,
  groups: ObservedGroups,
  direction: ObservedRule["direction"],
): ObservedRule[] {
  const { body, stack } = block;
  return rulesFrom({
    direction,
    group: groups.resolve(stack, asText(body.security_group_id) ?? ""),
    block,
    body,
    port: portOf(body.ip_protocol, body.from_port, body.to_port),
    peers: [
      ...cidrPeers(body.cidr_ipv4),
      ...groupPeers(block, groups, [body.referenced_security_group_id]),
      ...otherPeers(body.cidr_ipv6, body.prefix_list_id),
    ],
  });
}

/** The peers of a legacy or inline rule, which may name many at once; `own` is the group that the rule is in. */
function manyPeers(
  block: Block,
  groups: ObservedGroups,
  body: JsonObject,
  own: Json | undefined,
): ObservedPeer[] {
  const self = String(body.self ?? "false") === "false" ? [] : [own];
  return [
    ...cidrPeers(body.cidr_blocks),
    ...groupPeers(block, groups, [body.source_security_group_id, body.security_groups, ...self]),
    ...otherPeers(body.ipv6_cidr_blocks, body.prefix_list_ids),
  ];
}

function legacy(block: Block, groups: ObservedGroups): ObservedRule[] {
  const { body, stack } = block;
  return rulesFrom({
    direction: body.type === "egress" ? "egress" : "ingress",
    group: groups.resolve(stack, asText(body.security_group_id) ?? ""),
    block,
    body,
    port: portOf(body.protocol, body.from_port, body.to_port),
    peers: manyPeers(block, groups, body, body.security_group_id),
  });
}

function inline(block: Block, groups: ObservedGroups): ObservedRule[] {
  const own = `\${${block.type}.${block.name}.id}`;
  const dynamic = new Map(entries(block.body.dynamic));
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const base = {
      direction,
      group: groups.resolve(block.stack, own),
      block,
      address: `${address(block)} (inline ${direction})`,
    };
    const generated = dynamic.has(direction) ? ["(a dynamic block)"] : [];
    return [...asList(block.body[direction]), ...generated].flatMap((written) => {
      if (!isObject(written)) {
        return rulesFrom({ ...base, body: {}, port: Port.all, peers: [other(String(written))] });
      }
      return rulesFrom({
        ...base,
        body: written,
        port: portOf(written.protocol, written.from_port, written.to_port),
        peers: manyPeers(block, groups, written, own),
      });
    });
  });
}
