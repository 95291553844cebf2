// The policy `resource-policies-narrow`: no bucket, file system, queue, topic, key or secret is open to everybody by its own policy.
import type { Policy } from "../policy";
import { resourceDocuments, statementFindings } from "../reading/documents";
import { isPublic } from "../reading/statements";

/** Conditions that say where a request must come from. */
const LIMITING =
  /^(aws:(SourceAccount|SourceArn|SourceOrgID|SourceOwner|SourceVpc|SourceVpce|PrincipalAccount|PrincipalArn|PrincipalOrgID)|kms:CallerAccount)$/i;

const resourcePoliciesNarrow: Policy = {
  id: "resource-policies-narrow",
  severity: "critical",
  rule: "No bucket, file system, queue, topic, key or secret is open to everybody by its own policy.",
  reason: "A policy that allows everybody makes the resource public, whatever roles say.",
  remedy: "Name the principal, or limit everybody by a condition on the account or the source.",
  check: ({ resources }) =>
    statementFindings(resources, resourceDocuments(resources), function* (statement) {
      const limited = statement.conditions.some(({ key }) => LIMITING.test(key));
      if (statement.effect === "Allow" && isPublic(statement) && !limited) {
        yield "Its policy lets everybody in";
      }
    }),
};

export default resourcePoliciesNarrow;
