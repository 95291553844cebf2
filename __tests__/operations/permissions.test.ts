// The IAM policies of docs/operations.md are those that e2e has seen to be needed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  PERMISSIONS,
  PERMISSIONS_WITHOUT_CALL,
  TERRAFORM_PERMISSIONS,
} from "../../src/operations/permissions";

const page = readFileSync(join(__dirname, "..", "..", "docs", "operations.md"), "utf8");

/**
 * The actions of the IAM policies in a command's section, each of all its statements, sorted: the command's own policy,
 * and that of the Terraform which it runs.
 */
function documentedActions(command: string): string[][] {
  const section = page.split(/^##+ /m).find((text) => text.startsWith(`${command}\n`)) ?? "";
  const blocks = [...section.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json ?? ""));
  return blocks
    .filter((block) => "Statement" in block)
    .map(({ Statement }) => Statement.flatMap(({ Action }: { Action: string[] }) => Action).sort());
}

describe.each(Object.entries(PERMISSIONS))("%s", (command, actions) => {
  it("has its IAM policy on the page", () => {
    const all = [...actions, ...(PERMISSIONS_WITHOUT_CALL[command] ?? [])];
    expect(documentedActions(command)[0]).toEqual(all.sort());
    expect([...actions].sort()).toEqual([...actions]);
  });
});

describe.each(Object.entries(TERRAFORM_PERMISSIONS))("%s, for Terraform", (command, actions) => {
  it("has its IAM policy on the page, if any", () => {
    expect(documentedActions(command)[1] ?? []).toEqual([...actions]);
    expect([...actions].sort()).toEqual([...actions]);
  });
});
