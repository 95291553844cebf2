// Whether a resource's own policy refuses calls that do not come over TLS.
import type { Resource, Resources } from "./resources";
import { isAboutEverybody, statements } from "./statements";

/** Whether the document in a resource's argument `policy` denies everybody everything without TLS. */
export function deniesPlainHttp(resources: Resources, holder: Resource): boolean {
  return (statements(resources, holder, holder.body.policy) ?? []).some(
    (statement) =>
      statement.effect === "Deny" &&
      isAboutEverybody(statement) &&
      statement.actions.some((action) => /^(\*|\w+:\*)$/.test(action)) &&
      statement.conditions.length === 1 &&
      statement.conditions.every(
        ({ operator, key, values }) =>
          /^Bool(IfExists)?$/.test(operator) &&
          key.toLowerCase() === "aws:securetransport" &&
          values.join() === "false",
      ),
  );
}
