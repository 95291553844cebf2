// Gives the package's declarations the comments that an editor shows beside the fields of an environment file.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fieldComments } from "./reference/descriptions";
import { withHints } from "./reference/hints";

// npm starts its scripts in the project's folder.
const root = process.cwd();
const file = join(root, "lib", "schema", "environment.d.ts");

writeFileSync(file, withHints(readFileSync(file, "utf8"), fieldComments(root)));
