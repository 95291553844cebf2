// The environment variables that the platform sets for a service, under the names that Django developers expect.

import { connects } from "../model/services";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { ResponseHeaders } from "../schema/response-headers";
import type { Service } from "../schema/service";

/** What of the platform a service is told: what it connects to, and how it is reached. */
export interface PlatformFacts {
  /** The database that services which connect to it use. */
  readonly database?:
    | {
        readonly host: string;
        readonly port: number | string;
        readonly name: string;
        /** The secret with `username` and `password`, for services that read it themselves. */
        readonly secretArn: string;
      }
    | undefined;
  /** The cache that services which connect to it use. */
  readonly cache?:
    | {
        readonly host: string;
        readonly port: number | string;
        /** The ElastiCache user that tasks authenticate as, by IAM. */
        readonly user: string;
        /** The replication group's ID: part of what an IAM token is signed for. */
        readonly name: string;
      }
    | undefined;
  /** The load balancer's DNS name. */
  readonly loadBalancerDnsName?: string | undefined;
  /** Present where the platform speaks HTTPS. */
  readonly dns?: { readonly domain: string; readonly alternativeNames: readonly string[] } | undefined;
  /** What the load balancer says to browsers of HTTPS, where the platform speaks it. */
  readonly strictTransportSecurity?: ResponseHeaders["strictTransportSecurity"] | undefined;
}

export type ServiceSettings = Pick<
  Service,
  "connectsTo" | "databaseLogin" | "django" | "environment" | "secrets" | "healthCheckPath"
>;

/**
 * All plain variables of a service: the platform's, and the service's own over them. A variable that the service takes
 * from a secret is left to the secret.
 */
export function serviceEnvironment(
  service: ServiceSettings,
  platform: PlatformFacts,
): Record<string, string> {
  const { django, environment, secrets } = service;
  const { database, cache } = platform;
  const given = {
    ...(database && connects(service, MEMBER_KEYS.database) ? databaseVariables(database, service) : {}),
    ...(cache && connects(service, MEMBER_KEYS.cache) ? cacheVariables(cache) : {}),
    ...(django ? djangoVariables(django, service.healthCheckPath, platform) : {}),
    ...environment,
  };
  return Object.fromEntries(Object.entries(given).filter(([name]) => !(name in secrets)));
}

function databaseVariables(
  { host, port, name, secretArn }: NonNullable<PlatformFacts["database"]>,
  { databaseLogin }: Pick<Service, "databaseLogin">,
): Record<string, string> {
  return {
    ...(databaseLogin === "at-connection" && { DATABASE_LOGIN_ARN: secretArn }),
    DATABASE_HOST: host,
    DATABASE_PORT: String(port),
    DATABASE_NAME: name,
    // Encrypts with any image. "verify-full" also proves who answers, but needs RDS's certificates in the image.
    DATABASE_SSLMODE: "require",
  };
}

function cacheVariables({
  host,
  port,
  user,
  name,
}: NonNullable<PlatformFacts["cache"]>): Record<string, string> {
  return {
    REDIS_HOST: host,
    REDIS_PORT: String(port),
    REDIS_TLS: "True",
    REDIS_USER: user,
    REDIS_CACHE_NAME: name,
  };
}

function djangoVariables(
  { settingsModule, allowedHosts }: NonNullable<Service["django"]>,
  healthCheckPath: string,
  { dns, loadBalancerDnsName, strictTransportSecurity: hsts }: PlatformFacts,
): Record<string, string> {
  const names = dns ? [dns.domain, ...dns.alternativeNames] : [];
  const balancer = loadBalancerDnsName === undefined ? [] : [loadBalancerDnsName];
  // Django writes "*.example.com" as ".example.com" among its hosts, but not among its origins.
  const hosts = new Set([...names.map((name) => name.replace(/^\*/, "")), ...balancer, ...allowedHosts]);
  const origins = dns ? names.map((name) => `https://${name}`) : balancer.map((name) => `http://${name}`);
  const https = dns ? "True" : "False";
  return {
    ...(settingsModule === undefined ? {} : { DJANGO_SETTINGS_MODULE: settingsModule }),
    DEBUG: "False",
    ALLOWED_HOSTS: [...hosts].join(","),
    CSRF_TRUSTED_ORIGINS: [...new Set(origins)].join(","),
    // The load balancer sets this header on every request, and nothing else reaches the tasks.
    SECURE_PROXY_SSL_HEADER: "HTTP_X_FORWARDED_PROTO,https",
    // It passes Host on as it came, but also any X-Forwarded-Host that a client makes up.
    USE_X_FORWARDED_HOST: "False",
    SECURE_SSL_REDIRECT: https,
    SECURE_REDIRECT_EXEMPT: exactPath(healthCheckPath),
    SESSION_COOKIE_SECURE: https,
    CSRF_COOKIE_SECURE: https,
    ...(dns && hsts ? { SECURE_HSTS_SECONDS: String(hsts.maxAgeSeconds) } : {}),
    HEALTH_CHECK_PATH: healthCheckPath,
  };
}

/** A regular expression for one path, which Django matches without its first slash. */
function exactPath(path: string): string {
  return `^${path.slice(1).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
}
