// The web application firewall: it reads every request before the load balancer does, and drops attacks and floods.
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Construct } from "constructs";
import type { Names } from "../model/names/resolved";
import type { Waf as WafConfig } from "../schema/waf";
import { BlockedAddresses } from "./blocked-addresses";
import { WebAcl } from "./web-acl";
import { WebAclLog } from "./web-acl-log";

export interface WafProps {
  readonly names: Pick<Names, "webAcl" | "blockedAddresses" | "wafLogs">;
  /** The environment's settings of the firewall. */
  readonly settings: WafConfig;
  /** The load balancer that it stands before. */
  readonly loadBalancerArn: string;
  /** See `LogGroupProps`. */
  readonly kmsKeyArn?: string | undefined;
}

/** A web ACL on a load balancer, with its addresses and its log. */
export class Waf extends Construct {
  readonly webAclArn: string;
  /** What CloudWatch's `WebACL` dimension calls the web ACL, in the namespace `AWS/WAFV2`. */
  readonly metricName: string;
  /** What CloudWatch's `Rule` dimension calls the rules; `ALL` stands for all of them. */
  readonly ruleMetricNames: readonly string[];
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, { names, settings, loadBalancerArn, kmsKeyArn }: WafProps) {
    super(scope, id);
    const blocked = new BlockedAddresses(this, "blocked-addresses", {
      name: names.blockedAddresses,
      cidrs: settings.blockedCidrs,
    });
    const acl = new WebAcl(this, "web-acl", {
      name: names.webAcl,
      settings,
      blockedAddressesArn: blocked.arn,
    });
    const log = new WebAclLog(this, "log", {
      webAclArn: acl.arn,
      logGroupName: names.wafLogs,
      retentionDays: settings.logRetentionDays,
      kmsKeyArn,
    });
    new Wafv2WebAclAssociation(this, "association:load-balancer", {
      webAclArn: acl.arn,
      resourceArn: loadBalancerArn,
    });
    this.webAclArn = acl.arn;
    this.metricName = names.webAcl;
    this.ruleMetricNames = acl.ruleNames;
    this.logGroupName = log.logGroupName;
  }
}
