// What is said of a connection, in its rules and to people, and the stores and services that a service connects to.
import { z } from "zod";
import { portNumber, ruleDescription, section, unique } from "./fields";
import { RULE_DESCRIPTION_PATTERN } from "./limits";
import { STORE_KEYS } from "./member-keys";

/**
 * Characters of a reason, so that it has room in a rule's description (255) behind the words for the two ends: of two labels of
 * 64 characters each.
 */
const REASON_LENGTH = 100;

/** Why a connection is needed, in characters that a rule's description takes, too. */
export const flowReason = z
  .string()
  .max(REASON_LENGTH, `Use ${REASON_LENGTH} characters at most.`)
  .regex(
    RULE_DESCRIPTION_PATTERN,
    "Say why, in letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *",
  );

const WHERE = `Name ${STORE_KEYS.map((key) => `"${key}"`).join(", ")} or a service by its key.`;

const destination = z.string(WHERE).min(1, WHERE);

/** A data store or a service that a service connects to, by its key, or with words for the connection. */
export const connection = z.union(
  [
    destination,
    section({
      /** The data store, or the other service. */
      to: destination,
      /** Which of the other service's ports: its `port`, or some of its `extraPorts`. Default: its `port`. */
      ports: z
        .array(portNumber)
        .min(1, "Name at least one port, or leave it out for the service's own.")
        .refine(unique, "Name each port once.")
        .optional(),
      /** The rule's description. Default: the two ends, such as "PostgreSQL from Web", and the reason where there is one. */
      description: ruleDescription.optional(),
      /** Why the service connects there, such as "Session cache". Default: nothing. */
      reason: flowReason.optional(),
      /**
       * What the service's own image runs when `verify` asks from inside whether the connection can be made, as a list of words:
       * exit code 0 says that it can. Default: Django's own check for PostgreSQL; for all else a probe, which opens a connection,
       * to a data store with TLS, and logs in nowhere.
       */
      checkCommand: z.array(z.string()).min(1).optional(),
    }),
  ],
  WHERE,
);

type Connection = z.output<typeof connection>;

/** Where a connection leads: the key of a data store or of a service. */
export function destinationOf(one: Connection): string {
  return typeof one === "string" ? one : one.to;
}
