// Puts the table of the stack django's outputs into docs/terraform.md.
import { DJANGO_OUTPUTS } from "../../src/model/outputs";
import { withRows } from "./table";

/** The page with a row for each output. */
export function withOutputTable(page: string): string {
  const rows = Object.entries(DJANGO_OUTPUTS).map(([name, definition]) => {
    const { type, description } = definition;
    const when = "when" in definition ? definition.when : "always";
    return `| \`${name}\` | \`${type}\` | ${description} | ${when} |`;
  });
  return withRows(page, "Outputs", rows);
}
