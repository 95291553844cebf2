// Shows a list of checks to a person.
import type { Check, CheckStatus } from "../operations/checks";
import type { OperatorConsole, Tone } from "./operator-console";

const TONES = { pass: "good", fail: "bad", skipped: "quiet" } as const satisfies Record<CheckStatus, Tone>;

/** Characters of a line in the last column: with the other columns, the table fits into most windows. */
const LINE_WIDTH = 80;

/** A table of all checks, what is critical once more below it, and how many ended how. */
export function showChecks(console: OperatorConsole, checks: readonly Check[]): void {
  console.table(
    ["Status", "Check", "What must hold, and what was found"],
    checks.map(({ status, title, id, detail }) => [
      console.toned(TONES[status], status),
      id,
      [
        ...wrapped(title),
        ...detail
          .split("\n")
          .flatMap(wrapped)
          .map((line) => console.toned("quiet", line)),
      ].join("\n"),
    ]),
  );
  for (const { detail } of checks.filter(({ severity }) => severity === "critical")) {
    console.say(console.toned("bad", `CRITICAL: ${detail}`));
  }
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  console.say(`${count("pass")} passed, ${count("fail")} failed, ${count("skipped")} skipped.`);
}

/** The text in lines of so many characters, but for words that are longer: an ARN is copied in one piece. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= LINE_WIDTH) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
