// docs/django-settings.md as tests read it: the pieces of examples/django that it quotes, its commands, and its environment.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const SETTINGS_PAGE = readFileSync(join(__dirname, "..", "..", "docs", "django-settings.md"), "utf8");

/** A block of code that stands after a link to the file that it is from. */
export interface Quote {
  /** Within examples/django. */
  readonly file: string;
  readonly language: string;
  readonly code: string;
}

const QUOTED = /\]\(\.\.\/examples\/django\/([^)]+)\):\n\n```(\w+)\n(.*?)\n```/gs;

/** All of them, in the page's order. */
export const QUOTES: readonly Quote[] = [...SETTINGS_PAGE.matchAll(QUOTED)].map(
  ([, file = "", language = "", code = ""]) => ({ file, language, code }),
);

/** What the page shows of a file, piece by piece, with an empty line between. */
export function quotedFile(file: string): string {
  const pieces = QUOTES.filter((quote) => quote.file === file).map(({ code }) => code);
  if (pieces.length === 0) {
    throw new Error(`docs/django-settings.md quotes nothing of ${file}.`);
  }
  return `${pieces.join("\n\n")}\n`;
}

/** The first block of commands in a section. */
export function commandsOf(section: string): string {
  const [, after = ""] = SETTINGS_PAGE.split(`\n## ${section}\n`);
  const [, commands] = /^```sh\n(.*?)^```/ms.exec(after.split("\n## ")[0] ?? "") ?? [];
  if (commands === undefined) {
    throw new Error(`docs/django-settings.md has no commands in the section "${section}".`);
  }
  return commands;
}

/** The line that the page says a file has, in a sentence. */
export function lineFor(file: string): string {
  const found = [...SETTINGS_PAGE.matchAll(/`([^`\n]+)` in `([^`\n]+)`/g)].find(
    ([, , name]) => name === file,
  );
  if (found?.[1] === undefined) {
    throw new Error(`docs/django-settings.md gives no line for ${file}.`);
  }
  return found[1];
}
