// What may get through, for all that can be told: where a rule, or who is in a group, is known only to a deployment.
import { portIntersection } from "../model/traffic/port";
import { covers } from "../schema/address-blocks";
import type { Endpoint } from "./endpoints";
import type { ObservedRule } from "./observed-rules";
import { cidrLabel, type Reachability } from "./reachability";

/** A pair of which it cannot be said that nothing gets through. */
export interface Doubt {
  readonly source: string;
  readonly destination: string;
  /** What would have to be known. */
  readonly reason: string;
}

/** An end of a connection: a block of addresses, or an endpoint. */
type End = string | Endpoint;

/** What lets an end in or out, perhaps; and what of that is not known, in words, or nothing. */
interface Perhaps {
  readonly port: ObservedRule["port"] | undefined;
  readonly unread: string;
}

/** Every pair between which something gets through if what cannot be read turns out so. Other ways may be certain. */
export function doubts(observed: Reachability): Doubt[] {
  const { rules, endpoints } = observed;
  if ([...rules, ...endpoints].every(({ unread }) => unread === "")) {
    return [];
  }
  const ends: End[] = [...observed.cidrs(), ...endpoints];
  return ends.flatMap((source) =>
    ends.flatMap((destination) => {
      const unread =
        source === destination || (typeof source === "string" && typeof destination === "string")
          ? []
          : between(observed, source, destination);
      return unread.length === 0
        ? []
        : [{ source: labelOf(source), destination: labelOf(destination), reason: unread.join("; ") }];
    }),
  );
}

function labelOf(end: End): string {
  return typeof end === "string" ? cidrLabel(end) : end.label;
}

/** What is not known of the ways from one end to another; nothing where there is no such way. */
function between(observed: Reachability, source: End, destination: End): string[] {
  const out = typeof source === "string" ? [ANY] : lets(observed, "egress", source, destination);
  const into = typeof destination === "string" ? [ANY] : lets(observed, "ingress", destination, source);
  const found = out.flatMap((one) =>
    into.flatMap((other) => {
      const meet = !one.port || !other.port || portIntersection(one.port, other.port) !== undefined;
      return meet ? [one.unread, other.unread].filter((text) => text !== "") : [];
    }),
  );
  return [...new Set(found)];
}

const ANY: Perhaps = { port: undefined, unread: "" };

/** What may let `other` into an endpoint, or out of it to `other`. */
function lets(
  observed: Reachability,
  direction: ObservedRule["direction"],
  endpoint: Endpoint,
  other: End,
): Perhaps[] {
  const { rules, groups } = observed;
  if (endpoint.openTo !== undefined) {
    return [{ port: undefined, unread: withPlace(endpoint) }];
  }
  const ofRules = rules
    .filter((rule) => rule.direction === direction)
    .filter(({ group }) => endpoint.groups.includes(group) || !groups.has(group))
    .flatMap((rule): Perhaps[] => {
      const peer = peerPerhaps(observed, rule, other);
      return peer === undefined
        ? []
        : [
            {
              port: rule.port,
              unread: [withPlace(rule), peer, withPlace(endpoint)].filter(Boolean).join("; "),
            },
          ];
    });
  // Of groups that are not known, no rule is.
  return endpoint.unread !== "" ? [...ofRules, { port: undefined, unread: withPlace(endpoint) }] : ofRules;
}

function withPlace({ address, unread }: Pick<Endpoint, "address" | "unread">): string {
  return unread === "" ? "" : `${address}: ${unread}`;
}

/** Whether a rule's peer may be `other`: `undefined` where it is not, or else what of `other` is not known. */
function peerPerhaps(observed: Reachability, { peer }: ObservedRule, other: End): string | undefined {
  const perhaps = typeof other === "string" ? "" : withPlace(other);
  if (peer.kind === "unknown") {
    return perhaps;
  }
  if (typeof other === "string") {
    return peer.kind === "cidr" && covers([peer.cidr], other) ? "" : undefined;
  }
  const isTold = peer.kind === "cidr" || observed.groups.has(peer.name);
  return observed.isPeer(other, { peer }) || !isTold || (peer.kind === "group" && other.unread !== "")
    ? perhaps
    : undefined;
}
