// The environment variables of a Django service: how it is reached, under the names of Django's own settings.

import { HANDOVER } from "../model/handover";
import type { ResponseHeaders } from "../schema/response-headers";
import type { Service } from "../schema/service";

/** Django itself reads it: "Settings", Django documentation. */
export const SETTINGS_MODULE = "DJANGO_SETTINGS_MODULE";

/** What Django is told of how it is reached. */
export interface DjangoFacts {
  /** The load balancer's DNS name. */
  readonly loadBalancerDnsName?: string | undefined;
  /** Present where the platform speaks HTTPS. */
  readonly dns?: { readonly domain: string; readonly alternativeNames: readonly string[] } | undefined;
  /** The name by which other services reach this one, over plain HTTP. Default: none do. */
  readonly privateHost?: string | undefined;
  /** Whether nobody else reaches it: the load balancer does not lead there. Default: no. */
  readonly internal?: boolean | undefined;
  /** What the load balancer says to browsers of HTTPS, where the platform speaks it. */
  readonly strictTransportSecurity?: ResponseHeaders["strictTransportSecurity"] | undefined;
}

/** The variables of a service with `django`. */
export function djangoVariables(
  { settingsModule, allowedHosts }: NonNullable<Service["django"]>,
  healthCheckPath: string,
  { internal = false, privateHost, ...entrance }: DjangoFacts,
): Record<string, string> {
  const { dns, loadBalancerDnsName, strictTransportSecurity: hsts }: DjangoFacts = internal ? {} : entrance;
  const names = dns ? [dns.domain, ...dns.alternativeNames] : [];
  // Its own name is for a platform without a domain; with one, the load balancer answers by itself whoever uses it.
  const balancer = dns || loadBalancerDnsName === undefined ? [] : [loadBalancerDnsName];
  // Django writes "*.example.com" as ".example.com" among its hosts, but not among its origins.
  const inside = privateHost === undefined ? [] : [privateHost];
  const hosts = new Set([
    ...names.map((name) => name.replace(/^\*/, "")),
    ...balancer,
    ...inside,
    ...allowedHosts,
  ]);
  const origins = dns ? names.map((name) => `https://${name}`) : balancer.map((name) => `http://${name}`);
  const https = entrance.dns ? "True" : "False";
  return {
    ...(settingsModule === undefined ? {} : { [SETTINGS_MODULE]: settingsModule }),
    DEBUG: "False",
    ALLOWED_HOSTS: [...hosts].join(","),
    CSRF_TRUSTED_ORIGINS: [...new Set(origins)].join(","),
    // The load balancer sets this header on every request; beside it, services reach the tasks that say so in their connectsTo.
    SECURE_PROXY_SSL_HEADER: "HTTP_X_FORWARDED_PROTO,https",
    // It passes Host on as it came, but also any X-Forwarded-Host that a client makes up.
    USE_X_FORWARDED_HOST: "False",
    // Inside, nothing answers on HTTPS; users are redirected by the load balancer before that.
    SECURE_SSL_REDIRECT: privateHost === undefined ? https : "False",
    SECURE_REDIRECT_EXEMPT: exactPath(healthCheckPath),
    // Also of an internal service: who calls it is no browser, and a cookie that went by plain HTTP would be one mistake more.
    SESSION_COOKIE_SECURE: https,
    CSRF_COOKIE_SECURE: https,
    ...(dns && hsts ? { SECURE_HSTS_SECONDS: String(hsts.maxAgeSeconds) } : {}),
    [HANDOVER.healthCheckPath]: healthCheckPath,
  };
}

/** A regular expression for one path, which Django matches without its first slash; without commas, which part such a list. */
function exactPath(path: string): string {
  return `^${path
    .slice(1)
    .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll(",", "\\x2c")}$`;
}
