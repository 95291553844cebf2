// What a service's containers are told in environment variables: which facts of the stack each of them gets, and from where.
import type { Construct } from "constructs";
import type { Cache } from "../cache/cache";
import type { DatabaseUrl } from "../database/database-url";
import type { SecretLogin } from "../database/secret-login";
import { isSecretBinding, type SecretBinding } from "../model/bindings";
import { CACHE_VARIABLES, cacheUrl } from "../model/cache-login";
import type { OwnedContainer } from "../model/containers";
import { isApplicationUser, LOGIN_VARIABLES } from "../model/database-login";
import { handover } from "../model/handover";
import { namesOfService } from "../model/names/resolved";
import { telemetryVariables } from "../model/open-telemetry";
import { hasPlatformNames } from "../model/presets";
import { privateAddresses } from "../model/private-names";
import { readSharedSecrets } from "../model/secrets";
import { connects } from "../model/services";
import type { Queue } from "../queue/queue";
import type { Cache as CacheConfig } from "../schema/cache";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service as ServiceConfig } from "../schema/service";
import type { Sidecar } from "../schema/sidecar";
import type { ContainerSecret } from "../secrets/container-secret";
import type { DjangoSecretKey } from "../secrets/django-secret-key";
import { boundVariables } from "../service/bound-variables";
import { djangoVariables } from "../service/django-environment";
import { type PlatformFacts, serviceEnvironment } from "../service/environment";
import type { Bucket } from "../storage/bucket";
import { accountIdOf } from "../terraform/account";
import type { DjangoParts } from "./django-parts";

/** The plain variables of a service: the platform's, what it has bound to them, and its own. @param scope in the stack */
export function serviceVariables(
  scope: Construct,
  key: string,
  service: ServiceConfig,
  platform: DjangoParts,
): Record<string, string> {
  const facts = platformFacts(key, service, platform);
  const { environment } = platform;
  const telemetry = telemetryVariables(service, namesOfService(environment.names, key).service, environment);
  const handover = { ...facts.handover, ...telemetry };
  const given = Object.entries(serviceEnvironment(service, { ...facts, handover }));
  return {
    ...Object.fromEntries(given.filter(([name]) => !Object.hasOwn(service.bindings, name))),
    ...bound(scope, key, service, service, platform, facts),
  };
}

/** The plain variables of a sidecar: what it has bound to facts of its service's platform, and its own; none that it does not name. */
export function sidecarVariables(
  scope: Construct,
  key: string,
  service: ServiceConfig,
  sidecar: Sidecar,
  platform: DjangoParts,
): Record<string, string> {
  return {
    ...sidecar.environment,
    ...bound(scope, key, service, sidecar, platform, platformFacts(key, service, platform)),
  };
}

function platformFacts(key: string, service: ServiceConfig, platform: DjangoParts): PlatformFacts {
  const { database, cache, loadBalancer, environment } = platform;
  const login = loginOf(service, platform);
  return {
    handover: handover(service, environment),
    queueUrls: Object.fromEntries(queuesOf(service, platform).map(([key, { url }]) => [key, url])),
    bucketNames: Object.fromEntries(bucketsOf(service, platform).map(([key, { name }]) => [key, name])),
    database: database &&
      login && {
        host: database.address,
        port: database.port,
        name: database.databaseName,
        secretArn: login.secretArn,
      },
    cache: cache && cacheFacts(cache, environment.cache),
    loadBalancerDnsName: loadBalancer?.dnsName,
    dns: environment.dns,
    internal: service.internal,
    privateHost: privateAddresses(environment)[key]?.host,
    strictTransportSecurity: environment.loadBalancer?.responseHeaders.strictTransportSecurity,
  };
}

function cacheFacts(
  { primaryEndpoint: host, port, userName, login, replicationGroupId }: Cache,
  { authentication, transitEncryption }: Partial<CacheConfig> = {},
): PlatformFacts["cache"] {
  return {
    host,
    port,
    user: userName,
    name: authentication === "iam" ? replicationGroupId : undefined,
    secretArn: login?.secretArn,
    url:
      authentication === "none"
        ? cacheUrl({ host, port, ...(transitEncryption && { transitEncryption }) })
        : undefined,
  };
}

/** What a container of the service has bound to names of its own, and what is no secret. */
function bound(
  scope: Construct,
  key: string,
  service: ServiceConfig,
  container: Pick<ServiceConfig, "bindings">,
  platform: DjangoParts,
  facts: PlatformFacts,
): Record<string, string> {
  if (Object.keys(container.bindings).length === 0) return {};
  const { name, region, names } = platform.environment;
  return boundVariables(
    container,
    {
      ...facts,
      queues: Object.fromEntries(queuesOf(service, platform)),
      buckets: Object.fromEntries(bucketsOf(service, platform)),
      secrets: Object.fromEntries(
        readSharedSecrets(service).map((key) => [key, platform.secrets.sharedSource(key).arn]),
      ),
      services: privateAddresses(platform.environment),
      django: service.django && djangoVariables(service.django, service.healthCheckPath, facts),
      environment: { name, region, account: accountIdOf(scope) },
      service: { key, name: namesOfService(names, key).service },
    },
    (binding) => isSecretBinding(binding, platform.environment.cache),
  );
}

