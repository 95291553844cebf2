// docs/scanners.md has a row for each finding that stays.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ACCEPTED } from "../../src/scanners/list";
import { withScannerTables } from "../../tools/reference/scanner-tables";

const page = readFileSync(join(__dirname, "..", "..", "docs", "scanners.md"), "utf8");

it("is as npm run docs writes it", () => {
  expect(withScannerTables(page)).toBe(page);
});

it("names each check, each address and each reason", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const missing = ACCEPTED.filter(
    ({ check, addresses, reason }) =>
      !rows.some(
        (row) => row.startsWith(`| \`${check}\``) && row.includes(`\`${addresses}\``) && row.includes(reason),
      ),
  );
  expect(missing).toEqual([]);
});

it("shows comments that the HCL has", () => {
  const [, check, reason] = /#checkov:skip=(\w+): (.+)/.exec(page) ?? [];
  expect(ACCEPTED).toContainEqual(expect.objectContaining({ check, reason }));
});
