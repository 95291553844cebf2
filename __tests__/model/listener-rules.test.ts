// Which rules a listener gets: who answers whom, in which order, with as much in each as AWS takes.
import fc from "fast-check";
import { declaredHosts, type HostSources } from "../../src/model/declared-hosts";
import { type ListenerRule, listenerRules } from "../../src/model/listener-rules";

const one = { domain: "shop.example.com", alternativeNames: [] };
const three = { domain: "a.example", alternativeNames: ["b.example", "c.example"] };
const web = { port: 8000 };
const api = (...routes: NonNullable<HostSources["services"][string]["routes"]>) => ({ port: 9000, routes });

/** In short: priority, ID, conditions, and whose it is. */
function told(environment: HostSources): string[] {
  return listenerRules(environment).rules.map(({ priority, id, hosts, paths, service }) =>
    [priority, id, hosts?.join(" ") ?? "any", paths?.join(" ") ?? "any", service ?? "refused"].join(" | "),
  );
}

function waits(environment: HostSources): Record<string, readonly string[]> {
  return Object.fromEntries(listenerRules(environment).rules.map(({ id, follows }) => [id, follows]));
}

describe("with a domain", () => {
  it("declared hosts reach the service that takes the rest, and a last rule refuses all others", () => {
    const environment = { dns: three, services: { web } };
    expect(told(environment)).toEqual([
      "49999 | web-declared-hosts | a.example b.example c.example | any | web",
      "50000 | undeclared-hosts | any | * | refused",
    ]);
    expect(waits(environment)).toEqual({
      "web-declared-hosts": [],
      "undeclared-hosts": ["web-declared-hosts"],
    });
  });

  it("routes without hosts take declared ones alone, and keep their places and IDs", () => {
    const services = {
      web,
      api: api(
        { priority: 10, paths: ["/api/*", "/admin/*", "/static/*"] },
        { priority: 20, hosts: ["api.example"] },
      ),
    };
    expect(told({ dns: one, services })).toEqual([
      "10 | api-10 | shop.example.com api.example | /api/* /admin/* /static/* | api",
      "20 | api-20 | api.example | any | api",
      "49999 | web-declared-hosts | shop.example.com api.example | any | web",
      "50000 | undeclared-hosts | any | * | refused",
    ]);
  });

  it("where every service has routes, the listener's own answer refuses the rest", () => {
    const services = { api: api({ priority: 10, paths: ["/*"] }) };
    expect(told({ dns: one, services })).toEqual(["10 | api-10 | shop.example.com | /* | api"]);
  });

  it("a rule of more than five values is split; the parts stand before what they take over from", () => {
    const services = {
      web,
      api: api(
        { priority: 10, paths: ["/1", "/2", "/3", "/4"] },
        { priority: 20, paths: ["/1", "/2", "/3", "/4", "/5"] },
      ),
    };
    expect(told({ dns: three, services })).toEqual([
      "10 | api-10 | a.example | /1 /2 /3 /4 | api",
      "11 | api-10-part-2 | b.example | /1 /2 /3 /4 | api",
      "12 | api-10-part-3 | c.example | /1 /2 /3 /4 | api",
      "20 | api-20 | a.example b.example | /1 /2 /3 | api",
      "21 | api-20-part-2 | a.example b.example | /4 /5 | api",
      "22 | api-20-part-3 | c.example | /1 /2 /3 | api",
      "23 | api-20-part-4 | c.example | /4 /5 | api",
      "49999 | web-declared-hosts | a.example b.example c.example | any | web",
      "50000 | undeclared-hosts | any | * | refused",
    ]);
    expect(waits({ dns: three, services })).toMatchObject({
      "api-10": ["api-10-part-2"],
      "api-10-part-2": ["api-10-part-3"],
      "api-10-part-3": [],
    });
  });

  it("more hosts than a rule takes go into more of them, from the end on", () => {
    const dns = {
      domain: "a.example",
      alternativeNames: ["b", "c", "d", "e", "f"].map((name) => `${name}.example`),
    };
    expect(told({ dns, services: { web } })).toEqual([
      "49998 | web-declared-hosts-2 | f.example | any | web",
      "49999 | web-declared-hosts | a.example b.example c.example d.example e.example | any | web",
      "50000 | undeclared-hosts | any | * | refused",
    ]);
  });

  it("no rule gets more wildcards than AWS takes", () => {
    const dns = { domain: "a.example", alternativeNames: ["*.a.example"] };
    const services = { api: api({ priority: 10, paths: ["/x/*/y/*", "/z/*/w/*", "/v/*"] }) };
    expect(told({ dns, services })).toEqual([
      "10 | api-10 | a.example *.a.example | /x/*/y/* /z/*/w/* | api",
      "11 | api-10-part-2 | a.example *.a.example | /v/* | api",
    ]);
  });
});

