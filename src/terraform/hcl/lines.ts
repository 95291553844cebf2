// The lines of a body or an object: one assignment below the other, aligned and indented as `terraform fmt` does.

/** One `name = value` of a body or an object. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** Writes assignments one below the other, with the equals signs of neighbouring one-line values aligned. */
export function assignments(items: readonly Assignment[]): string[] {
  const lines: string[] = [];
  let run: Assignment[] = [];
  const flush = () => {
    const width = Math.max(0, ...run.map((item) => columns(item.name)));
    for (const { name, value } of run) lines.push(`${name}${" ".repeat(width - columns(name))} = ${value}`);
    run = [];
  };
  for (const item of items) {
    // `terraform fmt` takes the first equals sign of a line for the assignment's, be it inside of a key.
    if (item.value.includes("\n") || /^\(.* = /.test(item.name)) {
      flush();
      lines.push(...`${item.name} = ${item.value}`.split("\n"));
    } else {
      run.push(item);
    }
  }
  flush();
  return lines;
}

/** Indents lines by one level. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? line : `  ${line}`));
}

/** Made when first needed, which is rare: it costs as much as all else of this file. */
let graphemes: Intl.Segmenter | undefined;

/** How many columns `terraform fmt` takes a name to be wide: its grapheme clusters. */
function columns(name: string): number {
  if (/^[\x20-\x7e]*$/.test(name)) return name.length;
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return [...graphemes.segment(name)].length;
}
