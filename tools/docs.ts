// Writes the pages that are made from the code: docs/environment-file.md.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { referencePage } from "./reference/page";

// npm starts its scripts in the project's folder.
const root = process.cwd();

writeFileSync(join(root, "docs", "environment-file.md"), referencePage(root));
