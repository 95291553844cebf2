// Tables for people, as wide as what they are shown on.
import Table from "cli-table3";
import { type Line, type Piece, piecesOf, rendered, Toned } from "./lines";

export interface TableProps {
  /** Columns of the terminal; `undefined` where there is none, as in a file. */
  readonly width: number | undefined;
  readonly colours: boolean;
}

/** Characters of a line where nothing sets an end to it: longer ones are hard to read. A longer word stays in one piece. */
const READABLE = 80;

/** A column of fewer characters takes words apart: then each row is a list instead. */
const NARROWEST = 10;

/** A table. A cell may have several lines. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly Line[])[],
  { width, colours }: TableProps,
): string {
  const cells = rows.map((row) => row.map(linesOf));
  const widths = width === undefined ? undefined : columnWidths(head, cells, width);
  if (widths === null) {
    return list(head, cells, colours);
  }
  const table = new Table({
    head: head.map((title, column) => wrapped(title, widths?.[column]).join("\n")),
    style: { head: [], border: [] },
  });
  table.push(
    ...cells.map((row) =>
      row.map((cell, column) =>
        cell
          .flatMap((line) => wrapped(line, widths?.[column]))
          .map((line) => rendered(line, colours))
          .join("\n"),
      ),
    ),
  );
  return table.toString();
}

/** The lines of a cell. A piece that has several keeps its tone in each. */
function linesOf(cell: Line): Piece[] {
  return piecesOf(cell).flatMap((piece) => {
    const [tone, text] = piece instanceof Toned ? [piece.tone, piece.text] : [undefined, piece];
    const lines = text.replaceAll("\t", " ").split("\n");
    return lines.map((line) => (tone === undefined ? line : new Toned(tone, line)));
  });
}

function textOf(piece: Piece): string {
  return piece instanceof Toned ? piece.text : piece;
}

/**
 * How wide the columns may be so that the table fits: narrow ones keep what they need, wide ones share the rest.
 * @returns `null` where it cannot fit
 */
function columnWidths(
  head: readonly string[],
  rows: readonly (readonly (readonly Piece[])[])[],
  width: number,
): number[] | null {
  const needed = head.map((title, column) =>
    Math.max(title.length, ...rows.flatMap((row) => row[column] ?? []).map((line) => neededBy(textOf(line)))),
  );
  // A border and two spaces a column, and the last border.
  const available = width - 3 * head.length - 1;
  let rest = available;
  let sharing = needed.length;
  for (const column of [...needed].sort((one, other) => one - other)) {
    const share = Math.floor(rest / sharing);
    if (column > share) {
      return share >= NARROWEST ? needed.map((own) => Math.min(own, share)) : null;
    }
    rest -= column;
    sharing -= 1;
  }
  return needed;
}

function neededBy(line: string): number {
  return Math.max(Math.min(line.length, READABLE), ...line.split(" ").map(({ length }) => length));
}

/** Each row as a list of its cells: on a terminal that is too narrow for so many columns. */
function list(
  head: readonly string[],
  rows: readonly (readonly (readonly Piece[])[])[],
  colours: boolean,
): string {
  return rows
    .map((row) =>
      row
        .map((cell, column) => `${head[column]}: ${cell.map((line) => rendered(line, colours)).join("\n  ")}`)
        .join("\n"),
    )
    .join("\n\n");
}

/**
 * A line in lines of so many characters.
 * @param width what a line must fit into: a longer word, such as an ARN, is taken apart. Without it, no word is.
 */
function wrapped(line: Piece, width: number | undefined): Piece[] {
  const lines: string[] = [];
  const limit = Math.min(width ?? READABLE, READABLE);
  for (const word of textOf(line).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= limit) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(...(width === undefined ? [word] : partsOf(word, width)));
    }
  }
  return lines.map((text) => (line instanceof Toned ? new Toned(line.tone, text) : text));
}

/** A word in parts, taken apart behind a sign where there is one: `arn:aws:iam::`, `my-long-` and `name`. */
function partsOf(word: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (rest.length > limit) {
    const sign = Math.max(...[..."-/:.,_"].map((each) => rest.lastIndexOf(each, limit - 1)));
    const end = sign >= limit / 2 ? sign + 1 : limit;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}
