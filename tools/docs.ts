// Writes what is made from the code: docs/environment-file.md, the IAM policies in docs/operations.md, and the tables in
// docs/policies.md, docs/scanners.md and docs/terraform.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withPolicies } from "./reference/operation-policies";
import { withOutputTable } from "./reference/output-table";
import { referencePage } from "./reference/page";
import { withPolicyTable } from "./reference/policy-table";
import { withScannerTables } from "./reference/scanner-tables";
import { withVariableTable } from "./reference/variable-table";

// npm starts its scripts in the project's folder.
const docs = join(process.cwd(), "docs");

writeFileSync(join(docs, "environment-file.md"), referencePage(process.cwd()));
rewrite("operations.md", withPolicies);
rewrite("policies.md", withPolicyTable);
rewrite("scanners.md", withScannerTables);
rewrite("terraform.md", (page) => withVariableTable(withOutputTable(page)));

/** Gives a page what it has to hold, and leaves the rest of it as it is. */
function rewrite(page: string, written: (text: string) => string): void {
  const path = join(docs, page);
  writeFileSync(path, written(readFileSync(path, "utf8")));
}
