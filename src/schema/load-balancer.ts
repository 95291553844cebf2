// The part of an environment that describes its load balancer.
import { z } from "zod";
import { INTERNET, isPrivate } from "./cidr";
import { cidrBlock, section, unique, wholeNumber } from "./fields";
import { responseHeadersSchema } from "./response-headers";
import { wafSchema } from "./waf";

export const loadBalancerSchema = section({
  /**
   * Whether it has private addresses alone, in the private subnets, for those who come from the network itself, by a VPN or by a
   * peering: `ingressCidrs` names them.
   */
  internal: z.boolean().default(false),
  /** Who may reach the load balancer. */
  ingressCidrs: z
    .array(cidrBlock)
    .min(1, "Name at least one block, or nobody gets in.")
    .refine(unique, "Name each block once.")
    .default([INTERNET]),
  /** The ports that it opens: 80 answers or redirects, 443 answers once the environment has a domain. */
  ports: z
    .array(z.literal([80, 443], "Choose 80, 443 or both."))
    .min(1, "Choose 80, 443 or both.")
    .refine(unique, "Name each port once.")
    .default([80, 443]),
  /** Seconds without data after which a connection is closed; WebSockets want more than the default. */
  idleTimeoutSeconds: wholeNumber(1, 4000, "seconds").default(60),
  /** Days that access logs are kept in S3. */
  accessLogRetentionDays: wholeNumber(1, 3650, "days").default(90),
  /** What the load balancer adds to every response. */
  responseHeaders: responseHeadersSchema.prefault({}),
  /** The web application firewall; `false` for none. Default: one with its own defaults where `production` is true. */
  waf: z
    .union([z.literal(false), wafSchema], "Write false, or an object such as { rateLimit: 2000 }.")
    .optional(),
}).superRefine(({ internal, ingressCidrs }, context) => {
  const open = internal ? ingressCidrs.filter((cidr) => !isPrivate(cidr)) : [];
  if (open.length > 0) {
    const message =
      "Name the private blocks that come in, such as the network's own and those of a VPN: nobody outside reaches an internal " +
      "load balancer.";
    context.addIssue({ code: "custom", path: ["ingressCidrs"], message, input: open });
  }
});

export type LoadBalancer = z.output<typeof loadBalancerSchema>;
