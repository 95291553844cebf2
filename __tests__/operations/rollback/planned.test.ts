// A rollback goes ahead with a plan that removes the chosen rules, and with no other.
import { judgePlan } from "../../../src/operations/rollback/planned";
import type { PlannedChange } from "../../../src/operations/terraform/plan";

const INGRESS = "aws_vpc_security_group_ingress_rule";

function planned(address: string, actions: readonly string[] = ["delete"]): PlannedChange {
  return { address, type: address.split(".")[0] ?? "", actions, id: "sgr-1", description: "" };
}

const postgres = planned(`${INGRESS}.postgres-from-django-5432-tcp`);
const redis = planned(`${INGRESS}.redis-from-django-6379-tcp`);
const alb = planned("aws_vpc_security_group_egress_rule.alb-to-django-8000-tcp");

it("accepts the removal of all rules where all are chosen", () => {
  expect(judgePlan([postgres, redis, alb], undefined)).toEqual({
    removals: [postgres, redis, alb],
    objections: [],
  });
});

it("accepts the removal of the chosen rules", () => {
  expect(judgePlan([postgres], new Set([postgres.address]))).toEqual({
    removals: [postgres],
    objections: [],
  });
});

it.each([
  ["a rule that was not chosen", redis, `delete ${redis.address}`],
  ["another kind of resource", planned("aws_security_group.postgres"), "delete aws_security_group.postgres"],
  [
    "a rule that is made anew",
    planned(postgres.address, ["delete", "create"]),
    `delete and create ${postgres.address}`,
  ],
  ["a rule that is changed", planned(postgres.address, ["update"]), `update ${postgres.address}`],
  ["a rule that is just forgotten", planned(postgres.address, ["forget"]), `forget ${postgres.address}`],
])("objects to %s", (_, change, said) => {
  expect(judgePlan([alb, change], new Set([postgres.address, alb.address]))).toEqual({
    removals: [alb],
    objections: [`Terraform's plan would also ${said}.`],
  });
});

it("objects to another kind of resource also where all rules are chosen", () => {
  expect(judgePlan([planned("aws_vpc.main")], undefined).objections).toEqual([
    "Terraform's plan would also delete aws_vpc.main.",
  ]);
});