/** The queues that a service takes from or sends to, by key. */
function queuesOf({ consumesFrom, sendsTo }: ServiceConfig, { queues }: DjangoParts): [string, Queue][] {
  return [...queues].filter(([key]) => consumesFrom.includes(key) || sendsTo.includes(key));
}

/** The buckets that a service uses, by key. */
function bucketsOf({ buckets: uses }: ServiceConfig, { buckets }: DjangoParts): [string, Bucket][] {
  return [...buckets].filter(([key]) => uses.some(({ bucket }) => bucket === key));
}

/** The user of the database that a service logs in as; `undefined` where it does not connect to one. */
export function loginOf(
  service: ServiceConfig,
  { environment, database, applicationUser }: DjangoParts,
): SecretLogin | undefined {
  if (!connects(service, MEMBER_KEYS.database)) {
    return undefined;
  }
  return isApplicationUser(environment.database, service) ? applicationUser?.login : database?.login;
}

/** The variables of a service that ECS fills from secrets: the platform's, what it has bound to them, and its own. */
export function serviceSecrets(
  key: string,
  service: ServiceConfig,
  platform: DjangoParts,
): ContainerSecret[] {
  const { djangoSecretKey, secrets } = platform;
  const { login, cache } = secretSources(service, platform);
  const own = secrets.of(key);
  const given = !hasPlatformNames(service)
    ? []
    : [
        ...(login && service.databaseLogin === "at-start"
          ? [login.userSecret(LOGIN_VARIABLES.user), login.passwordSecret(LOGIN_VARIABLES.password)]
          : []),
        ...(cache ? [cache.passwordSecret(CACHE_VARIABLES.password)] : []),
        ...(djangoSecretKey && service.django ? djangoSecretKey.secrets : []),
      ];
  // What the service says itself wins, be it a secret or a plain variable.
  const bound = boundSecrets(service, service, platform);
  const said = new Set([
    ...[...own, ...bound].map(({ name }) => name),
    ...Object.keys(service.environment),
    ...Object.keys(service.bindings),
  ]);
  return [...given.filter(({ name }) => !said.has(name)), ...bound, ...own];
}

/** The variables of a sidecar that ECS fills from secrets: what it has bound to them, and its own. */
export function sidecarSecrets(
  { said, secrets: folder }: OwnedContainer<Sidecar>,
  service: ServiceConfig,
  platform: DjangoParts,
): ContainerSecret[] {
  return [...boundSecrets(said, service, platform), ...platform.secrets.of(folder)];
}

/** Where secrets of the platform that a container of a service may be bound to are kept. */
interface SecretSources {
  readonly login: SecretLogin | undefined;
  readonly url: DatabaseUrl | undefined;
  readonly cache: SecretLogin | undefined;
  readonly key: DjangoSecretKey | undefined;
}

function secretSources(service: ServiceConfig, platform: DjangoParts): SecretSources {
  const { databaseUrls, environment } = platform;
  return {
    login: loginOf(service, platform),
    url: databaseUrls.get(isApplicationUser(environment.database, service) ? "application" : "master"),
    cache: connects(service, MEMBER_KEYS.cache) ? platform.cache?.login : undefined,
    key: platform.djangoSecretKey,
  };
}

/** What a container of the service has bound to secrets. */
function boundSecrets(
  { bindings }: Pick<ServiceConfig, "bindings">,
  service: ServiceConfig,
  platform: DjangoParts,
): ContainerSecret[] {
  const sources = secretSources(service, platform);
  return Object.entries(bindings).flatMap(([name, binding]) =>
    isSecretBinding(binding, platform.environment.cache) ? [boundSecret(name, binding, sources)] : [],
  );
}

/** A variable that is bound to something secret. @throws Error where that is not there: the validation has let it through */
function boundSecret(
  name: string,
  binding: SecretBinding,
  { login, url, cache, key }: SecretSources,
): ContainerSecret {
  const secret = {
    "database.user": () => login?.userSecret(name),
    "database.password": () => login?.passwordSecret(name),
    "database.url": () => url?.containerSecret(name),
    "database.secret": () => login?.wholeSecret(name),
    "cache.password": () => cache?.passwordSecret(name),
    "cache.secret": () => cache?.wholeSecret(name),
    "cache.url": () => cache?.fieldSecret(name, "url"),
    "django.secretKey": () => key?.containerSecret(name),
    "django.secretKeyFallbacks": () => key?.previous.containerSecret(name),
  }[binding]();
  if (secret === undefined) throw new Error(`There is no ${binding} to bind ${name} to.`);
  return secret;
}
