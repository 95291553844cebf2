// Each stack's plan is a check; what cannot be planned is never taken for fine.
import { changeChecks, type PlannableStack } from "../../../../src/operations/preflight/changes/changes";
import { TerraformFailure } from "../../../../src/operations/terraform/failure";
import { plannedChanges } from "../../../../src/operations/terraform/plan";

const STANDS = new Map([["aws_vpc.main", "vpc-1"]]);

function stack(
  id: string,
  plan: readonly object[] | TerraformFailure,
  stands: ReadonlyMap<string, string> = STANDS,
): PlannableStack {
  return {
    id,
    stack: {
      managedResources: async () => stands,
      plannedChanges: async () => {
        if (plan instanceof TerraformFailure) {
          throw plan;
        }
        return plannedChanges(JSON.stringify({ resource_changes: plan }));
      },
    },
  };
}

const ADDED = {
  address: "aws_security_group.a",
  type: "aws_security_group",
  change: { actions: ["create"] },
};
const NO_GROUP = new TerraformFailure("no matching EC2 Security Group found", "failed");

const statuses = async (...stacks: readonly PlannableStack[]) =>
  (await changeChecks(stacks, [])).map(({ check: { id, status, detail } }) => [id, status, detail]);

it("is a check for each stack", async () => {
  expect(await statuses(stack("django", [ADDED]), stack("security-group-rules", []))).toEqual([
    ["changes:django", "pass", "Resources: 1 added."],
    ["changes:security-group-rules", "pass", "Nothing would change."],
  ]);
});

it("plans nothing where nothing is deployed", async () => {
  expect(await statuses(stack("django", NO_GROUP, new Map()))).toEqual([
    ["changes:django", "pass", "Nothing of it is deployed yet."],
  ]);
});

it("fails where Terraform cannot plan", async () => {
  expect(await statuses(stack("django", NO_GROUP))).toEqual([
    ["changes:django", "fail", "no matching EC2 Security Group found"],
  ]);
});

it("is unknown where another stack has to be deployed first", async () => {
  const [, rules] = await statuses(stack("django", [ADDED]), stack("security-group-rules", NO_GROUP));
  expect(rules).toEqual([
    "changes:security-group-rules",
    "skipped",
    "Unknown: Terraform cannot plan it before the changes of django are deployed. no matching EC2 Security Group found",
  ]);
});
