// Makes log lines safe to print: what tasks log may come from an attacker, and must not steer the reader's terminal.
import { stripVTControlCharacters } from "node:util";

/** The text without escape sequences, and with a question mark for every other control character. */
export function printable(text: string): string {
  return stripVTControlCharacters(text.trimEnd()).replaceAll(/[^\P{Cc}\n\t]/gu, "?");
}
