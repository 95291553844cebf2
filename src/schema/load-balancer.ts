// The part of an environment that describes its load balancer.
import { z } from "zod";
import { INTERNET } from "./cidr";
import { cidrBlock, section, unique, wholeNumber } from "./fields";
import { responseHeadersSchema } from "./response-headers";
import { wafSchema } from "./waf";

export const loadBalancerSchema = section({
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
});

export type LoadBalancer = z.output<typeof loadBalancerSchema>;
