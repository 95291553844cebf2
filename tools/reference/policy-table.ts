// Puts the table of all policies into docs/policies.md, each in its own words.
import { SEVERITIES } from "../../src/policies/policy";
import { loadPolicies } from "../../src/policies/registry";

/** The rows of a table that begin with a policy's ID. */
const ROWS = /(?:^\| `[a-z-]+` +\|.*\n)+/m;

/** The page with a row for each policy, the gravest first. */
export function withPolicyTable(page: string): string {
  const rows = loadPolicies()
    .sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity))
    .map(({ id, severity, rule, reason, remedy, production }) =>
      [`\`${id}\``, `${severity}${production ? ", in production" : ""}`, rule, reason, remedy].join(" | "),
    );
  return page.replace(ROWS, () => rows.map((row) => `| ${row} |\n`).join(""));
}
