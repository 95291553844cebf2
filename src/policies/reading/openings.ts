// What security groups open to addresses outside of private networks, in whichever way the rules are written.

import { portText } from "../../model/traffic/port";
import { ObservedGroups } from "../../reachability/groups";
import {
  type ObservedPeer,
  type ObservedRule,
  observedPeerText,
  observedRules,
} from "../../reachability/observed-rules";
import type { TerraformConfigs } from "../../reachability/terraform-config";
import { isPrivate, prefixLength } from "../../schema/cidr";
import type { Finding } from "../policy";

/**
 * A finding for each inbound rule that lets the Internet, or anyone who cannot be told, connect to one of the ports. A
 * single public address is no finding: somebody has named it.
 *
 * @param ports what listens there, by port
 */
export function* openings(configs: TerraformConfigs, ports: ReadonlyMap<number, string>): Iterable<Finding> {
  for (const rule of observedRules(configs, new ObservedGroups(configs))) {
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

/** Where a rule is written: the resource that it is, or that it is inline in. */
export function placeOf({ stack, address }: ObservedRule): Pick<Finding, "stack" | "address"> {
  return { stack, address: address.slice(`${stack}/`.length).replace(/ .*$/, "") };
}

/** Private addresses of IPv6, RFC 4193. */
const PRIVATE_IPV6 = /^f[cd][0-9a-f]{2}:/i;

function isOutside(peer: ObservedPeer): boolean {
  switch (peer.kind) {
    case "group":
      return false;
    case "cidr":
      return !isPrivate(peer.cidr) && prefixLength(peer.cidr) < 32;
    case "other":
      return !PRIVATE_IPV6.test(peer.text) && !peer.text.endsWith("/128");
  }
}
