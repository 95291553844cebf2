// docs/terraform.md lists the outputs of the stack django.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withOutputTable } from "../../tools/reference/output-table";

const page = readFileSync(join(__dirname, "..", "..", "docs", "terraform.md"), "utf8");

it("docs/terraform.md is as npm run docs writes it", () => {
  expect(withOutputTable(page)).toBe(page);
  expect(page).toContain(
    "| `database_resource_id` | `string` | What RDS calls the instance in IAM policies, whatever its name | with `database` |",
  );
});
