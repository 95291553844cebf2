// Puts what scanners find, and why it stays, into docs/scanners.md, a table for each.
import type { Accepted, Scanner } from "../../src/scanners/accepted";
import { ACCEPTED } from "../../src/scanners/list";

/** The headings of the tables. */
const HEADINGS: Readonly<Record<Scanner, string>> = {
  checkov: "Checkov",
  trivy: "Trivy",
  tflint: "tflint",
};

/** The page with a row for each finding that stays. */
export function withScannerTables(page: string): string {
  return (Object.keys(HEADINGS) as Scanner[]).reduce((text, scanner) => {
    const rows = rowsOf(ACCEPTED.filter((row) => row.scanner === scanner));
    const table = new RegExp(`(^### ${HEADINGS[scanner]}\n\n.*\n\\| ---.*\n)(?:\\|.*\n)*`, "m");
    return text.replace(table, (_, head: string) => `${head}${rows.join("")}`);
  }, page);
}

/** The same check for the same reason is one row. */
function rowsOf(list: readonly Accepted[]): string[] {
  const rows = new Map<string, string[]>();
  for (const { check, asks, addresses, reason, only } of list) {
    const key = [`\`${check}\``, asks, only === "json" ? `in JSON alone: ${reason}` : reason].join("\n");
    rows.set(key, [...(rows.get(key) ?? []), `\`${addresses}\``]);
  }
  return [...rows].map(([key, addresses]) => {
    const [check, asks, reason] = key.split("\n");
    return `| ${check} | ${asks} | ${addresses.join(", ")} | ${reason} |\n`;
  });
}
