// What an environment says of its entrance: the defaults, and what is refused of the firewall, the headers and the domain.

import type { Environment } from "../../src/model/environment";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { problemsIn } from "../support/problems";

const base: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512 } },
};

function define(sections: object): Environment {
  return Reflect.apply(defineEnvironment, undefined, [{ ...base, ...sections }]);
}

const problemsOf = (sections: object) => problemsIn({ ...base, ...sections });

const waf = (settings: unknown) => ({ loadBalancer: { waf: settings } });

describe("the firewall", () => {
  it("is on in production, off elsewhere, and otherwise what the environment says", () => {
    const firewall = (sections: object) => define(sections).loadBalancer?.waf;
    expect(firewall({})).toMatchObject({
      rateLimit: 2000,
      count: [],
      blockedCidrs: [],
      logRetentionDays: 30,
    });
    expect(firewall({ production: false })).toBe(false);
    expect(firewall({ production: false, ...waf({ rateLimit: 500 }) })).toMatchObject({ rateLimit: 500 });
    expect(firewall(waf(false))).toBe(false);
  });

  it("is named after the environment", () => {
    expect(define({}).names).toMatchObject({
      webAcl: "shop",
      blockedAddresses: "shop-blocked",
      wafLogs: "aws-waf-logs-shop",
    });
  });

  const paths = (count: number) => Array.from({ length: count }, (_, index) => `/path-${index}/`);

  it.each<[settings: unknown, at: string, remedy: RegExp]>([
    [true, "", /Write false, or an object such as { rateLimit: 2000 }/],
    [{ rateLimt: 1000 }, ".rateLimt", /^Unknown field "rateLimt"; did you mean "rateLimit"\?$/],
    [{ rateLimit: 9 }, ".rateLimit", /from 10 to 2000000000/],
    [{ rateLimit: 2_000_000_001 }, ".rateLimit", /from 10 to 2000000000/],
    [{ rateLimit: 10.5 }, ".rateLimit", /whole number of requests in five minutes/],
    [{ sensitivePaths: { rateLimit: 9 } }, ".sensitivePaths.rateLimit", /from 10 to/],
    [{ sensitivePaths: { rateLimit: 2000 } }, ".sensitivePaths.rateLimit", /less than rateLimit, 2000/],
    [{ rateLimit: 100 }, ".sensitivePaths.rateLimit", /less than rateLimit, 100/],
    [{ sensitivePaths: { prefixes: ["login"] } }, ".sensitivePaths.prefixes[0]", /starts with "\/"/],
    [{ sensitivePaths: { prefixes: ["/login/*"] } }, ".sensitivePaths.prefixes[0]", /without "\*"/],
    [
      { sensitivePaths: { prefixes: [`/${"a".repeat(200)}`] } },
      ".sensitivePaths.prefixes[0]",
      /200 characters/,
    ],
    [{ sensitivePaths: { prefixes: ["/a", "/a"] } }, ".sensitivePaths.prefixes", /once/],
    [{ sensitivePaths: { prefixes: paths(31) } }, ".sensitivePaths.prefixes", /30 at most.*capacity/],
    [{ count: ["commmon"] }, ".count[0]", /rate-limit, .*common, .*SizeRestrictions_BODY/],
    [{ count: ["sizerestrictions_body"] }, ".count[0]", /Name a rule/],
    [{ count: ["common", "common"] }, ".count", /once/],
    [
      { count: ["SizeRestrictions_BODY"], blockLargeBodies: true },
      ".blockLargeBodies",
      /Remove SizeRestrictions_BODY from count/,
    ],
    [{ blockedCidrs: ["203.0.113.7"] }, ".blockedCidrs[0]", /CIDR block/],
    [{ blockedCidrs: ["203.0.113.7/24"] }, ".blockedCidrs[0]", /203\.0\.113\.0\/24/],
    [{ blockedCidrs: ["0.0.0.0/0"] }, ".blockedCidrs[0]", /everybody/],
    [{ blockedCidrs: ["0.0.0.0/1", "128.0.0.0/1"] }, ".blockedCidrs", /together these blocks are everybody/],
    [{ blockedCidrs: ["2001:db8::/32"] }, ".blockedCidrs[0]", /IPv4/],
    [{ blockedCidrs: ["1.2.3.4/32", "1.2.3.4/32"] }, ".blockedCidrs", /once/],
    [{ logRetentionDays: 31 }, ".logRetentionDays", /30, 60/],
  ])("refuses %j", (settings, at, remedy) => {
    expect(problemsOf(waf(settings))).toEqual([
      expect.objectContaining({ path: `loadBalancer.waf${at}`, remedy: expect.stringMatching(remedy) }),
    ]);
  });

  it("takes as many paths as fit, none at all, and limits at WAF's own bounds", () => {
    expect(problemsOf(waf({ sensitivePaths: { prefixes: paths(30) } }))).toEqual([]);
    expect(problemsOf(waf({ rateLimit: 10, sensitivePaths: { prefixes: [] } }))).toEqual([]);
    expect(problemsOf(waf({ rateLimit: 11, sensitivePaths: { rateLimit: 10 } }))).toEqual([]);
    expect(problemsOf(waf({ rateLimit: 2_000_000_000 }))).toEqual([]);
  });

  it("refuses an address set beyond its quota", () => {
    const blockedCidrs = Array.from({ length: 10_001 }, (_, index) => `11.0.${index >> 8}.${index & 255}/32`);
    expect(problemsOf(waf({ blockedCidrs }))).toEqual([
      expect.objectContaining({ remedy: expect.stringMatching(/10000 blocks at most/) }),
    ]);
    expect(problemsOf(waf({ blockedCidrs: blockedCidrs.slice(1) }))).toEqual([]);
  });

  it("tells all that is wrong with it at once", () => {
    const settings = { rateLimit: 1, count: ["x"], blockedCidrs: ["y"], logRetentionDays: 2, z: 1 };
    expect(
      problemsOf(waf(settings))
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      "loadBalancer.waf.blockedCidrs[0]",
      "loadBalancer.waf.count[0]",
      "loadBalancer.waf.logRetentionDays",
      "loadBalancer.waf.rateLimit",
      "loadBalancer.waf.z",
    ]);
  });

  it("shares its log group with no service", () => {
    const names = { services: { web: { logGroup: "aws-waf-logs-shop" } } };
    expect(problemsOf({ names })).toEqual([
      expect.objectContaining({
        path: "names.services.web.logGroup",
        remedy: expect.stringMatching(/the web application firewall's log has it/),
      }),
    ]);
  });
});

