// What an operation prints, before it is printed: pieces of text, some of them in a tone.
import { styleText } from "node:util";
import { printable } from "../project/printable";

/** How much a piece matters to its reader. */
export type Tone = "good" | "bad" | "quiet";

/** A piece in a tone. Not yet coloured: what stands in it has to be made printable first. */
export class Toned {
  constructor(
    readonly tone: Tone,
    readonly text: string,
  ) {}
}

export type Piece = string | Toned;

/** A line, or the content of a table's cell: pieces that stand behind one another. */
export type Line = Piece | readonly Piece[];

const COLOURS = { good: "green", bad: "red", quiet: "dim" } as const;

/** The pieces of a line, made printable. */
export function piecesOf(line: Line): Piece[] {
  const pieces: readonly Piece[] = Array.isArray(line) ? line : [line];
  return pieces.map((piece) =>
    piece instanceof Toned ? new Toned(piece.tone, printable(piece.text)) : printable(piece),
  );
}

/** A piece as it is printed. */
export function rendered(piece: Piece, colours: boolean): string {
  if (!(piece instanceof Toned)) {
    return piece;
  }
  return colours ? styleText(COLOURS[piece.tone], piece.text, { validateStream: false }) : piece.text;
}
