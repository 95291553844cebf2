// What is said of a connection, in its rules and to people, and the stores that a service connects to.
import { z } from "zod";
import { ruleDescription, section } from "./fields";
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

const store = z.enum(STORE_KEYS);

/** A data store that a service connects to, by its key, or with words for the connection. */
export const storeConnection = z.union(
  [
    store,
    section({
      /** The data store. */
      to: store,
      /** The rule's description. Default: the two ends, such as "PostgreSQL from Web", and the reason where there is one. */
      description: ruleDescription.optional(),
      /** Why the service needs the store, such as "Session cache". Default: nothing. */
      reason: flowReason.optional(),
      /**
       * What the service's own image runs when `verify` asks from inside whether the store is reached, as a list of words: exit
       * code 0 says that it is. Default: Django's own check for PostgreSQL; for all else a probe, which opens a connection with
       * TLS and logs in nowhere.
       */
      checkCommand: z.array(z.string()).min(1).optional(),
    }),
  ],
  `Choose ${STORE_KEYS.map((key) => `"${key}"`).join(" or ")}.`,
);

type StoreConnection = z.output<typeof storeConnection>;

/** The data store that a connection leads to. */
export function storeOf(connection: StoreConnection): (typeof STORE_KEYS)[number] {
  return typeof connection === "string" ? connection : connection.to;
}
