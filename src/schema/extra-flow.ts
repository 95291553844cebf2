// The part of an environment that allows connections beyond those that follow from its services.
import { z } from "zod";
import { flowReason } from "./connection";
import { portOrRange, ruleDescription, section } from "./fields";

export const extraFlowSchema = section({
  /**
   * A group (`alb`, a service, `postgres`, `redis`), a CIDR block, or "internet" for 0.0.0.0/0. Public addresses reach the load
   * balancer and what stands in public subnets, and nothing in private ones.
   */
  source: z.string().min(1),
  /** A group, a CIDR block, or "internet". */
  destination: z.string().min(1),
  /** The port, or the range of ports, connected to. */
  port: portOrRange,
  /** The protocol of the connections. */
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
  /** What the rule's description says. */
  description: ruleDescription,
  /** Why it is needed. Default: nothing beyond the description. */
  reason: flowReason.optional(),
});

export type ExtraFlow = z.output<typeof extraFlowSchema>;
