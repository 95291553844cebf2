// The web ACL itself: whatever none of its rules blocks is let through.
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Construct } from "constructs";
import { type RulesProps, webAclRules } from "./rules";
import { visibility } from "./visibility";

export interface WebAclProps extends RulesProps {
  /** The web ACL's name, and its metric's. */
  readonly name: string;
}

/** A web ACL for load balancers of this region. */
export class WebAcl extends Construct {
  readonly arn: string;
  /** The names of its rules, which are those of their metrics, in the order in which WAF asks them. */
  readonly ruleNames: readonly string[];

  constructor(scope: Construct, id: string, { name, ...props }: WebAclProps) {
    super(scope, id);
    const rule = webAclRules(props);
    this.arn = new Wafv2WebAcl(this, "web-acl:load-balancer", {
      name,
      description: "Firewall of the load balancer",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rule,
      visibilityConfig: visibility(name),
      tags: { Name: name },
    }).arn;
    this.ruleNames = rule.map((one) => one.name);
  }
}
