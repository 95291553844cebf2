// Items on what faces the users: encryption on the way, floods, attacks.
import type { SynthesizedPlatform } from "../../policies/policy";
import { finding } from "../../policies/policy";
import type { Resource } from "../../policies/reading/resources";
import { nested } from "../../policies/reading/values";
import httpRedirects from "../../policies/rules/http-redirects";
import tlsFloor from "../../policies/rules/tls-floor";
import { findingsOf, judged, place } from "../answers";
import type { Item } from "../item";

const NOTHING_FACES_USERS = "The environment has no load balancer: nothing faces the Internet.";

function listeners({ resources }: SynthesizedPlatform, protocol: string): Resource[] {
  return resources.of("aws_lb_listener").filter(({ body }) => body.protocol === protocol);
}

const https: Item = {
  id: "https",
  title: "Users are served over HTTPS, with TLS 1.2 or newer",
  group: "required",
  why: "Whoever stands between a user and the platform could read and change everything, passwords and cookies included.",
  answer: (platform) => {
    const { resources } = platform;
    const encrypted = listeners(platform, "HTTPS");
    const without = resources
      .of("aws_lb")
      .filter(
        (balancer) =>
          !encrypted.some(
            (listener) =>
              resources.find(listener, listener.body.load_balancer_arn, "aws_lb", "arn") === balancer,
          ),
      );
    return judged({
      subjects: encrypted,
      findings: [
        ...without.map((balancer) => finding(balancer, "It has no HTTPS listener")),
        ...findingsOf(platform, tlsFloor),
      ],
      met: "Every load balancer has an HTTPS listener that refuses TLS older than 1.2.",
      without: NOTHING_FACES_USERS,
      remedy: "Fill in dns.domain: it turns on HTTPS.",
    });
  },
};

const httpRedirect: Item = {
  id: "http-redirect",
  title: "Plain HTTP is answered by a redirect to HTTPS, and by nothing else",
  group: "required",
  why: "Users type a name without https://, and old links go to plain HTTP.",
  answer: (platform) =>
    judged({
      subjects: listeners(platform, "HTTP"),
      findings: findingsOf(platform, httpRedirects),
      met: "The listener for plain HTTP redirects to HTTPS.",
      without: "Nothing answers plain HTTP.",
      remedy: "Fill in dns.domain: it turns on the redirect.",
    }),
};

/** The web ACLs before a load balancer that have a rule of a kind. */
function firewalls(
  { resources }: SynthesizedPlatform,
  balancer: Resource,
  hasRule: (rule: Resource["body"]) => boolean,
): Resource[] {
  return resources
    .attached("aws_wafv2_web_acl_association", "resource_arn", balancer, "arn")
    .flatMap(
      (association) =>
        resources.find(association, association.body.web_acl_arn, "aws_wafv2_web_acl", "arn") ?? [],
    )
    .filter((acl) => nested(acl.body, "rule").some(hasRule));
}

function firewallItem(
  about: Pick<Item, "id" | "title" | "group" | "why">,
  words: { readonly met: string; readonly problem: string },
  hasRule: (rule: Resource["body"]) => boolean,
): Item {
  return {
    ...about,
    answer: (platform) => {
      const balancers = platform.resources.of("aws_lb");
      const acls = balancers.map((balancer) => firewalls(platform, balancer, hasRule));
      return judged({
        subjects: acls.flat(),
        findings: balancers
          .filter((_, index) => acls[index]?.length === 0)
          .map((balancer) => finding(balancer, words.problem)),
        met: words.met,
        without: NOTHING_FACES_USERS,
        remedy: "Turn on the load balancer's web application firewall (loadBalancer.waf), and let it block.",
      });
    },
  };
}

const rateLimiting = firewallItem(
  {
    id: "rate-limiting",
    title: "One address cannot send any number of requests",
    group: "required",
    why: "A flood from one machine takes the platform down, or guesses passwords.",
  },
  {
    met: "A rule of the web ACL blocks an address that sends too many requests.",
    problem: "No firewall before it blocks an address that sends too many requests",
  },
  // A limit for some paths alone leaves the rest of the site without one; one that counts blocks nobody.
  (rule) =>
    nested(rule, "action").some(({ block }) => block !== undefined) &&
    nested(nested(rule, "statement"), "rate_based_statement").some(
      ({ scope_down_statement: scope }) => scope === undefined,
    ),
);

const waf = firewallItem(
  {
    id: "waf",
    title: "A web application firewall drops known attacks",
    group: "nice to have",
    why: "Scanners try every known hole of every site within hours.",
  },
  {
    met: "A web ACL with rule groups of AWS stands before the load balancer.",
    problem: "No firewall before it has rules against known attacks that block",
  },
  (rule) =>
    nested(nested(rule, "statement"), "managed_rule_group_statement").length > 0 &&
    nested(rule, "override_action").some(({ none }) => none !== undefined),
);

const cdn: Item = {
  id: "cdn",
  title: "A CDN serves what does not change",
  group: "nice to have",
  why: "Static files come from near the user, and floods end at the edge.",
  answer: ({ resources }) => {
    const distributions = resources.of("aws_cloudfront_distribution");
    return distributions.length > 0
      ? { state: "met", where: distributions.map(place), detail: "CloudFront serves the users." }
      : {
          state: "not met",
          where: [],
          detail:
            "The platform creates no CDN. Put CloudFront, or another one, before the load balancer if static files or " +
            "distant users ask for it, and name its addresses in loadBalancer.ingressCidrs.",
        };
  },
};

export const requiredEntranceItems: readonly Item[] = [https, httpRedirect, rateLimiting];
export const furtherEntranceItems: readonly Item[] = [waf, cdn];
