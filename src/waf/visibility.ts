// How WAF shows what a web ACL or a rule did: as metrics in CloudWatch, and nowhere else.
import type { Wafv2WebAclVisibilityConfig } from "@cdktf/provider-aws/lib/wafv2-web-acl";

/**
 * Metrics under this name, in the namespace `AWS/WAFV2`. No sampled requests: the console would show their headers whole,
 * those that the log redacts as well.
 */
export function visibility(metricName: string): Wafv2WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
