// The plain environment variables that a service has bound to facts of the platform, under its own names.
import { bindingParts } from "../model/bindings";
import type { PrivateAddress } from "../model/private-names";
import type { Binding } from "../schema/binding";
import type { Service } from "../schema/service";
import type { PlatformFacts } from "./environment";

/** What a service may be told of beside what it is told anyway. */
export interface BoundFacts
  extends Pick<PlatformFacts, "database" | "cache" | "loadBalancerDnsName" | "dns"> {
  /** The queues that the service uses, by key. */
  readonly queues: Readonly<
    Record<string, { readonly url: string; readonly arn: string; readonly name: string }>
  >;
  /** The buckets that the service uses, by key. */
  readonly buckets: Readonly<
    Record<string, { readonly name: string; readonly arn: string; readonly domainName: string }>
  >;
  /** The ARNs of the secrets that services share, by key. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Where services are found inside the network, by key. */
  readonly services: Readonly<Record<string, PrivateAddress>>;
  /** What the platform tells Django, by its own names; `undefined` for what is no Django. */
  readonly django: Readonly<Record<string, string>> | undefined;
  readonly environment: { readonly name: string; readonly region: string; readonly account: string };
  readonly service: { readonly key: string; readonly name: string };
}

/** The bound variables that are no secrets, as `isSecret` says. @throws Error where a fact is not there: the validation has let it through */
export function boundVariables(
  { bindings }: Pick<Service, "bindings">,
  facts: BoundFacts,
  isSecret: (binding: Binding) => boolean,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(bindings)
      .filter(([, binding]) => !isSecret(binding))
      .map(([name, binding]) => {
        const value = factOf(bindingParts(binding), facts);
        if (value === undefined) throw new Error(`There is no ${binding} to bind ${name} to.`);
        return [name, String(value)];
      }),
  );
}

function factOf(
  parts: ReturnType<typeof bindingParts>,
  {
    database,
    cache,
    queues,
    buckets,
    secrets,
    services,
    django,
    dns,
    loadBalancerDnsName,
    environment,
    service,
  }: BoundFacts,
): string | number | undefined {
  switch (parts.source) {
    case "database":
      return parts.fact === "host" ||
        parts.fact === "port" ||
        parts.fact === "name" ||
        parts.fact === "secretArn"
        ? database?.[parts.fact]
        : undefined;
    case "cache":
      return parts.fact === "password" || parts.fact === "secret" ? undefined : cache?.[parts.fact];
    case "queues":
      return queues[parts.key]?.[parts.fact];
    case "buckets":
      return buckets[parts.key]?.[parts.fact];
    case "secrets":
      return secrets[parts.key];
    case "services":
      return services[parts.key]?.[parts.fact];
    case "django":
      return django?.[parts.fact === "allowedHosts" ? "ALLOWED_HOSTS" : "CSRF_TRUSTED_ORIGINS"];
    case "loadBalancer":
      return loadBalancerDnsName;
    case "environment":
      return parts.fact === "domain" ? dns?.domain : environment[parts.fact];
    case "service":
      return service[parts.fact];
  }
}
