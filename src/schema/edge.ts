// The parts of an environment that face its users: the load balancer and the domain.
import { z } from "zod";
import { INTERNET } from "./cidr";
import { cidrBlock, domainName, section, unique, wholeNumber } from "./fields";
import { responseHeadersSchema } from "./response-headers";
import type { Service } from "./service";
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

/** The load balancer of an environment: it exists wherever a service has a port, described or not. */
export function loadBalancerOf(
  services: Readonly<Record<string, Pick<Service, "port">>>,
  described: LoadBalancer | undefined,
): LoadBalancer | undefined {
  const needed = Object.values(services).some(({ port }) => port !== undefined);
  return needed ? (described ?? loadBalancerSchema.parse({})) : undefined;
}

/** Characters of a certificate's main name: RequestCertificate API reference, "DomainName". */
const CERTIFICATE_DOMAIN_LENGTH = 64;

export const dnsSchema = section({
  /** The name that users type. It turns on HTTPS, the redirect from HTTP and secure cookies. */
  domain: domainName,
  /** Further names on the certificate. */
  alternativeNames: z.array(domainName).default([]),
  /**
   * The public hosted zone in Route 53 that all these names are in, by its name, such as `example.com`. With it, or its
   * ID, Terraform writes the validation records and the alias. Default: none; the records are outputs to enter by hand.
   */
  hostedZoneName: domainName
    .refine((name) => !name.startsWith("*."), "Write the zone's own name: a zone is no wildcard.")
    .optional(),
  /** The same zone by its ID: for an account that has two public zones of one name. Default: looked up by its name. */
  hostedZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, "Write the hosted zone's ID, such as Z0123456789ABCDEFGHIJ.")
    .optional(),
  /** A certificate in ACM that exists already, in the environment's region. Default: a new one. */
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[a-z0-9-]+$/,
      "Write the ARN of an ACM certificate.",
    )
    .optional(),
}).refine(
  ({ domain, certificateArn }) => certificateArn !== undefined || domain.length <= CERTIFICATE_DOMAIN_LENGTH,
  {
    path: ["domain"],
    message:
      `Use ${CERTIFICATE_DOMAIN_LENGTH} characters at most, or give certificateArn: ACM puts no longer name first on a ` +
      "certificate.",
  },
);

export type Dns = z.output<typeof dnsSchema>;

/** Whether Terraform writes the records; otherwise they are entered by hand. */
export function hasHostedZone({ hostedZoneId, hostedZoneName }: Dns): boolean {
  return hostedZoneId !== undefined || hostedZoneName !== undefined;
}

/**
 * The names that a deployment points at the load balancer: none of them a wildcard, which would catch names that nobody
 * gave us.
 */
export function aliasNames({ domain, alternativeNames }: Dns): string[] {
  return [...new Set([domain, ...alternativeNames])].filter((name) => !name.startsWith("*."));
}