describe("places", () => {
  const full = (...priorities: number[]) => ({
    web,
    api: api(...priorities.map((priority) => ({ priority, paths: ["/1", "/2", "/3", "/4"] }))),
  });
  const two = { domain: "a.example", alternativeNames: ["b.example"] };
  const places = (environment: HostSources) =>
    Object.fromEntries(listenerRules(environment).rules.map(({ id, priority }) => [id, priority]));

  it("are those that the environment gives, with parts after them, or else before", () => {
    expect(places({ dns: two, services: full(10, 11) })).toMatchObject({
      "api-10": 10,
      "api-10-part-2": 9,
      "api-11": 11,
      "api-11-part-2": 12,
    });
  });

  it("go up where there is no room, and what is in the way goes first", () => {
    const environment = { dns: two, services: full(1, 2) };
    expect(places(environment)).toMatchObject({
      "api-1": 1,
      "api-1-part-2": 2,
      "api-2": 3,
      "api-2-part-2": 4,
    });
    expect(waits(environment)).toMatchObject({
      "api-1-part-2": ["api-2"],
      "api-1": ["api-1-part-2", "api-2"],
    });
  });

  it("at the end go down, far out of the way of the last rules, which may grow", () => {
    const environment = {
      dns: one,
      services: { web, api: api({ priority: 49_999, paths: ["/1"] }, { priority: 50_000, paths: ["/2"] }) },
    };
    expect(places(environment)).toEqual({
      "api-49999": 16_666,
      "api-50000": 33_333,
      "web-declared-hosts": 49_999,
      "undeclared-hosts": 50_000,
    });
    expect(waits(environment)).toMatchObject({
      "web-declared-hosts": ["api-49999"],
      "api-50000": [],
      "api-49999": [],
    });
  });
});

describe("any host reaches services", () => {
  const open = ["10 | api-10 | any | /api/* | api"];
  const services = { web, api: api({ priority: 10, paths: ["/api/*"] }) };

  it("without a domain, and where an application allows every host, as nobody is warned", () => {
    expect(told({ services })).toEqual(open);
    const django = { web: { ...web, django: { allowedHosts: ["*"] } }, api: services.api };
    expect(told({ dns: one, services: django })).toEqual(open);
    expect(listenerRules({ services }).warning).toBeUndefined();
  });

  it.each<[string, HostSources["dns"], readonly string[], RegExp]>([
    [
      "a name is longer than a rule takes",
      { domain: "a.example", alternativeNames: [`${"b".repeat(60)}.${"c".repeat(60)}.example`] },
      ["/api/*"],
      /no rule can name bbb/,
    ],
    [
      "a path's own wildcards leave no room",
      { domain: "a.example", alternativeNames: ["*.a.example"] },
      ["/*/*/*/*/*"],
      /so many wildcards/,
    ],
    [
      "more rules would be needed than a load balancer has",
      {
        domain: "a.example",
        alternativeNames: Array.from({ length: 99 }, (_, index) => `n${index}.example`),
      },
      ["/1", "/2", "/3", "/4"],
      /^Requests for any host .*121 rules would be needed.*has 100\./,
    ],
  ])("with a warning where %s", (_, dns, paths, warning) => {
    const result = listenerRules({ dns, services: { web, api: api({ priority: 10, paths: [...paths] }) } });
    expect(result.warning).toMatch(warning);
    expect(result.rules).toMatchObject([{ id: "api-10", priority: 10, service: "api", paths }]);
    expect(result.rules[0]?.hosts).toBeUndefined();
  });
});

describe("routes for some addresses", () => {
  const office = ["203.0.113.0/24", "198.51.100.7/32"];

  it("refuse everybody else right behind, and nobody falls through to the service that takes the rest", () => {
    const services = {
      web,
      flower: api({ priority: 10, hosts: ["flower.example"], sourceCidrs: office }),
    };
    const rules = listenerRules({ dns: one, services }).rules.map(
      ({ priority, id, hosts = [], paths = [], sources = ["anywhere"], service, refused }) =>
        `${priority} | ${id} | ${[...hosts, ...paths].join(" ")} | ${sources.join(" ")} | ${service ?? refused}`,
    );
    expect(rules).toEqual([
      "10 | flower-10 | flower.example | 203.0.113.0/24 198.51.100.7/32 | flower",
      "11 | flower-10-part-2 | flower.example | anywhere | address",
      "49999 | web-declared-hosts | shop.example.com flower.example | anywhere | web",
      "50000 | undeclared-hosts | * | anywhere | host",
    ]);
    // Who is refused is, before those are let in by address alone who came from anywhere until now.
    expect(waits({ dns: one, services })).toMatchObject({ "flower-10": ["flower-10-part-2"] });
  });

  it("take more rules for more addresses than one has room for, and let in before they refuse, also where parts go in front", () => {
    const five = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24", "10.0.4.0/24"];
    const services = {
      flower: api({ priority: 4, hosts: ["a.example"], paths: ["/admin/*"], sourceCidrs: five }),
      web: api({ priority: 5, hosts: ["a.example"] }),
    };
    const rules = listenerRules({ services }).rules.map(
      ({ priority, sources, service, refused }) =>
        `${priority} | ${sources?.length ?? "any"} | ${service ?? refused}`,
    );
    expect(rules).toEqual(["2 | 3 | flower", "3 | 2 | flower", "4 | any | address", "5 | any | web"]);
  });
});

