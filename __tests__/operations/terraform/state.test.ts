// Which resources a state holds, and where.
import { managedResources } from "../../../src/operations/terraform/state";

const instance = (id: string, more: object = {}) => ({ attributes: { id }, ...more });

it("lists managed resources by address, those of modules and with keys, too, and no data sources", () => {
  const state = {
    version: 4,
    resources: [
      {
        mode: "managed",
        type: "aws_vpc_security_group_ingress_rule",
        name: "a",
        instances: [instance("sgr-1")],
      },
      { mode: "data", type: "aws_vpc", name: "groups", instances: [instance("vpc-1")] },
      {
        mode: "managed",
        module: "module.rules",
        type: "aws_vpc_security_group_egress_rule",
        name: "b",
        instances: [instance("sgr-2", { index_key: "x" }), instance("sgr-3", { index_key: 0 })],
      },
    ],
  };
  expect([...managedResources(JSON.stringify(state))]).toEqual([
    ["aws_vpc_security_group_ingress_rule.a", "sgr-1"],
    ['module.rules.aws_vpc_security_group_egress_rule.b["x"]', "sgr-2"],
    ["module.rules.aws_vpc_security_group_egress_rule.b[0]", "sgr-3"],
  ]);
});

it("finds nothing in the state of a stack that was never applied", () => {
  expect(managedResources("\n").size).toBe(0);
});
