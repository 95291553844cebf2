// The IAM policies of docs/operations.md are those that e2e has seen to be needed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PERMISSIONS, PERMISSIONS_WITHOUT_CALL } from "../../src/operations/permissions";

const page = readFileSync(join(__dirname, "..", "..", "docs", "operations.md"), "utf8");

/** The actions of the IAM policy in a command's section, of all its statements, sorted. */
function documentedActions(command: string): string[] {
  const section = page.split(/^##+ /m).find((text) => text.startsWith(`${command}\n`)) ?? "";
  const blocks = [...section.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json ?? ""));
  const policy = blocks.find((block) => "Statement" in block) ?? { Statement: [] };
  return policy.Statement.flatMap(({ Action }: { Action: string[] }) => Action).sort();
}

describe.each(Object.entries(PERMISSIONS))("%s", (command, actions) => {
  it("has its IAM policy on the page", () => {
    const all = [...actions, ...(PERMISSIONS_WITHOUT_CALL[command] ?? [])];
    expect(documentedActions(command)).toEqual(all.sort());
    expect([...actions].sort()).toEqual([...actions]);
  });
});
