// Bound variables against what the service uses: what it does not connect to, send to or have is no use to it.
import { bindingParts } from "../model/bindings";
import { CACHE_FACTS } from "../model/cache-login";
import { containersOf } from "../model/containers";
import { isApplicationUser } from "../model/database-login";
import { type PresetVariable, presetVariables } from "../model/presets";
import { connects, isPublic } from "../model/services";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service } from "../schema/service";
import { type Check, type ComparedService, problem, type Sections } from "./check";
import { unknownSharedSecret } from "./shared-secrets";

export const checkBindings: Check = (sections) =>
  Object.entries(sections.services).flatMap(([key, service]) => {
    const own = writtenVariables(sections, key);
    const byPreset = presetVariables({ ...service, ...own });
    return [
      ...containersOf(key, service).flatMap(({ path, said }) =>
        Object.entries(said.bindings ?? {}).flatMap(([variable, binding]) => {
          // The service's own are compared together with what its presets come to.
          if (said === service && !Object.hasOwn(own.bindings, variable)) return [];
          const remedy = missing(bindingParts(binding), service, sections);
          return remedy === undefined ? [] : [problem(`${path}.bindings.${variable}`, binding, remedy)];
        }),
      ),
      ...byPreset.flatMap(({ preset, variable, binding }) => {
        const remedy = missing(bindingParts(binding), service, sections);
        const said = `It fills ${variable} from ${binding}. ${remedy}`;
        return remedy === undefined ? [] : [problem(`services.${key}.presets`, preset, said)];
      }),
      ...contradictions(byPreset).map((remedy) =>
        problem(`services.${key}.presets`, service.presets, remedy),
      ),
    ];
  });

/** The variables of a service as the file has them, of any type while they are refused. */
function writtenVariables(
  { declared }: Sections,
  key: string,
): Pick<Service, "environment" | "secrets" | "bindings"> {
  const { environment, secrets, bindings } = Object(Object(declared.get("services"))[key]);
  return {
    environment: Object(environment),
    secrets: Object(secrets),
    bindings: Object(bindings),
  };
}

/** Variables that presets fill from different facts. */
export function contradictions(variables: readonly PresetVariable[]): string[] {
  return variables.flatMap(({ preset, variable, binding }, index) => {
    const other = variables.slice(0, index).find((one) => one.variable === variable);
    return other === undefined || other.binding === binding
      ? []
      : [
          `Choose: "${other.preset}" fills ${variable} from ${other.binding}, "${preset}" from ${binding}. Or bind it yourself, in bindings.`,
        ];
  });
}

/** What a service lacks for a binding; `undefined` where it lacks nothing. */
function missing(
  parts: ReturnType<typeof bindingParts>,
  service: ComparedService,
  sections: Sections,
): string | undefined {
  const { declared, services, queues, queueKeys, buckets, bucketKeys, sharedSecrets } = sections;
  switch (parts.source) {
    case "database":
    case "cache": {
      const store = MEMBER_KEYS[parts.source];
      if (!connects(service, store)) {
        return `The service does not connect to it: add "${store}" to its connectsTo.`;
      }
      if (parts.source === "cache") return untold(parts.fact, sections);
      return parts.fact === "url" ? withoutUrl(service, sections.database) : undefined;
    }
    case "queues": {
      const { key: queue } = parts;
      // Where the section is no object at all, nobody knows which queues it was to have.
      if (queues === undefined && declared.has("queues") && queueKeys.length === 0) return undefined;
      if (!queueKeys.includes(queue))
        return `There is no queue "${queue}"; known: ${queueKeys.join(", ") || "none"}.`;
      return service.consumesFrom.includes(queue) || service.sendsTo.includes(queue)
        ? undefined
        : `The service does not use it: add "${queue}" to its consumesFrom or sendsTo.`;
    }
    case "buckets": {
      const { key } = parts;
      if (buckets === undefined && declared.has("buckets") && bucketKeys.length === 0) return undefined;
      if (!bucketKeys.includes(key))
        return `There is no bucket "${key}"; known: ${bucketKeys.join(", ") || "none"}.`;
      return service.buckets === undefined || service.buckets.some(({ bucket }) => bucket === key)
        ? undefined
        : `The service does not use it: add { bucket: "${key}", access: "read" } to its buckets.`;
    }
    case "secrets":
      return sharedSecrets === undefined || Object.hasOwn(sharedSecrets, parts.key)
        ? undefined
        : unknownSharedSecret(parts.key, sharedSecrets);
    case "services":
      return connects(service, parts.key)
        ? undefined
        : `The service does not connect to it: add "${parts.key}" to its connectsTo.`;
    case "django":
      return service.django === undefined
        ? "Give the service the section django: without it, it has neither hosts nor a key."
        : undefined;
    case "loadBalancer":
      return Object.values(services).some(isPublic)
        ? undefined
        : "There is no load balancer: no service is public.";
    case "environment":
      return parts.fact === "domain" && !declared.has("dns")
        ? 'There is no domain: add the section "dns".'
        : undefined;
    default:
      return undefined;
  }
}

/** Why a service cannot be told this of the cache, by how it logs on; `undefined` where it can. */
function untold(
  fact: Extract<ReturnType<typeof bindingParts>, { source: "cache" }>["fact"],
  { cache, refused }: Sections,
): string | undefined {
  if (cache === undefined || refused("cache.authentication")) return undefined;
  const { authentication } = cache;
  const facts = CACHE_FACTS[authentication];
  if (facts.includes(fact)) return undefined;
  const others = Object.entries(CACHE_FACTS).flatMap(([way, told]) =>
    told.includes(fact) ? `"${way}"` : [],
  );
  return (
    `With cache.authentication "${authentication}" there is none: bind it to ${facts.map((known) => `cache.${known}`).join(", ")}, ` +
    `or set cache.authentication to ${others.join(" or ")}.`
  );
}

/** Why the database has no URL for a service; `undefined` where it has. */
function withoutUrl(service: ComparedService, database: Sections["database"]): string | undefined {
  if (database?.credentials !== "rds-managed" || isApplicationUser(database, service)) return undefined;
  return database.applicationUser === undefined
    ? 'Give the database a user for services, applicationUser: { name: "..." }: RDS changes the password of the master, and no URL would follow.'
    : 'Take out databaseUser: "master": RDS changes the password of the master, and no URL would follow.';
}
