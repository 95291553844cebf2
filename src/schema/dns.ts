// The part of an environment that names its domain, and the zone and the certificate that go with it.
import { z } from "zod";
import { domainName, section } from "./fields";

/** Characters of a certificate's main name: RequestCertificate API reference, "DomainName". */
const CERTIFICATE_DOMAIN_LENGTH = 64;

export const dnsSchema = section({
  /** The name that users type. It turns on HTTPS, the redirect from HTTP and secure cookies. */
  domain: domainName,
  /** Further names on the certificate. */
  alternativeNames: z
    .array(domainName)
    .max(99, "Name 99 at most: a certificate has 100 names, and the account's quota is lower.")
    .default([]),
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