describe("response headers", () => {
  it("have their defaults", () => {
    expect(define({}).loadBalancer?.responseHeaders).toEqual({
      strictTransportSecurity: { maxAgeSeconds: 31_536_000, includeSubdomains: false },
      contentTypeOptions: true,
      frameOptions: "DENY",
      server: false,
    });
  });

  it.each<[headers: object, at: string, remedy: RegExp]>([
    [{ hsts: true }, ".hsts", /^Unknown field "hsts": remove it; known here: strictTransportSecurity, /],
    [{ strictTransportSecurity: true }, ".strictTransportSecurity", /Write false, or { maxAgeSeconds/],
    [
      { strictTransportSecurity: { maxAgeSeconds: -1 } },
      ".strictTransportSecurity.maxAgeSeconds",
      /seconds from 0 to 63072000/,
    ],
    [
      { strictTransportSecurity: { maxAgeSeconds: 63_072_001 } },
      ".strictTransportSecurity.maxAgeSeconds",
      /seconds from 0 to 63072000/,
    ],
    [{ frameOptions: "ALLOW-FROM x" }, ".frameOptions", /"DENY", "SAMEORIGIN" or false/],
    [{ contentSecurityPolicy: "default-src 'self';\nimg-src *" }, ".contentSecurityPolicy", /one line/],
    [{ contentSecurityPolicy: "" }, ".contentSecurityPolicy", /one line/],
    [
      { contentSecurityPolicy: 'default-src "self"' },
      ".contentSecurityPolicy",
      /without " and \$: a listener takes neither/,
    ],
    [{ contentSecurityPolicy: "img-src a.example/$1" }, ".contentSecurityPolicy", /without " and \$/],
    [{ contentSecurityPolicy: "a".repeat(1025) }, ".contentSecurityPolicy", /1024 characters/],
  ])("refuse %j", (responseHeaders, at, remedy) => {
    expect(problemsOf({ loadBalancer: { responseHeaders } })).toEqual([
      expect.objectContaining({
        path: `loadBalancer.responseHeaders${at}`,
        remedy: expect.stringMatching(remedy),
      }),
    ]);
  });
});

describe("the hosted zone", () => {
  const zone = (domain: string, hostedZoneName: string, alternativeNames: string[] = []) =>
    problemsOf({ dns: { domain, hostedZoneName, alternativeNames } });

  it("is the domain's parent, near or far, or the domain itself", () => {
    expect(zone("shop.example.com", "example.com")).toEqual([]);
    expect(zone("a.b.example.com", "example.com", ["*.example.com", "example.com"])).toEqual([]);
    expect(zone("example.com", "example.com")).toEqual([]);
    expect(zone("*.example.com", "example.com")).toEqual([]);
  });

  it("is refused where it is another's, for each name", () => {
    const problem = (path: string, value: string) => ({
      path,
      value,
      remedy: "Name a domain in the hosted zone example.com, or the zone that is this one's parent.",
    });
    expect(zone("shop.example.org", "example.com", ["www.example.com", "notexample.com"])).toEqual([
      problem("dns.domain", '"shop.example.org"'),
      problem("dns.alternativeNames[1]", '"notexample.com"'),
    ]);
    expect(zone("example.com", "shop.example.com")).toEqual([
      expect.objectContaining({ path: "dns.domain" }),
    ]);
  });

  it("is named once, by its own name", () => {
    const dns = { domain: "shop.example.com", hostedZoneName: "example.com", hostedZoneId: "Z0123456789" };
    expect(problemsOf({ dns })).toEqual([
      expect.objectContaining({
        path: "dns.hostedZoneId",
        remedy: expect.stringMatching(/Keep hostedZoneName or hostedZoneId/),
      }),
    ]);
    expect(zone("shop.example.com", "*.example.com")).toEqual([
      expect.objectContaining({ path: "dns.hostedZoneName", remedy: expect.stringMatching(/no wildcard/) }),
    ]);
    expect(zone("shop.example.com", "Example.com.")).toEqual([
      expect.objectContaining({ path: "dns.hostedZoneName", remedy: expect.stringMatching(/DNS name/) }),
    ]);
  });

  it("comes with a certificate of the load balancer's region", () => {
    const dns = (region: string) => ({
      dns: {
        domain: "shop.example.com",
        certificateArn: `arn:aws:acm:${region}:123456789012:certificate/1`,
      },
    });
    expect(problemsOf(dns("eu-west-1"))).toEqual([]);
    expect(problemsOf(dns("us-east-1"))).toEqual([
      expect.objectContaining({
        path: "dns.certificateArn",
        remedy: expect.stringMatching(/a certificate of eu-west-1/),
      }),
    ]);
  });

  it("comes with a certificate of the account that the load balancer is in", () => {
    const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    const dns = { domain: "shop.example.com", certificateArn };
    expect(problemsOf({ account: "123456789012", dns })).toEqual([]);
    expect(problemsOf({ account: "111122223333", dns })).toEqual([
      expect.objectContaining({
        path: "dns.certificateArn",
        remedy: expect.stringMatching(/a certificate of the account 111122223333/),
      }),
    ]);
  });

  it("is on a certificate that has each domain once", () => {
    const alternativeNames = ["shop.example.com", "*.example.com", "example.com", "*.example.com"];
    const problems = problemsOf({ dns: { domain: "shop.example.com", alternativeNames } });
    expect(problems.map(({ path, value }) => `${path} = ${value}`)).toEqual([
      'dns.alternativeNames[0] = "shop.example.com"',
      'dns.alternativeNames[3] = "*.example.com"',
    ]);
  });
});
