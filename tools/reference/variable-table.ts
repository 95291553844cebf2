// Puts the table of the variables of all stacks into docs/terraform.md.
import { VARIABLES } from "../../src/model/variables";
import { withRows } from "./table";

/** The page with a row for each variable. */
export function withVariableTable(page: string): string {
  const rows = Object.entries(VARIABLES).map(
    ([name, { type, description, admitted, when }]) =>
      `| \`${name}\` | \`${type}\` | ${description} | ${admitted} | ${when} |`,
  );
  return withRows(page, "Variables", rows);
}
