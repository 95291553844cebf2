// The environment variables of a service's containers: what the platform sets, under the names that developers expect, and
// the service's own over it.

import { CACHE_VARIABLES } from "../model/cache-login";
import { STORE_VARIABLES } from "../model/connectivity";
import { bucketNameVariable, HANDOVER, queueUrlVariable } from "../model/handover";
import { hasPlatformNames } from "../model/presets";
import { connects } from "../model/services";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service } from "../schema/service";
import { type DjangoFacts, djangoVariables, SETTINGS_MODULE } from "./django-environment";

/** What of the platform a service is told: what it connects to, and how it is reached. */
export interface PlatformFacts extends DjangoFacts {
  /** What follows from the environment file alone: see `handover`. */
  readonly handover: Readonly<Record<string, string>>;
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
        /** The ElastiCache user that tasks log on as; `undefined` where nobody is asked. */
        readonly user?: string | undefined;
        /** The replication group's ID: part of what an IAM token is signed for. `undefined` without IAM. */
        readonly name?: string | undefined;
        /** The secret with user and password, for services that read it themselves; `undefined` without a password. */
        readonly secretArn?: string | undefined;
        /** Host and port as one URL, where there is nothing secret in it. */
        readonly url?: string | undefined;
      }
    | undefined;
  /** The URLs of the queues that the service uses, by key. */
  readonly queueUrls: Readonly<Record<string, string>>;
  /** The names of the buckets that the service uses, by key. */
  readonly bucketNames: Readonly<Record<string, string>>;
}

export type ServiceSettings = Pick<
  Service,
  "connectsTo" | "databaseLogin" | "django" | "environment" | "secrets" | "healthCheckPath"
> &
  Partial<Pick<Service, "presets">>;

/**
 * All plain variables of a service: the platform's, and the service's own over them. A variable that the service takes
 * from a secret is left to the secret.
 */
export function serviceEnvironment(
  service: ServiceSettings,
  platform: PlatformFacts,
): Record<string, string> {
  const { environment, secrets } = service;
  const given = hasPlatformNames(service) ? ownNames(service, platform) : standardNames(service, platform);
  const all = { ...given, ...environment };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(secrets, name)));
}

/** What libraries read by these names, whatever the settings of a project read. */
function standardNames({ django }: ServiceSettings, { handover }: PlatformFacts): Record<string, string> {
  const { [HANDOVER.region]: region } = handover;
  const { settingsModule } = django ?? {};
  return {
    ...(region === undefined ? {} : { [HANDOVER.region]: region }),
    ...(settingsModule === undefined ? {} : { [SETTINGS_MODULE]: settingsModule }),
  };
}

function ownNames(service: ServiceSettings, platform: PlatformFacts): Record<string, string> {
  const { django } = service;
  const { database, cache } = platform;
  return {
    ...platform.handover,
    ...queueVariables(platform.queueUrls),
    ...bucketVariables(platform.bucketNames),
    ...(database && connects(service, MEMBER_KEYS.database) ? databaseVariables(database, service) : {}),
    ...(cache && connects(service, MEMBER_KEYS.cache) ? cacheVariables(cache) : {}),
    ...(django ? djangoVariables(django, service.healthCheckPath, platform) : {}),
  };
}

function databaseVariables(
  { host, port, name, secretArn }: NonNullable<PlatformFacts["database"]>,
  { databaseLogin }: Pick<Service, "databaseLogin">,
): Record<string, string> {
  return {
    ...(databaseLogin === "at-connection" && { DATABASE_LOGIN_ARN: secretArn }),
    [STORE_VARIABLES.postgres.host]: host,
    [STORE_VARIABLES.postgres.port]: String(port),
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
    [STORE_VARIABLES.redis.host]: host,
    [STORE_VARIABLES.redis.port]: String(port),
    [CACHE_VARIABLES.tls]: "True",
    ...(user !== undefined && { [CACHE_VARIABLES.user]: user }),
    ...(name !== undefined && { [CACHE_VARIABLES.name]: name }),
  };
}

function queueVariables(urls: PlatformFacts["queueUrls"]): Record<string, string> {
  const queues = Object.entries(urls);
  return {
    ...Object.fromEntries(queues.map(([key, url]) => [queueUrlVariable(key), url])),
    ...(queues.length === 0
      ? {}
      : { [HANDOVER.queueUrls]: queues.map(([key, url]) => `${key}=${url}`).join(",") }),
  };
}

function bucketVariables(names: PlatformFacts["bucketNames"]): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [bucketNameVariable(key), name]));
}
