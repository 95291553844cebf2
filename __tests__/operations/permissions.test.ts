// The IAM policies of docs/operations.md are those that e2e has seen to be needed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  PERMISSIONS,
  PERMISSIONS_FOR_ENDPOINTS,
  PERMISSIONS_WITHOUT_CALL,
  TERRAFORM_PERMISSIONS,
} from "../../src/operations/permissions";

const page = readFileSync(join(__dirname, "..", "..", "docs", "operations.md"), "utf8");

function sectionOf(command: string): string {
  return page.split(/^##+ /m).find((text) => text.startsWith(`${command}\n`)) ?? "";
}

/**
 * The actions of the IAM policies in a command's section, each of all its statements, sorted: the command's own policy,
 * and that of the Terraform which it runs.
 */
function documentedActions(command: string): string[][] {
  const blocks = [...sectionOf(command).matchAll(/```json\n(.*?)```/gs)].map(([, json]) =>
    JSON.parse(json ?? ""),
  );
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

it.each(Object.keys(PERMISSIONS))(
  "%s says beside its policy what VPC endpoints need, if anything",
  (command) => {
    const beside = sectionOf(command).replace(/```.*?```/gs, "");
    const said = /IAM policy[^:]*?\(with\s`network\.vpcEndpoints`,\salso\s`(.*?)`\)/s.exec(beside);
    expect(said?.slice(1) ?? []).toEqual(PERMISSIONS_FOR_ENDPOINTS[command] ?? []);
    expect(sectionOf(command).split("ec2:DescribeVpcEndpoints")).toHaveLength(said ? 2 : 1);
  },
);

describe.each(Object.entries(TERRAFORM_PERMISSIONS))("%s, for Terraform", (command, actions) => {
  it("has its IAM policy on the page, if any", () => {
    expect(documentedActions(command)[1] ?? []).toEqual([...actions]);
    expect([...actions].sort()).toEqual([...actions]);
  });
});
