// Every rule that a configuration gives its security groups, in whichever of Terraform's three ways it is written.

import { Port, portText } from "../model/traffic/port";
import type { ObservedGroups } from "./groups";
import type { Instance } from "./instances";
import { type ObservedPeer, observedPeerText, Peers, unknownPeer } from "./peers";
import {
  address,
  asList,
  asNumber,
  asText,
  entries,
  isObject,
  type Json,
  type JsonObject,
} from "./terraform-config";

export interface ObservedRule {
  readonly direction: "ingress" | "egress";
  /** Name tag of the group that the rule belongs to; the expression itself where it is not known which group that is. */
  readonly group: string;
  readonly peer: ObservedPeer;
  readonly port: Port;
  readonly description: string;
  readonly stack: string;
  /** Where it is written. */
  readonly address: string;
  /** What of it cannot be told before a deployment, in words; empty where all of it is known. */
  readonly unread: string;
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

/**
 * Every rule of every security group. What cannot be read is a rule, too, whose peer no flow has.
 * @param all the resources of all stacks together
 */
export function observedRules(all: readonly Instance[], groups: ObservedGroups): ObservedRule[] {
  const reader: Reader = { groups, peers: new Peers(groups, all) };
  return all.flatMap((instance): ObservedRule[] => {
    switch (instance.mode === "resource" ? instance.type : "") {
      case "aws_vpc_security_group_ingress_rule":
        return standalone(instance, reader, "ingress");
      case "aws_vpc_security_group_egress_rule":
        return standalone(instance, reader, "egress");
      case "aws_security_group_rule":
        return legacy(instance, reader);
      case "aws_security_group":
      case "aws_default_security_group":
        return inline(instance, reader);
      default:
        return [];
    }
  });
}

interface Reader {
  readonly groups: ObservedGroups;
  readonly peers: Peers;
}

/** A rule as it is written. */
interface Written {
  readonly direction: ObservedRule["direction"];
  /** The expression that names its group. */
  readonly group: string;
  readonly instance: Instance;
  readonly body: JsonObject;
  readonly port: Port | undefined;
  readonly peers: readonly ObservedPeer[];
  readonly where?: string;
  /** What else of it cannot be told. */
  readonly doubts?: readonly string[];
}

/** A rule for each peer. */
function rulesFrom(written: Written, { groups }: Reader): ObservedRule[] {
  const { direction, instance, body, port, peers, where, doubts = [] } = written;
  const group = groups.resolve(instance.stack, written.group);
  const shared = [
    ...doubts,
    ...(instance.isCertain ? [] : ["whether there is one at all (count or for_each)"]),
    ...(port === undefined ? [`its protocol, ${String(body.ip_protocol ?? body.protocol)}`] : []),
    ...(group.isKnown ? [] : [`its group, ${group.name}`]),
  ];
  return (peers.length > 0 ? peers : [unknownPeer("(no peer that can be read)")]).map((peer) => ({
    direction,
    group: group.name,
    peer,
    port: port ?? Port.all,
    description: asText(body.description) ?? "",
    stack: instance.stack,
    address: where ?? `${address(instance)}${instance.key ?? ""}`,
    unread: [...shared, ...(isTold(peer) ? [] : [`its peer, ${observedPeerText(peer)}`])].join("; "),
  }));
}

function isTold(peer: ObservedPeer): boolean {
  return peer.kind === "cidr" || (peer.kind === "group" && peer.isKnown);
}

function standalone(
  instance: Instance,
  reader: Reader,
  direction: ObservedRule["direction"],
): ObservedRule[] {
  const { body, stack } = instance;
  const { peers } = reader;
  const written: Written = {
    direction,
    group: asText(body.security_group_id) ?? "",
    instance,
    body,
    port: portOf(body.ip_protocol, body.from_port, body.to_port),
    peers: [
      ...peers.blocks(body.cidr_ipv4),
      ...peers.named(stack, [body.referenced_security_group_id]),
      ...peers.blocks(body.cidr_ipv6),
      ...peers.prefixLists(stack, body.prefix_list_id),
    ],
  };
  return rulesFrom(written, reader);
}

/** The peers of a legacy or inline rule, which may name many at once; `own` is the group that the rule is in. */
function manyPeers({ stack }: Instance, { peers }: Reader, body: JsonObject, own: string): ObservedPeer[] {
  const self = String(body.self ?? "false") === "false" ? [] : [own];
  return [
    ...peers.blocks(body.cidr_blocks),
    ...peers.named(stack, [body.source_security_group_id, body.security_groups, ...self]),
    ...peers.blocks(body.ipv6_cidr_blocks),
    ...peers.prefixLists(stack, body.prefix_list_ids),
  ];
}

function legacy(instance: Instance, reader: Reader): ObservedRule[] {
  const { body } = instance;
  const group = asText(body.security_group_id) ?? "";
  const known = (["ingress", "egress"] as const).filter((direction) => direction === body.type);
  const rule = {
    group,
    instance,
    body,
    port: portOf(body.protocol, body.from_port, body.to_port),
    peers: manyPeers(instance, reader, body, group),
  };
  return known.length > 0
    ? known.flatMap((direction) => rulesFrom({ ...rule, direction }, reader))
    : (["ingress", "egress"] as const).flatMap((direction) =>
        rulesFrom({ ...rule, direction, doubts: [`its type, ${String(body.type)}`] }, reader),
      );
}

function inline(instance: Instance, reader: Reader): ObservedRule[] {
  const own = `\${${instance.type}.${instance.name}${instance.key ?? ""}.id}`;
  const dynamic = new Map(entries(instance.body.dynamic));
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const base = {
      direction,
      group: own,
      instance,
      where: `${address(instance)}${instance.key ?? ""} (inline ${direction})`,
    };
    const generated = dynamic.has(direction) ? ["(a dynamic block)"] : [];
    return [...asList(instance.body[direction]), ...generated].flatMap((written) =>
      isObject(written)
        ? rulesFrom(
            {
              ...base,
              body: written,
              port: portOf(written.protocol, written.from_port, written.to_port),
              peers: manyPeers(instance, reader, written, own),
            },
            reader,
          )
        : rulesFrom({ ...base, body: {}, port: Port.all, peers: [unknownPeer(String(written))] }, reader),
    );
  });
}
