// The policy `no-inline-rules`: security groups hold no rules of their own; each rule is a resource.
import { asList } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isDynamic } from "../reading/values";

const noInlineRules: Policy = {
  id: "no-inline-rules",
  severity: "medium",
  rule: "Security groups hold no rules of their own; each rule is a resource.",
  reason:
    "Inline rules and standalone ones undo each other on every apply, and an inline rule cannot be revoked alone.",
  remedy:
    "Write each rule as an aws_vpc_security_group_ingress_rule or aws_vpc_security_group_egress_rule: a flow of the environment becomes one.",
  *check({ resources }) {
    for (const group of resources.of("aws_security_group", "aws_default_security_group")) {
      for (const name of ["ingress", "egress"]) {
        if (isDynamic(group.body, name) || asList(group.body[name]).length > 0) {
          yield finding(group, `It has inline ${name} rules`);
        }
      }
    }
  },
};

export default noInlineRules;
