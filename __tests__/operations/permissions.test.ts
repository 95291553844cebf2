// The table of permissions, and the IAM policies of docs/operations.md that are written from it. That they are what the
// commands need, e2e sees.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  actionsForBuckets,
  callsForEndpoints,
  callsForFileSystems,
  callsForSchedules,
  callsOf,
  OPERATIONS,
  permissionsOf,
  policyOf,
  terraformCallsOf,
  terraformPolicyOf,
} from "../../src/operations/command-policies";
import { withPolicies } from "../../tools/reference/operation-policies";

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
    .map(({ Statement }) => Statement.flatMap(({ Action }: { Action: string | string[] }) => Action).sort());
}

it("is what the page shows: if not, npm run docs writes it", () => {
  expect(withPolicies(page)).toBe(page);
});

it("misses no command on the page", () => {
  const without = page.replace(/^## wait\n/m, "## waits\n");
  expect(() => withPolicies(without)).toThrow('needs a section "wait"');
});

describe.each(OPERATIONS)("%s", (command) => {
  it("has its IAM policies on the page", () => {
    const terraform = terraformCallsOf(command);
    expect(documentedActions(command)).toEqual([
      permissionsOf(command),
      ...(terraform.length > 0 ? [terraform] : []),
    ]);
  });

  it("says beside its policy what VPC endpoints need, if anything", () => {
    const beside = sectionOf(command).replace(/```.*?```/gs, "");
    const said = /IAM policy[^:]*?\(with\s`network\.vpcEndpoints`,\salso\s`(.*?)`[;)]/s.exec(beside);
    expect(said?.slice(1) ?? []).toEqual(callsForEndpoints(command));
    expect(sectionOf(command).split("ec2:DescribeVpcEndpoints")).toHaveLength(said ? 2 : 1);
  });

  it("says beside its policy what buckets need, if anything", () => {
    const beside = sectionOf(command).replace(/```.*?```/gs, "");
    const said = /with `buckets`, also `(.*?)` on them/s.exec(beside);
    expect(said?.slice(1) ?? []).toEqual(actionsForBuckets(command));
  });

  it("says beside its policy what schedules need, if anything", () => {
    const said = /Where services have `schedules`, also `(.*?)`\./s.exec(sectionOf(command))?.[1] ?? "";
    expect(said.split("` and `").filter((call) => call !== "")).toEqual(callsForSchedules(command));
  });

  it("says beside its policy what file systems need, if anything", () => {
    const said = /\bwith\s`fileSystems`,\salso\s([^)]*)\)/.exec(sectionOf(command))?.[1] ?? "";
    expect([...said.matchAll(/`(.*?)`/g)].map(([, action]) => action)).toEqual(callsForFileSystems(command));
  });

  it("may do on everything what IAM cannot narrow, and whatever it does it may", () => {
    const allowed = policyOf(command).Statement.flatMap(({ Action = [] }) => Action);
    expect([...allowed].sort()).toEqual(permissionsOf(command));
    expect(new Set(allowed).size).toBe(allowed.length);
    expect(permissionsOf(command)).toEqual(expect.arrayContaining(callsOf(command)));
  });
});

it("is narrow where it can be", () => {
  expect(policyOf("contain block-ip")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["ec2:DescribeNetworkAcls", "ec2:DescribeVpcs", "sts:GetCallerIdentity"],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: "ec2:CreateNetworkAclEntry",
        Resource: "arn:aws:ec2:us-east-1:123456789012:network-acl/*",
      },
    ],
  });
});

it("has a policy of Terraform's where a command runs it with changes of its own", () => {
  expect(OPERATIONS.filter((command) => terraformPolicyOf(command))).toEqual(["rollback"]);
});
