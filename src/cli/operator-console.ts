// Where an operation speaks, and the one gate to a terminal: what is printed can steer neither it nor the CI that keeps it.
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { WriteStream } from "node:tty";
import { printable, printableJson } from "../project/printable";
import { type Line, piecesOf, rendered, type Tone, Toned } from "./lines";
import { UsageError } from "./outcomes";
import { tableText } from "./table";

/** The process's own streams, or a test's. */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

export class OperatorConsole {
  /** Where colours and moving progress are welcome: a terminal, unless NO_COLOR is set. */
  readonly terminal: WriteStream | undefined;

  /** @param to where lines and tables go. Default: standard error, as progress and questions do */
  constructor(
    readonly streams: Streams,
    private readonly variables: Readonly<Record<string, string | undefined>>,
    private readonly to: "stdout" | "stderr" = "stderr",
  ) {
    const stream = streams[to];
    // https://no-color.org: any value counts, but the empty one.
    this.terminal = stream instanceof WriteStream && !variables.NO_COLOR ? stream : undefined;
  }

  /** The same for results, which go to standard output, and with it to a file or to another program. */
  get results(): OperatorConsole {
    return new OperatorConsole(this.streams, this.variables, "stdout");
  }

  /** A line for a person. What follows a line break in it is indented: only what we say ourselves begins at the margin. */
  say(line: Line): void {
    const text = piecesOf(line)
      .map((piece) => rendered(piece, this.terminal !== undefined))
      .join("");
    this.streams[this.to].write(`${text.replaceAll("\n", "\n  ")}\n`);
  }

  /** The result for a script: one JSON document, or one line of JSON Lines. */
  json(value: unknown, { oneLine = false }: { readonly oneLine?: boolean } = {}): void {
    this.streams.stdout.write(`${printableJson(value, oneLine ? 0 : 2)}\n`);
  }

  /** A document of several lines, to keep. */
  document(text: string): void {
    this.streams.stdout.write(`${printable(text)}\n`);
  }

  /** The text in a tone: coloured where colours are welcome. */
  toned(tone: Tone, text: string): Toned {
    return new Toned(tone, text);
  }

  /** A table for a person, as wide as the terminal. A cell may have several lines. */
  table(head: readonly string[], rows: readonly (readonly Line[])[]): void {
    this.streams[this.to].write(`${this.drawn(head, rows)}\n`);
  }

  /** The same, as part of a longer text. */
  drawn(head: readonly string[], rows: readonly (readonly Line[])[]): string {
    const stream = this.streams[this.to];
    const width = stream instanceof WriteStream ? stream.columns : undefined;
    return tableText(head, rows, { width: width || undefined, colours: this.terminal !== undefined });
  }

  /** Whether there is somebody to ask. */
  get canAsk(): boolean {
    return this.streams.stdin.isTTY === true;
  }

  /**
   * Asks a question that is answered by yes or no; anything but yes, Ctrl-D for one, is no.
   * @throws UsageError where there is nobody to ask
   * @throws the signal's reason when it is aborted
   */
  async confirm(question: string, signal: AbortSignal): Promise<boolean> {
    if (!this.canAsk) {
      throw new UsageError("Nothing was done: there is no terminal to ask on. Say --yes to go ahead.");
    }
    const { stdin, stderr } = this.streams;
    // Not as a terminal: that would take Ctrl-C for itself, and whoever presses it would wait for the time to be up.
    const reader = createInterface({ input: stdin, output: stderr, terminal: false });
    try {
      const closed = once(reader, "close").then(() => "");
      const answer = await Promise.race([
        reader.question(`${printable(question)} [y/N] `, { signal }),
        closed,
      ]);
      return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      reader.close();
    }
  }
}
