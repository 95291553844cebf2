// The policy `load-balancer-logged`: every load balancer keeps access logs.
import { finding, type Policy } from "../policy";
import { isTrue, nested } from "../reading/values";

const loadBalancerLogged: Policy = {
  id: "load-balancer-logged",
  severity: "medium",
  rule: "Every load balancer keeps access logs.",
  reason: "They say who asked for what, which after an incident is the first question.",
  remedy: "Set access_logs with a bucket, and enabled.",
  *check({ resources }) {
    for (const balancer of resources.of("aws_lb", "aws_alb")) {
      if (!nested(balancer.body, "access_logs").some(({ enabled }) => isTrue(enabled))) {
        yield finding(balancer, "It keeps no access logs");
      }
    }
  },
};

export default loadBalancerLogged;
