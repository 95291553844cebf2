// Where an operation speaks: results for scripts on standard output, everything for a person on standard error.
import { createInterface } from "node:readline/promises";
import { WriteStream } from "node:tty";
import { styleText } from "node:util";
import Table from "cli-table3";
import { UsageError } from "./outcomes";

/** The process's own streams, or a test's. */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** How much a line matters to its reader. */
export type Tone = "good" | "bad" | "quiet";

const COLOURS = { good: "green", bad: "red", quiet: "dim" } as const;

export class OperatorConsole {
  /** Where colours and moving progress are welcome: a terminal, unless NO_COLOR is set. */
  readonly terminal: WriteStream | undefined;

  constructor(
    readonly streams: Streams,
    variables: Readonly<Record<string, string | undefined>>,
  ) {
    // https://no-color.org: any value counts, but the empty one.
    this.terminal = streams.stderr instanceof WriteStream && !variables.NO_COLOR ? streams.stderr : undefined;
  }

  /** A line for a person. */
  say(line: string): void {
    this.streams.stderr.write(`${line}\n`);
  }

  /** The result for a script: one JSON document, or one line of JSON Lines. */
  json(value: unknown, { oneLine = false }: { readonly oneLine?: boolean } = {}): void {
    this.streams.stdout.write(`${JSON.stringify(value, null, oneLine ? 0 : 2)}\n`);
  }

  /** The text in the colour of its tone, where colours are welcome. */
  toned(tone: Tone, text: string): string {
    return this.terminal ? styleText(COLOURS[tone], text, { validateStream: false }) : text;
  }

  /** A table for a person. A cell may have several lines. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const table = new Table({ head: [...head], style: { head: [], border: [] } });
    table.push(...rows.map((row) => [...row]));
    this.say(table.toString());
  }

  /**
   * Asks a question that is answered by yes or no; anything but yes is no.
   * @throws UsageError where there is nobody to ask
   */
  async confirm(question: string, signal: AbortSignal): Promise<boolean> {
    const { stdin, stderr } = this.streams;
    if (stdin.isTTY !== true) {
      throw new UsageError("Nothing was done: there is no terminal to ask on. Say --yes to go ahead.");
    }
    const reader = createInterface({ input: stdin, output: stderr });
    try {
      return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `, { signal })).trim());
    } finally {
      reader.close();
    }
  }
}
