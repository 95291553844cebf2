// The policy `role-trust-narrow`: every role names who may become it.
import type { Policy } from "../policy";
import { statementFindings, trustDocuments } from "../reading/documents";
import { isPublic } from "../reading/statements";

/** Subjects that stand for everybody: `*`, or any repository of GitHub. */
const ANY_SUBJECT = /^(\*|repo:\*)/;

const roleTrustNarrow: Policy = {
  id: "role-trust-narrow",
  severity: "critical",
  rule: "Every role names who may become it.",
  reason: "A role that anybody may become is a way into the account for anybody.",
  remedy:
    "Name the service, the account's own identities, or the federated provider with a condition on its subject, as the principal.",
  check: ({ resources }) =>
    statementFindings(resources, trustDocuments(resources), function* (statement) {
      if (statement.effect !== "Allow") {
        return;
      }
      if (isPublic(statement)) {
        yield "It lets everybody become the role";
      }
      const federated = statement.principals.some(({ type }) => type === "Federated");
      const named = statement.conditions.some(
        ({ key, values }) => key.endsWith(":sub") && !values.some((value) => ANY_SUBJECT.test(value)),
      );
      if (federated && !named) {
        yield "It lets everybody whom the provider knows become the role";
      }
    }),
};

export default roleTrustNarrow;