const SOURCES = ["192.0.2.1/32", "192.0.2.2/32", "192.0.2.3/32"];
const ELSEWHERE = "192.0.2.9/32";

describe("whatever the environment says", () => {
  const name = fc.constantFrom(
    "a.example",
    "b.example",
    "c.example",
    "d.example",
    "*.e.example",
    "f.example",
  );
  const path = fc.constantFrom("/1", "/2/*", "/3", "/4/*", "/5", "/6?");
  const route = fc
    .record(
      {
        priority: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 49_990, max: 50_000 })),
        hosts: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
        paths: fc.uniqueArray(path, { minLength: 1, maxLength: 3 }),
        // Beside two hosts and three paths no address has room: the schema refuses that.
        sourceCidrs: fc.uniqueArray(fc.constantFrom(...SOURCES), { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ["priority", "paths"] },
    )
    .filter(({ hosts = [], paths, sourceCidrs }) => !sourceCidrs || hosts.length + paths.length < 5);
  const environments = fc
    .record({
      names: fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
      routes: fc.uniqueArray(route, { maxLength: 8, selector: ({ priority }) => priority }),
      fallback: fc.boolean(),
    })
    .map(({ names: [domain = "a.example", ...alternativeNames], routes, fallback }): HostSources => {
      const services = Object.fromEntries(routes.map((given, index) => [`s${index}`, api(given)]));
      return { dns: { domain, alternativeNames }, services: { ...services, ...(fallback ? { web } : {}) } };
    });

  it("declared hosts are answered as its routes say, others by no service, and AWS takes the rules", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        const { rules, warning } = listenerRules(environment);
        expect(warning).toBeUndefined();
        const given = Object.entries(environment.services)
          .flatMap(([service, { routes = [] }]) => routes.map((each) => ({ service, ...each })))
          .sort((first, second) => first.priority - second.priority);
        const fallback = "web" in environment.services ? "web" : undefined;
        const hosts = [...(declaredHosts(environment) ?? []), "evil.example"];
        for (const host of hosts.map((pattern) => pattern.replace("*", "x"))) {
          for (const requested of ["/1", "/2/x", "/3", "/4/x", "/5", "/6x", "/other"]) {
            for (const source of [...SOURCES, ELSEWHERE]) {
              const route = given.find((rule) => takes(rule, host, requested));
              const isHeld = route?.sourceCidrs?.includes(source) === false;
              const wanted = isHeld ? undefined : (route?.service ?? fallback);
              const answered = rules.find(
                (rule) =>
                  takes(rule, host, requested) &&
                  (rule.sources === undefined || rule.sources.includes(source)),
              );
              expect(answered ? answered.service : host === "evil.example" ? undefined : fallback).toBe(
                host === "evil.example" ? undefined : wanted,
              );
              if (isHeld && host !== "evil.example") expect(answered?.refused).toBe("address");
            }
          }
        }
        for (const { hosts = [], paths = [], sources = [], priority } of rules) {
          expect(hosts.length + paths.length + sources.length).toBeLessThanOrEqual(5);
          expect(priority).toBeGreaterThanOrEqual(1);
          expect(priority).toBeLessThanOrEqual(50_000);
        }
        expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
        expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
        expect(changes(given, rules)).toBe("done");
      }),
      { numRuns: 300 },
    );
  });
});

function takes(
  { hosts, paths }: { hosts?: readonly string[] | undefined; paths?: readonly string[] | undefined },
  host: string,
  path: string,
) {
  const like = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
  return (hosts ?? ["*"]).some((one) => like(one, host)) && (paths ?? ["*"]).some((one) => like(one, path));
}

/** Brings the rules that stand to those that are wanted, one after the other, as `follows` has it; AWS takes no place twice. */
function changes(
  given: readonly { service: string; priority: number }[],
  rules: readonly ListenerRule[],
): string {
  const standing = new Map(given.map(({ service, priority }) => [`${service}-${priority}`, priority]));
  const done = new Set<string>();
  while (done.size < rules.length) {
    const next = rules.find(({ id, follows }) => !done.has(id) && follows.every((other) => done.has(other)));
    if (!next) return "a circle";
    const holder = [...standing].find(([id, priority]) => priority === next.priority && id !== next.id);
    if (holder) return `${next.id} wants ${next.priority}, which ${holder[0]} still has`;
    standing.set(next.id, next.priority);
    done.add(next.id);
  }
  return "done";
}
