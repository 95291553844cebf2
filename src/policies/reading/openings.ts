// What security groups open to addresses outside of private networks, in whichever way the rules are written.

import { portText } from "../../model/traffic/port";
import { ObservedGroups } from "../../reachability/groups";
import { instances } from "../../reachability/instances";
import { type ObservedRule, observedRules } from "../../reachability/observed-rules";
import { type ObservedPeer, observedPeerText } from "../../reachability/peers";
import type { TerraformConfigs } from "../../reachability/terraform-config";
import { isPrivateBlock, isSingle } from "../../schema/address-blocks";
import type { Finding } from "../policy";

/**
 * A finding for each inbound rule that lets the Internet, or anyone who cannot be told, connect to one of the ports. A
 * single public address is no finding: somebody has named it.
 *
 * @param ports what listens there, by port
 */
export function* openings(configs: TerraformConfigs, ports: ReadonlyMap<number, string>): Iterable<Finding> {
  for (const rule of rulesIn(configs)) {
    const { direction, peer, port } = rule;
    const open = [...ports].filter(([number]) => port.from <= number && number <= port.to);
    if (direction === "ingress" && open.length > 0 && isOutside(peer)) {
      const [names, numbers] = [open.map(([, name]) => name), open.map(([number]) => number)];
      yield {
        ...placeOf(rule),
        problem:
          `It lets ${observedPeerText(peer)} in on ${portText(port)}, and so to ${names.join(", ")} ` +
          `(${numbers.join(", ")})`,
      };
    }
  }
}

const known = new WeakMap<TerraformConfigs, readonly ObservedRule[]>();

/** Every rule of every security group: worked out once for all policies that ask. */
export function rulesIn(configs: TerraformConfigs): readonly ObservedRule[] {
  const all = instances(configs);
  const rules = known.get(configs) ?? observedRules(all, new ObservedGroups(configs, all));
  known.set(configs, rules);
  return rules;
}

/** Where a rule, or what is in a group, is written: the resource that it is, or that it is inline in. */
export function placeOf({ address }: Pick<ObservedRule, "address">): Pick<Finding, "stack" | "address"> {
  const [stack = "", ...rest] = address.split("/");
  return { stack, address: rest.join("/").replace(/[ [].*$/, "") };
}

function isOutside(peer: ObservedPeer): boolean {
  switch (peer.kind) {
    case "group":
      return false;
    case "cidr":
      return !isPrivateBlock(peer.cidr) && !isSingle(peer.cidr);
    case "unknown":
      return true;
  }
}
