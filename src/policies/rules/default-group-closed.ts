// The policy `default-group-closed`: the default security group of each VPC is managed, and has no rules.
import { asList } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isDynamic } from "../reading/values";

const DIRECTIONS = ["ingress", "egress"];

const defaultGroupClosed: Policy = {
  id: "default-group-closed",
  severity: "medium",
  rule: "The default security group of each VPC is managed, and has no rules.",
  reason:
    "Whatever is launched without a group of its own lands in the default one, whose members may all connect to each other unless its rules are taken away.",
  remedy: "Add an aws_default_security_group for the VPC with empty ingress and egress.",
  *check({ resources }) {
    const closed = resources
      .of("aws_default_security_group")
      .filter(
        ({ body }) => !DIRECTIONS.some((name) => isDynamic(body, name) || asList(body[name]).length > 0),
      );
    for (const vpc of resources.of("aws_vpc")) {
      if (!closed.some((group) => resources.find(group, group.body.vpc_id, "aws_vpc", "id") === vpc)) {
        yield finding(vpc, "Its default security group is not managed, or has rules");
      }
    }
  },
};

export default defaultGroupClosed;
