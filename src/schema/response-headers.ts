// The part of an environment that says which headers the load balancer adds to every response.
import { z } from "zod";
import { section, wholeNumber } from "./fields";
import { RESPONSE_HEADER_LENGTH } from "./limits";

/** HTTPS is a commitment anyway: the redirect from HTTP is permanent. A year, as hstspreload.org asks for. */
const YEAR_SECONDS = 31_536_000;

/** What a header's value may be made of: "HTTP header modification for your Application Load Balancer", limitations. */
const HEADER_VALUE = /^[!#%-~]+( [!#%-~]+)*$/;

/**
 * A header that is set here replaces the application's own of the same name: "HTTP header modification for your
 * Application Load Balancer".
 */
export const responseHeadersSchema = section({
  /**
   * Strict-Transport-Security: browsers come back by HTTPS alone. Only HTTPS responses have it, and Django's
   * SECURE_HSTS_SECONDS follows it. `false`: neither says so.
   */
  strictTransportSecurity: z
    .union(
      [
        z.literal(false),
        section({
          /** Seconds that browsers keep to it; 0 makes them forget it. Two years at most. */
          maxAgeSeconds: wholeNumber(0, 2 * YEAR_SECONDS, "seconds").default(YEAR_SECONDS),
          /** Whether every name under the domain speaks HTTPS, too. */
          includeSubdomains: z.boolean().default(false),
        }),
      ],
      "Write false, or { maxAgeSeconds, includeSubdomains }.",
    )
    .prefault({}),
  /** X-Content-Type-Options `nosniff`: browsers take a response for what its Content-Type says. */
  contentTypeOptions: z.boolean().default(true),
  /**
   * X-Frame-Options: who may show a page in a frame, nobody or the site itself. DENY is Django's own default. `false`:
   * left to the application, whose views can then differ.
   */
  frameOptions: z
    .literal(["DENY", "SAMEORIGIN", false], 'Choose "DENY", "SAMEORIGIN" or false.')
    .default("DENY"),
  /** Content-Security-Policy, as it stands. Default: left to the application, which knows what its pages load. */
  contentSecurityPolicy: z
    .string()
    .max(RESPONSE_HEADER_LENGTH, `Use ${RESPONSE_HEADER_LENGTH} characters at most: a listener adds no more.`)
    .regex(
      HEADER_VALUE,
      'Write the policy on one line, in printable ASCII without " and $: a listener takes neither.',
    )
    .optional(),
  /** Whether the load balancer names itself in the header Server. */
  server: z.boolean().default(false),
});

export type ResponseHeaders = z.output<typeof responseHeadersSchema>;
