// The keys by which an environment file calls the platform's own members, beside those that it gives its services.

/** Each member by the section, or the part of one, that describes it. */
export const MEMBER_KEYS = {
  loadBalancer: "alb",
  database: "postgres",
  cache: "redis",
  endpoints: "endpoints",
} as const;

/** The sections of data stores that a service can connect to. */
export const STORE_SECTIONS = ["database", "cache"] as const;

/** The data stores, as a service names them in `connectsTo`. */
export const STORE_KEYS = [MEMBER_KEYS.database, MEMBER_KEYS.cache] as const;

/** Addresses outside of the platform, as an end of a connection. */
export const INTERNET_KEY = "internet";

/** The web application firewall, which has alarms and no group. */
export const WAF_KEY = "waf";

/** Keys that services cannot have, because the platform's own members and alarms are called so. */
export const RESERVED_KEYS: readonly string[] = [...Object.values(MEMBER_KEYS), INTERNET_KEY, WAF_KEY];
