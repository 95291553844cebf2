// docs/policies.md lists every policy as its file says it is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SEVERITIES } from "../../src/policies/policy";
import { loadPolicies } from "../../src/policies/registry";
import { withPolicyTable } from "../../tools/reference/policy-table";

const page = readFileSync(join(__dirname, "..", "..", "docs", "policies.md"), "utf8");

/** The cells of the page's rows that begin with a policy's ID. */
const rows = page
  .split("\n")
  .filter((line) => /^\| `[a-z-]+` +\|/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

it("docs/policies.md has a row for each policy, the gravest first, in the policy's own words", () => {
  const expected = loadPolicies()
    .sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity))
    .map(({ id, severity, rule, reason, remedy, production }) => [
      `\`${id}\``,
      `${severity}${production ? ", in production" : ""}`,
      rule,
      reason,
      remedy,
    ]);
  expect(rows).toEqual(expected);
});

it("docs/policies.md is as npm run docs writes it", () => {
  expect(withPolicyTable(page)).toBe(page);
});

it("its example of a policy is one that there is", () => {
  const example = /```ts\n(\/\/ Every queue[\s\S]*?)```/.exec(page)?.[1];
  expect(example).toBe(
    readFileSync(join(__dirname, "..", "..", "src", "policies", "rules", "queues-encrypted.ts"), "utf8"),
  );
});
