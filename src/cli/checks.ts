// Shows a list of checks to a person.
import type { Check, CheckStatus } from "../operations/checks";
import type { Tone } from "./lines";
import type { OperatorConsole } from "./operator-console";

const TONES = { pass: "good", fail: "bad", skipped: "quiet" } as const satisfies Record<CheckStatus, Tone>;

/** A table of all checks, what is critical once more below it, and how many ended how. */
export function showChecks(console: OperatorConsole, checks: readonly Check[]): void {
  console.table(
    ["Status", "Check", "What must hold, and what was found"],
    checks.map(({ status, title, id, detail }) => [
      console.toned(TONES[status], status),
      id,
      [title, console.toned("quiet", detail)],
    ]),
  );
  for (const { detail } of checks.filter(({ severity }) => severity === "critical")) {
    console.say(console.toned("bad", `CRITICAL: ${detail}`));
  }
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  console.say(`${count("pass")} passed, ${count("fail")} failed, ${count("skipped")} skipped.`);
}
