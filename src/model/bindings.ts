// Bindings taken apart: what each variable is bound to, and whether ECS fills it from a secret.
import type { BINDING_FACTS, Binding, KEYED_FACTS } from "../schema/binding";
import type { Cache } from "../schema/cache";
import type { Service } from "../schema/service";

type BindingFacts = typeof BINDING_FACTS;
type KeyedFacts = typeof KEYED_FACTS;

/** A binding in its parts. */
export type BindingParts =
  | {
      readonly [Source in keyof BindingFacts]: {
        readonly source: Source;
        readonly fact: BindingFacts[Source][number];
      };
    }[keyof BindingFacts]
  | {
      readonly [Source in keyof KeyedFacts]: {
        readonly source: Source;
        readonly key: string;
        readonly fact: KeyedFacts[Source][number];
      };
    }[keyof KeyedFacts];

/** The parts of a binding that the schema has taken. */
export function bindingParts(binding: Binding): BindingParts {
  const parts = binding.split(".");
  const [source, key, fact] = parts.length === 3 ? parts : [parts[0], undefined, parts[1]];
  return { source, fact, ...(key !== undefined && { key }) } as BindingParts;
}

/** Facts that stand in a secret, which ECS reads when a task starts. */
const SECRET = [
  "database.user",
  "database.password",
  "database.secret",
  "database.url",
  "cache.password",
  "cache.secret",
  "cache.url",
  "django.secretKey",
  "django.secretKeyFallbacks",
] as const satisfies readonly Binding[];

export type SecretBinding = (typeof SECRET)[number];

/**
 * Whether what the binding leads to is secret: no plain variable shows it.
 * @param cache the environment's: without a password, its URL is none
 */
export function isSecretBinding(
  binding: Binding,
  cache: Pick<Cache, "authentication"> | undefined,
): binding is SecretBinding {
  return (
    (SECRET as readonly Binding[]).includes(binding) &&
    (binding !== "cache.url" || cache?.authentication === "password")
  );
}

/** What of a service says what its containers are bound to. */
interface BindingSource {
  readonly bindings?: Service["bindings"] | undefined;
  readonly sidecars?: Readonly<Record<string, Pick<Service, "bindings">>> | undefined;
}

/** All that the containers of a service are bound to. */
function boundFacts({ bindings = {}, sidecars = {} }: BindingSource): ReadonlySet<Binding> {
  return new Set(
    [bindings, ...Object.values(sidecars).map((one) => one.bindings)].flatMap(Object.values<Binding>),
  );
}

/** Whether one of the containers of a service is bound to this fact, under whatever name. */
export function isBound(service: BindingSource, fact: Binding): boolean {
  return boundFacts(service).has(fact);
}

/** What of the database's log-in the containers of a service are bound to: ECS fills it in at the start, or its own code reads it. */
export function boundLogin(service: BindingSource): {
  readonly password: boolean;
  readonly arn: boolean;
} {
  const bound = boundFacts(service);
  return {
    password: bound.has("database.password") || bound.has("database.secret"),
    arn: bound.has("database.secretArn"),
  };
}
