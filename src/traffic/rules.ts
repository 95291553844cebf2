// Security group rules as data: what flows come to in EC2, and which of the two stacks holds each.
import { INTERNET } from "../config/cidr";
import type { Flow } from "./flow";
import { type Peer, peerText } from "./peer";
import { type Port, portCovers, portText } from "./port";

/** The stacks that hold rules; also their ids. */
export type RuleHolder = "django" | "security-group-rules";

/** One rule of one security group. */
export interface SecurityGroupRule {
  readonly direction: "ingress" | "egress";
  /** The group that the rule belongs to. */
  readonly group: string;
  /** Where the traffic comes from (ingress) or goes to (egress). */
  readonly peer: Peer;
  readonly port: Port;
  readonly description: string;
  readonly holder: RuleHolder;
}

/** Identifies a rule within its environment: EC2 refuses a second one of the same key. */
export function ruleKey({ direction, group, peer, port }: SecurityGroupRule): string {
  const arrow = direction === "ingress" ? "<-" : "->";
  return `${group} ${arrow} ${peerText(peer)} ${portText(port)}`;
}

/**
 * Who holds a flow's rules: `django` the traffic between groups' own edges and the outside (egress to CIDR blocks, and
 * whatever reaches the load balancer from them), `security-group-rules` all else.
 */
function holderOf({ source, destination }: Flow): RuleHolder {
  const leavesThePlatform = destination.kind === "cidr";
  const entersTheLoadBalancer =
    source.kind === "cidr" && destination.kind === "group" && destination.group === "alb";
  return leavesThePlatform || entersTheLoadBalancer ? "django" : "security-group-rules";
}

/**
 * The rules that these flows need, in their order. A flow into a group needs an ingress rule there. A flow out of a
 * group needs an egress rule there, unless it goes to a group and the source may connect anywhere already.
 */
export function securityGroupRules(flows: readonly Flow[]): SecurityGroupRule[] {
  const open = openEgress(flows);
  return flows.flatMap((flow) => {
    const { source, destination, port, description } = flow;
    const holder = holderOf(flow);
    const rules: SecurityGroupRule[] = [];
    if (destination.kind === "group") {
      rules.push({ direction: "ingress", group: destination.group, peer: source, port, description, holder });
    }
    if (source.kind === "group") {
      const covered =
        destination.kind === "group" && open.get(source.group)?.some((allowed) => portCovers(allowed, port));
      if (!covered) {
        rules.push({
          direction: "egress",
          group: source.group,
          peer: destination,
          port,
          description,
          holder,
        });
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
