// Security group rules as data: what flows come to in EC2, and which of the two stacks holds each.
import { INTERNET } from "../../schema/cidr";
import type { Flow } from "./flow";
import { type Peer, peerText } from "./peer";
import { type Port, portCovers, portText } from "./port";

/** The ids of the stacks that hold rules, in the order in which they are deployed. */
export const RULE_HOLDERS = ["django", "security-group-rules"] as const;
export type RuleHolder = (typeof RULE_HOLDERS)[number];

/** One rule of one security group. */
export interface SecurityGroupRule {
  readonly direction: "ingress" | "egress";
  /** The group that the rule belongs to. */
  readonly group: string;
  /** Where the traffic comes from (ingress) or goes to (egress). */
  readonly peer: Peer;
  readonly port: Port;
  readonly description: string;
  /** Why its flow is needed, where somebody has said so. */
  readonly reason?: string | undefined;
  readonly holder: RuleHolder;
  /** The flow that needs the rule: see `flowId`. */
  readonly flow: string;
}

/** Identifies a rule within its environment: EC2 refuses a second one of the same key. */
export function ruleKey({ direction, group, peer, port }: SecurityGroupRule): string {
  const arrow = direction === "ingress" ? "<-" : "->";
  return `${group} ${arrow} ${peerText(peer)} ${portText(port)}`;
}

/**
 * Who holds a flow's rules: `django` the traffic between groups' own edges and the outside (egress to CIDR blocks, and
 * whatever reaches an entrance, such as the load balancer, from them), `security-group-rules` all else.
 */
function holderOf({ source, destination }: Flow, entrances: readonly string[]): RuleHolder {
  const leavesThePlatform = destination.kind === "cidr";
  const comesInFromOutside =
    source.kind === "cidr" && destination.kind === "group" && entrances.includes(destination.group);
  return leavesThePlatform || comesInFromOutside ? "django" : "security-group-rules";
}

/**
 * The rules that these flows need, in their order. A flow into a group needs an ingress rule there. A flow out of a
 * group needs an egress rule there, unless it goes to a group and the source may connect anywhere already.
 * @param entrances the groups of those by whom users come in
 */
export function securityGroupRules(
  flows: readonly Flow[],
  entrances: readonly string[],
): SecurityGroupRule[] {
  const open = openEgress(flows);
  return flows.flatMap((flow) => {
    const { source, destination, port } = flow;
    const shared = {
      port,
      description: flow.description,
      reason: flow.reason,
      holder: holderOf(flow, entrances),
      flow: flowId(flow),
    };
    const rules: SecurityGroupRule[] = [];
    if (destination.kind === "group") {
      rules.push({ direction: "ingress", group: destination.group, peer: source, ...shared });
    }
    if (source.kind === "group") {
      const covered =
        destination.kind === "group" && open.get(source.group)?.some((allowed) => portCovers(allowed, port));
      if (!covered) {
        rules.push({ direction: "egress", group: source.group, peer: destination, ...shared });
      }
    }
    return rules;
  });
}

/** By group, the ports on which it may connect to any address. */
function openEgress(flows: readonly Flow[]): ReadonlyMap<string, readonly Port[]> {
  const open = new Map<string, Port[]>();
  for (const { source, destination, port } of flows) {
    if (source.kind === "group" && destination.kind === "cidr" && destination.cidr === INTERNET) {
      open.set(source.group, [...(open.get(source.group) ?? []), port]);
    }
  }
  return open;
}

/**
 * The name of a rule in Terraform and for commands: `postgres-from-django-5432-tcp`. It stays the same as long as the rule
 * does, whatever rules come and go beside it, and no other rule has it: its last words are the port, and "from" and "to" stand alone nowhere but between the two ends.
 */
export function ruleId({
  direction,
  group,
  peer,
  port,
}: Pick<SecurityGroupRule, "direction" | "group" | "peer" | "port">): string {
  const preposition = direction === "ingress" ? "from" : "to";
  const ends = `${endOf(group)}-${preposition}-${endOf(peerText(peer))}`;
  return `${ends}-${portText(port).replace("-", "to")}`.replaceAll(/[^a-zA-Z0-9_-]/g, "-");
}

/** One end's name, its own "from" and "to" marked: no group's key has an underscore. */
function endOf(name: string): string {
  return name.replaceAll(/(?<=^|-)(from|to)(?=-|$)/g, "_$1");
}

/** The name of a flow for commands: that of its rule where it arrives, or where it leaves the platform. */
export function flowId({ source, destination, port }: Pick<Flow, "source" | "destination" | "port">): string {
  if (destination.kind === "group") {
    return ruleId({ direction: "ingress", group: destination.group, peer: source, port });
  }
  return ruleId({ direction: "egress", group: peerText(source), peer: destination, port });
}
