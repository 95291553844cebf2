// A rollback goes ahead with a plan that removes the chosen rules, and with no other.
import { judgePlan } from "../../../src/operations/rollback/planned";
import type { PlannedChange } from "../../../src/operations/terraform/plan";

const INGRESS = "aws_vpc_security_group_ingress_rule";

function planned(address: string, actions: readonly string[] = ["delete"]): PlannedChange {
  const type = address.split(".")[0] ?? "";
  const name = { before: undefined, after: undefined };
  return { address, type, actions, id: "sgr-1", description: "", forcedBy: [], name };
}

const postgres = planned(`${INGRESS}.postgres-from-django-5432-tcp`);
const redis = planned(`${INGRESS}.redis-from-django-6379-tcp`);
const alb = planned("aws_vpc_security_group_egress_rule.alb-to-django-8000-tcp");

/** All three are declared, and live in the environment's groups. */
const limits = {
  declared: new Set([postgres, redis, alb].map(({ address }) => address)),
  ours: new Set(["sgr-1"]),
  undeclared: false,
};

it("accepts the removal of all rules where all are chosen", () => {
  expect(judgePlan([postgres, redis, alb], { ...limits, chosen: undefined })).toEqual({
    removals: [postgres, redis, alb],
    objections: [],
  });
});

it("accepts the removal of the chosen rules", () => {
  expect(judgePlan([postgres], { ...limits, chosen: new Set([postgres.address]) })).toEqual({
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
  expect(judgePlan([alb, change], { ...limits, chosen: new Set([postgres.address, alb.address]) })).toEqual({
    removals: [alb],
    objections: [`Terraform's plan would also ${said}.`],
  });
});

it("objects to another kind of resource also where all rules are chosen", () => {
  expect(judgePlan([planned("aws_vpc.main")], { ...limits, chosen: undefined }).objections).toEqual([
    "Terraform's plan would also delete aws_vpc.main.",
  ]);
});

describe("a rule that the environment does not declare", () => {
  const tile = planned(`${INGRESS}.tileserver-from-django-8080-tcp`);

  it("is objected to", () => {
    expect(judgePlan([postgres, tile], { ...limits, chosen: undefined }).objections).toEqual([
      `Terraform's plan would also delete ${tile.address} (sgr-1), which the environment does not declare. If it is this ` +
        "environment's all the same, say --undeclared.",
    ]);
  });

  it("goes, too, where that is asked for", () => {
    expect(judgePlan([postgres, tile], { ...limits, chosen: undefined, undeclared: true })).toEqual({
      removals: [postgres, tile],
      objections: [],
    });
  });
});

it("objects to a declared rule that is another environment's, whatever is asked for", () => {
  expect(
    judgePlan([postgres], { ...limits, chosen: undefined, ours: new Set(["sgr-2"]), undeclared: true })
      .objections,
  ).toEqual([
    `Terraform's state has sgr-1 at ${postgres.address}, which is no rule of this environment's groups: it is the state of ` +
      "another one.",
  ]);
});
