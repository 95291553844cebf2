// Which hosts count as declared: of a domain, of routes, of Django's own list.
import { declaredHosts, hostWarnings } from "../../src/model/declared-hosts";

const dns = { domain: "shop.example.com", alternativeNames: ["www.example.com", "*.tenants.example.com"] };
const web = (allowedHosts: string[]) => ({ web: { port: 8000, django: { allowedHosts } } });

it("are the domain, its other names, hosts of routes and those that Django allows besides", () => {
  const services = {
    ...web(["partner.example.org", "shop.example.com"]),
    api: { port: 9000, routes: [{ priority: 10, hosts: ["api.example.com"] }] },
  };
  expect(declaredHosts({ dns, services })).toEqual([
    "shop.example.com",
    "www.example.com",
    "*.tenants.example.com",
    "api.example.com",
    "partner.example.org",
  ]);
});

it("follow Django's own writing: a dot in front is a name and all below it", () => {
  const domain = { domain: "shop.example.com", alternativeNames: [] };
  expect(declaredHosts({ dns: domain, services: web([".Example.org"]) })).toEqual([
    "shop.example.com",
    "example.org",
    "*.example.org",
  ]);
});

it("leave out what no rule can name, and what Django takes for no wildcard", () => {
  const domain = { domain: "shop.example.com", alternativeNames: [] };
  const allowed = [
    "localhost",
    "10.0.0.1",
    "[::1]",
    "web.internal:8000",
    "*.example.org",
    `${"a".repeat(125)}.org`,
  ];
  expect(declaredHosts({ dns: domain, services: web(allowed) })).toEqual(["shop.example.com"]);
});

it("are not asked for where any host is meant", () => {
  expect(declaredHosts({ dns: undefined, services: web([]) })).toBeUndefined();
  expect(declaredHosts({ dns, services: web(["*"]) })).toBeUndefined();
});

it("are no matter of a service that the load balancer does not reach", () => {
  const domain = { domain: "shop.example.com", alternativeNames: [] };
  const services = { ...web([]), worker: { django: { allowedHosts: ["*", "worker.example.org"] } } };
  expect(declaredHosts({ dns: domain, services })).toEqual(["shop.example.com"]);
});

it("are warned of where Django would take no request for them", () => {
  const allowed = ["*", ".example.org", "10.0.0.1", "[::1]", "web.internal:8000"];
  expect(hostWarnings({ services: web(allowed) })).toEqual([]);
  const wrong = [
    "*.example.org",
    "www?.example.org",
    "a.example.org,b.example.org",
    "a.example.org b.example.org",
  ];
  const warnings = hostWarnings({ services: web(wrong) });
  expect(warnings).toHaveLength(wrong.length);
  for (const [index, host] of wrong.entries()) {
    expect(warnings[index]).toContain(`services.web.django.allowedHosts has "${host}"`);
  }
});
