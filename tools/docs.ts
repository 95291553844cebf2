// Writes what is made from the code: docs/environment-file.md, and the IAM policies in docs/operations.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withPolicies } from "./reference/operation-policies";
import { referencePage } from "./reference/page";

// npm starts its scripts in the project's folder.
const docs = join(process.cwd(), "docs");
const operations = join(docs, "operations.md");

writeFileSync(join(docs, "environment-file.md"), referencePage(process.cwd()));
writeFileSync(operations, withPolicies(readFileSync(operations, "utf8")));
