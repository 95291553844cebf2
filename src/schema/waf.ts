// The part of an environment that describes its web application firewall: what is blocked, counted and logged.
import { z } from "zod";
import { covers } from "./address-blocks";
import { INTERNET } from "./cidr";
import { cidrBlock, section, unique, wholeNumber } from "./fields";
import { SEARCH_STRING_LENGTH, WAF_ADDRESSES_PER_IP_SET, WAF_RATE_LIMIT } from "./limits";
import { logRetentionDays } from "./network";
import { path } from "./service-parts";
import { COUNTABLE_RULES } from "./waf-rules";

/** Where Django and its best-known packages take passwords: a machine that guesses them comes here. */
const SENSITIVE_PATHS = [
  // django.contrib.admin and django.contrib.auth, django-allauth's login, too
  "/admin/login/",
  "/accounts/login/",
  "/accounts/password_reset/",
  "/accounts/password/reset/",
  // djangorestframework-simplejwt, Django REST framework, Django OAuth Toolkit
  "/api/token/",
  "/api-token-auth/",
  "/o/token/",
];

/**
 * The most sensitive paths that keep a web ACL within the 1,500 WCUs of the basic price: 1,130 are for all else (an
 * address set 1, two rate limits 2 each, AWS's groups 25, 200, 200 and 700), and a path takes 12 (2 for "starts with",
 * 10 for decoding it). Sources: "Web ACL capacity units", the pages of the statements and of the rule groups, AWS WAF
 * developer guide.
 */
const MOST_SENSITIVE_PATHS = 30;

const rateLimit = wholeNumber(WAF_RATE_LIMIT.minimum, WAF_RATE_LIMIT.maximum, "requests in five minutes");

const pathPrefix = path
  .max(SEARCH_STRING_LENGTH, `Use ${SEARCH_STRING_LENGTH} characters at most.`)
  .refine((value) => !value.includes("*"), 'Write how the path begins, such as "/api/token/", without "*".');

export const wafSchema = section({
  /** Requests of one address in five minutes above which it is blocked until it sends fewer. */
  rateLimit: rateLimit.default(2000),
  /** A tighter limit for the paths that somebody who guesses passwords or tokens would send many requests to. */
  sensitivePaths: section({
    /** How the paths begin. Default: where Django and its best-known packages take passwords. None: no such limit. */
    prefixes: z
      .array(pathPrefix)
      .max(
        MOST_SENSITIVE_PATHS,
        `Name ${MOST_SENSITIVE_PATHS} at most: more would exceed WAF's basic capacity.`,
      )
      .refine(unique, "Name each path once.")
      .default(SENSITIVE_PATHS),
    /** Requests of one address to all of these paths in five minutes. */
    rateLimit: rateLimit.default(100),
  }).prefault({}),
  /** Rules that count what they would block: rules of the web ACL, or single ones within AWS's groups. */
  count: z
    .array(z.literal([...COUNTABLE_RULES], `Name a rule: ${COUNTABLE_RULES.join(", ")}.`))
    .refine(unique, "Name each rule once.")
    .default([]),
  /** Whether a request with a body above 8 KB is blocked. Such a request is counted otherwise: uploads are that large. */
  blockLargeBodies: z.boolean().default(false),
  /** Addresses that nothing is taken from. */
  blockedCidrs: z
    .array(
      cidrBlock.refine(
        (block) => block !== INTERNET,
        "Name a smaller block: this one is everybody, and WAF takes /1 to /32.",
      ),
    )
    .max(
      WAF_ADDRESSES_PER_IP_SET,
      `Name ${WAF_ADDRESSES_PER_IP_SET} blocks at most: an IP set holds no more.`,
    )
    .refine(unique, "Name each block once.")
    .refine(
      (blocks) => blocks.length < 2 || !covers(blocks, INTERNET),
      "Name fewer addresses: together these blocks are everybody.",
    )
    .default([]),
  /** Days that the log of what was blocked and counted is kept. */
  logRetentionDays: logRetentionDays.default(30),
});

export type Waf = z.output<typeof wafSchema>;
