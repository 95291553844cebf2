// The policy `firewall-attached`: the firewall that the environment asks for stands before the load balancer.
import { finding, type Policy } from "../policy";

const firewallAttached: Policy = {
  id: "firewall-attached",
  severity: "high",
  rule: "Before a load balancer that the Internet reaches stands the web application firewall that the environment asks for.",
  reason: "A firewall that is attached to nothing filters nothing, and its dashboards stay quiet.",
  remedy: "Associate the web ACL with the load balancer, or write loadBalancer.waf: false.",
  *check({ environment, resources }) {
    if (environment.loadBalancer?.waf === false) {
      return;
    }
    for (const balancer of resources.of("aws_lb")) {
      const { internal, load_balancer_type: type = "application" } = balancer.body;
      if (type !== "application" || internal === true) {
        continue;
      }
      const attached = resources
        .attached("aws_wafv2_web_acl_association", "resource_arn", balancer, "arn")
        .filter(({ body }) => body.count === undefined && body.for_each === undefined)
        .some((each) => resources.find(each, each.body.web_acl_arn, "aws_wafv2_web_acl", "arn"));
      if (!attached) {
        yield finding(balancer, "No web ACL of these stacks stands before it");
      }
    }
  },
};

export default firewallAttached;
