// The part of an environment that says more of the connections that follow by themselves.
import { z } from "zod";
import { flowReason } from "./connection";
import { portNumber, ruleDescription, section } from "./fields";

export const describedFlowSchema = section({
  /** A group (`alb`, a service, `postgres`, `redis`), a CIDR block, or "internet" for 0.0.0.0/0. */
  source: z.string().min(1),
  /** A group, a CIDR block, or "internet". */
  destination: z.string().min(1),
  /** The port, where there are several between the two, such as 80 and 443. Default: each of them. */
  port: portNumber.optional(),
  /** The rule's description. Default: the two ends, such as "HTTP from Internet", and the reason where there is one. */
  description: ruleDescription.optional(),
  /** Why the connection is needed. Default: nothing. */
  reason: flowReason.optional(),
}).refine(({ description, reason }) => description !== undefined || reason !== undefined, {
  message: "Give it a description, a reason, or both.",
});

export type DescribedFlow = z.output<typeof describedFlowSchema>;
