// Which request, sent to the load balancer, asks for one service's health, or for a page of it: its routes decide.
import type { Environment } from "../../model/environment";
import { isPublic } from "../../model/services";

/** A GET request. */
export interface PageRequest {
  readonly scheme: "http" | "https";
  /** The Host header. */
  readonly host: string;
  /** With HTTPS, the name that the certificate must be for. Default: the host. */
  readonly serverName?: string;
  readonly path: string;
}

/** Why there is no such request. */
export interface Impossible {
  readonly impossible: string;
}

/** What of an environment decides where a request goes. */
export type Routing = Pick<Environment, "services" | "dns" | "loadBalancer">;

/**
 * The request for a service's health endpoint, or why there is none.
 * @param balancerName the load balancer's own DNS name, for an environment without a domain
 */
export function healthRequest(
  environment: Routing,
  service: string,
  balancerName: string,
): PageRequest | Impossible {
  const { healthCheckPath = "/", targetHealthCheck } = environment.services[service] ?? {};
  return targetHealthCheck?.port === undefined
    ? requestFor(environment, service, balancerName, healthCheckPath)
    : { impossible: `health checks go to port ${targetHealthCheck.port}, which no listener leads to` };
}

/**
 * The request for a page of a service: its root, or else what its routes lead to it. Not its health endpoint, which may be
 * answered before anything sets headers.
 * @param balancerName the load balancer's own DNS name, for an environment without a domain
 */
export function pageRequest(
  environment: Routing,
  service: string,
  balancerName: string,
): PageRequest | Impossible {
  const { routes = [] } = environment.services[service] ?? {};
  const paths = inOrder(routes).flatMap((route) => route.paths ?? []);
  const candidates = paths
    .map((path) => path.replaceAll("*", "").replaceAll("?", "0"))
    .map((path) => requestFor(environment, service, balancerName, path));
  const root = requestFor(environment, service, balancerName, "/");
  return [root, ...candidates].find((request) => "host" in request) ?? root;
}

function requestFor(
  environment: Routing,
  service: string,
  balancerName: string,
  path: string,
): PageRequest | Impossible {
  const { dns, loadBalancer, services } = environment;
  const scheme = dns ? "https" : "http";
  if (!loadBalancer?.ports.includes(dns ? 443 : 80)) {
    return { impossible: `the load balancer does not answer ${scheme.toUpperCase()}` };
  }
  const usual = dns?.domain ?? balancerName;
  const { routes } = services[service] ?? {};
  const hosts = routes ? inOrder(routes).flatMap((route) => route.hosts ?? [usual]) : [usual];
  const taken = hosts
    .map((pattern) => hostLike(pattern, service))
    .map((host) => ({ host, taker: taker(environment, host, path) }));
  const own = taken.filter((one) => one.taker?.service === service);
  const open = own.find((one) => one.taker?.sources === undefined);
  if (open !== undefined) {
    return { scheme, host: open.host, path };
  }
  const [held] = own;
  return {
    impossible: held
      ? `its routes let in ${held.taker?.sources?.join(", ")} alone`
      : `the load balancer sends ${path} to ${taken[0]?.taker?.service ?? "no service"}: see the service's routes`,
  };
}

/** Who gets a request, and from which addresses alone. */
interface Taker {
  readonly service: string;
  readonly sources?: readonly string[] | undefined;
}

/** The service that gets a request: by the first route that takes it, or else the one without routes. */
function taker({ services }: Routing, host: string, path: string): Taker | undefined {
  const entries = Object.entries(services).filter(([, service]) => isPublic(service));
  const routes = entries.flatMap(([key, { routes = [] }]) => routes.map((route) => ({ key, ...route })));
  // A path pattern sees the path alone: "Listener rules for your Application Load Balancer".
  const [bare = path] = path.split("?");
  const route = inOrder(routes).find(
    ({ hosts, paths }) =>
      (hosts ?? ["*"]).some((pattern) => matches(pattern, host)) &&
      (paths ?? ["*"]).some((pattern) => matches(pattern, bare)),
  );
  if (route) {
    return { service: route.key, sources: route.sourceCidrs };
  }
  const [service] = entries.find(([, { routes }]) => routes === undefined) ?? [];
  return service === undefined ? undefined : { service };
}

function inOrder<Route extends { readonly priority: number }>(routes: readonly Route[]): Route[] {
  return [...routes].sort((a, b) => a.priority - b.priority);
}

/** `*` stands for any number of characters, `?` for one; hosts are in lower case already. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern.replaceAll(/[^a-zA-Z0-9]/g, (character) =>
    character === "*" ? ".*" : character === "?" ? "." : `\\${character}`,
  );
  return new RegExp(`^${expression}$`).test(text);
}

/** A name that a host pattern takes. */
function hostLike(pattern: string, service: string): string {
  return pattern.replace("*", service);
}
