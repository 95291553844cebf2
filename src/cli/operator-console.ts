// Where an operation speaks: results for scripts on standard output, everything for a person on standard error.
import { once } from "node:events";
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

  /** A document of several lines, to keep: it ends with a line break. */
  document(text: string): void {
    this.streams.stdout.write(text);
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
      const answer = await Promise.race([reader.question(`${question} [y/N] `, { signal }), closed]);
      return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      reader.close();
    }
  }
}
