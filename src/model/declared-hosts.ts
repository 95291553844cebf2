// Which hosts an environment says that it has: the load balancer answers all others itself.
import type { Dns } from "../schema/dns";
import { conditionHost } from "../schema/limits";
import type { Service } from "../schema/service";
import { isPublic } from "./services";

/** What of an environment declares hosts. */
export interface HostSources {
  readonly dns?: Pick<Dns, "domain" | "alternativeNames"> | undefined;
  readonly services: Readonly<
    Record<string, Partial<Pick<Service, "port" | "internal" | "routes" | "django">>>
  >;
}

/**
 * The hosts that an environment declares, as the conditions of listener rules have them: its domain, with `*.example.com` for
 * all below one, the hosts of routes, and those that Django applications allow besides. `undefined` where any host is meant:
 * without a domain, where people use the load balancer's own name, and where an application allows every host.
 */
export function declaredHosts({ dns, services }: HostSources): string[] | undefined {
  const reached = Object.values(services).filter(isPublic);
  const allowed = reached.flatMap(({ django }) => django?.allowedHosts ?? []);
  if (dns === undefined || allowed.includes("*")) {
    return undefined;
  }
  const routed = reached.flatMap(({ routes }) => routes?.flatMap(({ hosts }) => hosts ?? []) ?? []);
  // What no rule can name (an address, a name without a dot) is no name that users type: it is for requests past the load
  // balancer.
  const others = allowed.flatMap(djangosHost).filter((host) => conditionHost(host));
  return [...new Set([dns.domain, ...dns.alternativeNames, ...routed, ...others])];
}

/** Django writes `.example.com` for a name and all below it, and knows no `*` within a name. */
function djangosHost(host: string): string[] {
  const name = host.toLowerCase();
  if (name.includes("*") || name.includes("?")) {
    return [];
  }
  return name.startsWith(".") ? [name.slice(1), `*${name}`] : [name];
}

/** What Django applications allow that no request can have, as people write it who think of certificates or lists. */
export function hostWarnings({ services }: Pick<HostSources, "services">): string[] {
  return Object.entries(services).flatMap(([key, { django }]) =>
    (django?.allowedHosts ?? [])
      .filter((host) => host !== "*" && /[*?,\s]/.test(host))
      .map(
        (host) =>
          `services.${key}.django.allowedHosts has ${JSON.stringify(host)}, which is nobody's host: Django knows no wildcards within a ` +
          'name. Write ".example.com" for a name and all below it, and one name an entry.',
      ),
  );
}
