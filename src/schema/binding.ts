// What a variable of a service may be bound to: a fact of the platform, under whatever name the image reads it.
import { z } from "zod";

/** What is known of each thing that a service uses. */
export const BINDING_FACTS = {
  /** `secret` is the JSON with `username` and `password`, whole; `secretArn` where to read it. */
  database: ["host", "port", "name", "user", "password", "secret", "secretArn"],
  /** `name` is the replication group's, which an IAM token is signed for. */
  cache: ["host", "port", "user", "name"],
  /** As Django's own settings read them. */
  django: ["secretKey", "secretKeyFallbacks", "allowedHosts", "csrfTrustedOrigins"],
  loadBalancer: ["dnsName"],
  environment: ["name", "region", "account", "domain"],
  /** `key` is the service's in the environment file, `name` what ECS calls it. */
  service: ["key", "name"],
} as const;

/** What is known of a queue. */
export const QUEUE_FACTS = ["url", "arn", "name"] as const;

type BindingFacts = typeof BINDING_FACTS;
type FixedBinding = {
  readonly [Source in keyof BindingFacts]: `${Source}.${BindingFacts[Source][number]}`;
}[keyof BindingFacts];
type QueueBinding = `queues.${string}.${(typeof QUEUE_FACTS)[number]}`;

/** Such as `database.host`, or `queues.jobs.url`. */
export type Binding = FixedBinding | QueueBinding;

/** Every binding but those of queues. */
export const FIXED_BINDINGS = Object.entries(BINDING_FACTS).flatMap(([source, facts]) =>
  facts.map((fact) => `${source}.${fact}`),
) as readonly FixedBinding[];

const QUEUE_BINDING = new RegExp(`^queues\\.[a-z]([a-z0-9-]*[a-z0-9])?\\.(${QUEUE_FACTS.join("|")})$`);

const MESSAGE = `Bind it to one of: ${FIXED_BINDINGS.join(", ")}, ${QUEUE_FACTS.map((fact) => `queues.<queue>.${fact}`).join(", ")}.`;

/** A fact of the platform. */
export const binding = z.union(
  [
    z.enum(FIXED_BINDINGS),
    z.string(MESSAGE).regex(QUEUE_BINDING, MESSAGE) as unknown as z.ZodType<QueueBinding, QueueBinding>,
  ],
  MESSAGE,
);
