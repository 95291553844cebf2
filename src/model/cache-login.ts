// How services log on to the cache: what each way of doing so lets them be told, and by which names.
import type { BINDING_FACTS } from "../schema/binding";
import type { Cache } from "../schema/cache";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service } from "../schema/service";
import { connects } from "./services";

export type CacheAuthentication = Cache["authentication"];

/** The variables in which a service finds what it logs on with, beside host and port. */
export const CACHE_VARIABLES = {
  tls: "REDIS_TLS",
  user: "REDIS_USER",
  /** A secret. */
  password: "REDIS_PASSWORD",
  /** What a token of IAM is signed for. */
  name: "REDIS_CACHE_NAME",
} as const;

/** The facts of the cache that a service may be told, by the way of logging on. */
export const CACHE_FACTS: Readonly<
  Record<CacheAuthentication, readonly (typeof BINDING_FACTS)["cache"][number][]>
> = {
  iam: ["host", "port", "user", "name"],
  password: ["host", "port", "user", "password", "secret", "secretArn", "url"],
  none: ["host", "port", "url"],
};

/** The staging label of the version of its secret that the cache has: the command `cache-user` puts it there. */
export const IN_CACHE = "IN_CACHE";

/**
 * The staging label of the version that Terraform has written. A version without any label may be deleted, and Terraform would
 * then write another password: "Secrets Manager secret versions", AWS Secrets Manager user guide.
 */
export const BY_TERRAFORM = "BY_TERRAFORM";

/** Characters of the password, each a letter or a digit. ElastiCache takes 16 to 128: "Creating users", user guide. */
export const CACHE_PASSWORD_LENGTH = 40;

/** What a client needs to find the cache, and to log on. */
export interface CacheAddress {
  readonly host: string;
  readonly port: number | string;
  /** Whether it may be reached without TLS. Default: it may not. */
  readonly transitEncryption?: Cache["transitEncryption"];
  /** Default: nobody is asked who it is. */
  readonly login?: { readonly user: string; readonly password: string };
}

/**
 * The cache as one URL, with the database 0, which is the first. Where TLS is "preferred", that is for whoever cannot speak it.
 * @param address its parts as a URL takes them: percent-encoded where that is needed
 */
export function cacheUrl({ host, port, login, transitEncryption }: CacheAddress): string {
  return `${transitEncryption === "preferred" ? "redis" : "rediss"}://${login ? `${login.user}:${login.password}@` : ""}${host}:${port}/0`;
}

/** The fields of the secret with the log-in; `url` as ECS can hand it on. */
export function cacheLogin(address: CacheAddress & Required<Pick<CacheAddress, "login">>) {
  const { user, password } = address.login;
  return { username: user, password, url: cacheUrl(address) };
}

/** The services that connect to the cache, by key. */
export function servicesOfCache(
  services: Readonly<Record<string, { readonly connectsTo?: Service["connectsTo"] | undefined }>>,
): string[] {
  return Object.keys(services).filter((key) =>
    connects({ connectsTo: services[key]?.connectsTo ?? [] }, MEMBER_KEYS.cache),
  );
}
