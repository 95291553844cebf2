// Makes text safe to print: names, descriptions, messages and logs may come from an attacker, and must steer neither the
// reader's terminal nor the CI that keeps the output.
import { stripVTControlCharacters } from "node:util";

/**
 * What moves the cursor, ends a line where nobody sees it, or shows text in another order than it has: control characters
 * but for line break and tab, the two further line ends of Unicode, and its marks of direction.
 */
const STEERING = /[^\P{Cc}\n\t]|[\u2028\u2029]|\p{Bidi_Control}/gu;

/** What CI takes for a command of its own: `::stop-commands::x` at the start of a line, `##[group]` and `##vso[...]` anywhere. */
const AT_LINE_START = /^(\s*):(:[A-Za-z][^\n]*::)/gm;
const ANYWHERE = /##(?=\w*\[)/g;

/** The text without escape sequences, with a question mark for all else that steers, and nothing that CI would obey. */
export function printable(text: string): string {
  return stripVTControlCharacters(text.trimEnd())
    .replaceAll(STEERING, "?")
    .replaceAll(AT_LINE_START, "$1: $2")
    .replaceAll(ANYWHERE, "# #");
}

/** The same in one line. */
export function printableLine(text: string): string {
  return printable(text.trim().replaceAll(/\s*[\n\t]\s*/g, " "));
}

/** A value as JSON that can be shown, too: to whoever parses it, it is the same. */
export function printableJson(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent)
    .replaceAll(/[\u007f-\u009f\u2028\u2029]|\p{Bidi_Control}/gu, escaped)
    .replaceAll(ANYWHERE, "#\\u0023");
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
