// Which request asks for a service's health, or for a page of it, as its routes have it.

import { healthRequest, pageRequest, type Routing } from "../../../src/operations/verify/health-request";
import { systems } from "../../support/systems";

const ask = (environment: Routing, service: string) =>
  healthRequest(environment, service, "lb-1.us-east-1.elb.amazonaws.com");

describe("the health request", () => {
  it("goes to the domain by HTTPS, or to the load balancer's own name by HTTP", () => {
    expect(ask(systems.load("lightwave-prod"), "django")).toEqual({
      scheme: "https",
      host: "api.lightwave-media.ltd",
      path: "/health/live/",
    });
    expect(ask(systems.load("ecs-webapp"), "web")).toEqual({
      scheme: "http",
      host: "lb-1.us-east-1.elb.amazonaws.com",
      path: "/health",
    });
  });

  it("is not sent where the routes are for an office's addresses alone", () => {
    const { services, ...shared } = systems.load("pdf-excel-prod");
    const { frontend, backend } = services;
    if (!frontend || !backend) throw new Error("pdf-excel-prod has changed.");
    const routes = [{ priority: 1, hosts: ["flower.example.com"], sourceCidrs: ["203.0.113.0/24"] }];
    expect(ask({ ...shared, services: { frontend, backend: { ...backend, routes } } }, "backend")).toEqual({
      impossible: "its routes let in 203.0.113.0/24 alone",
    });
  });

  it("is not sent where the routes lead its path to another service", () => {
    const environment = systems.load("pdf-excel-prod");
    expect(ask(environment, "frontend")).toMatchObject({ path: "/health" });
    expect(ask(environment, "backend")).toEqual({
      impossible: "the load balancer sends /health to frontend: see the service's routes",
    });
  });

  const { services, ...shared } = systems.load("pdf-excel-prod");
  const { frontend, backend } = services;
  if (!frontend || !backend) {
    throw new Error("pdf-excel-prod has changed.");
  }
  const routed = (routes: NonNullable<typeof backend.routes>, healthCheckPath = "/health"): Routing => ({
    ...shared,
    services: { frontend, backend: { ...backend, routes, healthCheckPath } },
  });

  it.each([
    ["/health*", "/health", true],
    ["/h?alth", "/health", true],
    ["/*", "/health?full=1", true],
    ["/health", "/health?full=1", true],
    ["/Health", "/health", false],
    ["/healt", "/health", false],
    ["/h.alth", "/health", false],
    ["/h?health", "/health", false],
  ])("of a service with the path %s asks for %s: %s", (pattern, path, isSent) => {
    expect("host" in ask(routed([{ priority: 1, paths: [pattern] }], path), "backend")).toBe(isSent);
  });

  it("is not sent where health checks have a port of their own", () => {
    const targetHealthCheck = {
      port: 8001,
      successCodes: "200",
      intervalSeconds: 10,
      timeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    };
    const environment = { ...shared, services: { frontend: { ...frontend, targetHealthCheck }, backend } };
    expect(ask(environment, "frontend")).toEqual({
      impossible: "health checks go to port 8001, which no listener leads to",
    });
  });

  it("has a host that the service's routes take", () => {
    expect(ask(routed([{ priority: 1, hosts: ["api.example.com"] }]), "backend")).toMatchObject({
      host: "api.example.com",
    });
    expect(ask(routed([{ priority: 1, hosts: ["*.example.com"] }]), "backend")).toMatchObject({
      host: "backend.example.com",
    });
    // The first route that leads there, in the order of the listener's rules.
    const routes = [
      { priority: 20, hosts: ["late.example.com"] },
      { priority: 10, hosts: ["early.example.com"], paths: ["/other"] },
    ];
    expect(ask(routed(routes), "backend")).toMatchObject({ host: "late.example.com" });
  });

  it("is not sent where a route of a lower priority number takes it away", () => {
    const environment: Routing = {
      ...shared,
      services: {
        frontend: { ...frontend, routes: [{ priority: 1, paths: ["/health"] }] },
        backend: { ...backend, routes: [{ priority: 2, paths: ["/*"] }] },
      },
    };
    expect(ask(environment, "backend")).toEqual({
      impossible: "the load balancer sends /health to frontend: see the service's routes",
    });
  });

  it("is not sent where nobody would get it", () => {
    const environment: Routing = {
      ...shared,
      services: { backend: { ...backend, routes: [{ priority: 1, paths: ["/api/*"] }] } },
    };
    expect(ask(environment, "backend")).toEqual({
      impossible: "the load balancer sends /health to no service: see the service's routes",
    });
  });

  it("is not sent where the load balancer does not open the port", () => {
    const { dns, ...withoutDomain } = routed([{ priority: 1, paths: ["/*"] }]);
    const loadBalancer = shared.loadBalancer && { ...shared.loadBalancer, ports: [443 as const] };
    if (!loadBalancer) {
      throw new Error("pdf-excel-prod has changed.");
    }
    expect(ask({ ...withoutDomain, loadBalancer }, "backend")).toEqual({
      impossible: "the load balancer does not answer HTTP",
    });
  });
});

describe("the request for a page", () => {
  it.each([
    ["lightwave-prod", "django", "/"],
    // The frontend takes what no route of the backend does.
    ["pdf-excel-prod", "frontend", "/"],
    ["pdf-excel-prod", "backend", "/api/"],
  ])("of %s's %s is %s", (system, service, path) => {
    expect(pageRequest(systems.load(system), service, "lb-1.us-east-1.elb.amazonaws.com")).toMatchObject({
      path,
    });
  });
});
