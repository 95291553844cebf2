// The policy `load-balancer-headers`: application load balancers drop headers that are not valid.
import { finding, type Policy } from "../policy";
import { isTrue } from "../reading/values";

const loadBalancerHeaders: Policy = {
  id: "load-balancer-headers",
  severity: "medium",
  rule: "Application load balancers drop headers that are not valid.",
  reason: "Headers that two servers read differently are how requests are smuggled past checks.",
  remedy: "Set drop_invalid_header_fields to true.",
  *check({ resources }) {
    for (const balancer of resources.of("aws_lb", "aws_alb")) {
      const { load_balancer_type: type, drop_invalid_header_fields: drop } = balancer.body;
      if ((type === undefined || type === "application") && !isTrue(drop)) {
        yield finding(balancer, "It passes invalid headers on");
      }
    }
  },
};

export default loadBalancerHeaders;
