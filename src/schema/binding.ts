// What a variable of a service may be bound to: a fact of the platform, under whatever name the image reads it.
import { z } from "zod";

/** What is known of each thing that a service uses. */
export const BINDING_FACTS = {
  /** `url` has all of it; `secret` is the JSON with `username` and `password`, whole; `secretArn` where to read it. */
  database: ["host", "port", "name", "user", "password", "url", "secret", "secretArn"],
  /**
   * `name` is the replication group's, which an IAM token is signed for. With a password, `secret` is the JSON with `username`,
   * `password` and `url`, whole; `secretArn` where to read it; `url` has both in it, and without authentication neither.
   */
  cache: ["host", "port", "user", "name", "password", "secret", "secretArn", "url"],
  /** As Django's own settings read them. */
  django: ["secretKey", "secretKeyFallbacks", "allowedHosts", "csrfTrustedOrigins"],
  loadBalancer: ["dnsName"],
  environment: ["name", "region", "account", "domain"],
  /** `key` is the service's in the environment file, `name` what ECS calls it. */
  service: ["key", "name"],
} as const;

/**
 * What is known of each of those that an environment has by key. `domainName` is where S3 answers for the bucket; a service's are
 * of its private name, `url` being `http://<host>:<port>`.
 */
export const KEYED_FACTS = {
  queues: ["url", "arn", "name"],
  buckets: ["name", "arn", "domainName"],
  /** Of one of `sharedSecrets`, for code that reads it itself. */
  secrets: ["arn"],
  services: ["host", "port", "url"],
} as const;

type BindingFacts = typeof BINDING_FACTS;
type FixedBinding = {
  readonly [Source in keyof BindingFacts]: `${Source}.${BindingFacts[Source][number]}`;
}[keyof BindingFacts];
type KeyedFacts = typeof KEYED_FACTS;
type KeyedBinding = {
  readonly [Source in keyof KeyedFacts]: `${Source}.${string}.${KeyedFacts[Source][number]}`;
}[keyof KeyedFacts];

/** Such as `database.host`, or `queues.jobs.url`. */
export type Binding = FixedBinding | KeyedBinding;

/** Every binding but those of what has a key. */
export const FIXED_BINDINGS = Object.entries(BINDING_FACTS).flatMap(([source, facts]) =>
  facts.map((fact) => `${source}.${fact}`),
) as readonly FixedBinding[];

const KEYED = Object.entries(KEYED_FACTS);

const KEYED_BINDING = new RegExp(
  `^(${KEYED.map(([source, facts]) => `${source}\\.[a-z]([a-z0-9-]*[a-z0-9])?\\.(${facts.join("|")})`).join("|")})$`,
);

const KEYED_WORDS = KEYED.flatMap(([source, facts]) =>
  facts.map((fact) => `${source}.<${source.replace(/s$/, "")}>.${fact}`),
);

const MESSAGE = `Bind it to one of: ${[...FIXED_BINDINGS, ...KEYED_WORDS].join(", ")}.`;

/** A fact of the platform. */
export const binding = z.union(
  [
    z.enum(FIXED_BINDINGS),
    z.string(MESSAGE).regex(KEYED_BINDING, MESSAGE) as unknown as z.ZodType<KeyedBinding, KeyedBinding>,
  ],
  MESSAGE,
);
