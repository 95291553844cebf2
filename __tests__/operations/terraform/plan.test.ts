// What a plan changes, as `terraform show -json` has it.
import { plannedChanges } from "../../../src/operations/terraform/plan";

const change = (address: string, actions: string[], more: object = {}, mode = "managed") => ({
  address,
  type: address.split(".")[0],
  mode,
  change: { actions, before: null, ...more },
});

const NO_NAME = { before: undefined, after: undefined };

it("lists every change but reads and what stays", () => {
  const plan = {
    resource_changes: [
      change("aws_vpc_security_group_ingress_rule.a", ["delete"], {
        before: { id: "sgr-1", description: "PostgreSQL from Django" },
      }),
      change("aws_vpc_security_group_ingress_rule.b", ["no-op"]),
      change("data.aws_vpc.c", ["read"], {}, "data"),
      change("aws_vpc.d", ["delete", "create"], { before: { id: "vpc-1" }, replace_paths: [["cidr_block"]] }),
      change("aws_vpc.e", ["no-op"], { importing: { id: "vpc-2" } }),
    ],
    output_changes: { ids: { actions: ["delete"] } },
  };
  expect(plannedChanges(JSON.stringify(plan))).toEqual([
    {
      address: "aws_vpc_security_group_ingress_rule.a",
      type: "aws_vpc_security_group_ingress_rule",
      actions: ["delete"],
      id: "sgr-1",
      description: "PostgreSQL from Django",
      forcedBy: [],
      name: NO_NAME,
    },
    {
      address: "aws_vpc.d",
      type: "aws_vpc",
      actions: ["delete", "create"],
      id: "vpc-1",
      description: undefined,
      forcedBy: ["cidr_block"],
      name: NO_NAME,
    },
    {
      address: "aws_vpc.e",
      type: "aws_vpc",
      actions: ["import"],
      id: undefined,
      description: undefined,
      forcedBy: [],
      name: NO_NAME,
    },
  ]);
});

it("is empty where there is nothing to do", () => {
  expect(plannedChanges("{}")).toEqual([]);
});
