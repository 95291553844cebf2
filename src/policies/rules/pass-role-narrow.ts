// The policy `pass-role-narrow`: iam:PassRole names the roles that may be passed.
import type { Policy } from "../policy";
import { identityDocuments, statementFindings } from "../reading/documents";

const passRoleNarrow: Policy = {
  id: "pass-role-narrow",
  severity: "high",
  rule: "iam:PassRole names the roles that may be passed.",
  reason: "Whoever may pass any role to a service can have the service do what they themselves may not.",
  remedy: "Name the roles as resources of the statement.",
  check: ({ resources }) =>
    statementFindings(
      resources,
      identityDocuments(resources),
      function* ({ effect, actions, resources: on, conditions }) {
        const passes = actions.some((action) => /^iam:(PassRole|Pass\*|P\*)$/i.test(action));
        if (effect === "Allow" && passes && on.some((role) => /^(\*|arn:[^/]*:role\/\*)$/.test(role))) {
          // The condition limits to whom a role is passed, not which.
          const service = conditions.some(({ key }) => key === "iam:PassedToService")
            ? " to some services"
            : "";
          yield `It lets any role be passed${service}`;
        }
      },
    ),
};

export default passRoleNarrow;
