// Puts the rows of a table into a page, below the table's heading.

/** The page with these rows in the first table of a section. @param heading the section's, without its `## ` */
export function withRows(page: string, heading: string, rows: readonly string[]): string {
  const inSection = new RegExp(`(^## ${heading}\\n(?:(?!## ).*\\n)*?\\| --- \\|.*\\n)(?:\\|.*\\n)*`, "m");
  return page.replace(inSection, (_, before: string) => before + rows.map((row) => `${row}\n`).join(""));
}
