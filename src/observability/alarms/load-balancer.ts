// The alarms of what faces the users: the load balancer and its web application firewall.
import { MEMBER_KEYS, WAF_KEY } from "../../schema/member-keys";
import type { Thresholds } from "../../schema/monitoring";
import type { AlarmDefinition, Metric } from "./definition";
import { desiredTasks } from "./services";

const loadBalancerMetric = (name: string): Metric => ({
  namespace: "AWS/ApplicationELB",
  name,
  dimensions: { LoadBalancer: { role: "load-balancer" } },
  statistic: "Sum",
});

/** The most metrics of an alarm: "Service quotas", CloudWatch user guide. */
const MOST_METRICS = 10;

/** Every request that a load balancer hands on; one that it answers with an error itself may not count. */
export const REQUESTS = loadBalancerMetric("RequestCount");

/** @param parked the services that the clock stops at times: while one has no task, its requests are answered 503, as they are to be */
export function loadBalancerAlarms(thresholds: Thresholds, parked: readonly string[]): AlarmDefinition[] {
  const minimum = thresholds.serverErrorMinimumRequests;
  const clocked = parked
    .slice(0, MOST_METRICS - 3)
    .map((service, index) => [`tasks${index + 1}`, service] as const);
  const share =
    `IF(FILL(requests, 0) + FILL(balancer, 0) >= ${minimum}, ` +
    "100 * (FILL(service, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0)), 0)";
  return [
    {
      subject: MEMBER_KEYS.loadBalancer,
      kind: "server-errors",
      runbook: "alb-server-errors",
      measure: `share of requests that end in a 5xx, of ${minimum} or more,`,
      comparison: "above",
      setting: "serverErrorPercent",
      threshold: thresholds.serverErrorPercent,
      limit: `${thresholds.serverErrorPercent} percent`,
      action:
        "See in the access logs whether the load balancer or a service answers so, and for which paths.",
      metrics: {
        requests: REQUESTS,
        service: loadBalancerMetric("HTTPCode_Target_5XX_Count"),
        balancer: loadBalancerMetric("HTTPCode_ELB_5XX_Count"),
        ...Object.fromEntries(clocked.map(([id, service]) => [id, desiredTasks(service)])),
      },
      // RequestCount leaves out what was answered before a target was chosen, such as a 503 where there is none:
      // "CloudWatch metrics for your Application Load Balancer". Metrics that count nothing report nothing.
      expression:
        clocked.length === 0
          ? share
          : `IF(${clocked.map(([id]) => `FILL(${id}, 0) > 0`).join(" AND ")}, ${share}, 0)`,
      periodSeconds: 300,
      periods: 1,
      missingData: "notBreaching",
    },
    {
      subject: MEMBER_KEYS.loadBalancer,
      kind: "rejected-connections",
      runbook: "alb-rejected-connections",
      measure: "rejected connections",
      comparison: "at least",
      setting: "rejectedConnections",
      threshold: thresholds.rejectedConnections,
      action: "Find out whether this is an attack, and tell AWS Support if it is not.",
      metrics: { rejected: loadBalancerMetric("RejectedConnectionCount") },
      periodSeconds: 300,
      periods: 1,
      missingData: "notBreaching",
    },
  ];
}

export function wafAlarms(thresholds: Thresholds, region: string): AlarmDefinition[] {
  return [
    {
      subject: WAF_KEY,
      kind: "blocked-requests",
      runbook: "waf-blocked-requests",
      measure: "blocked requests",
      comparison: "above",
      setting: "wafBlockedRequests",
      threshold: thresholds.wafBlockedRequests,
      action: "See in its log which rule blocks whom: an attack, or users of your own.",
      metrics: {
        blocked: {
          namespace: "AWS/WAFV2",
          name: "BlockedRequests",
          // "Core metrics and dimensions", AWS WAF developer guide: ALL stands for the web ACL as a whole.
          dimensions: { WebACL: { role: "web-acl" }, Region: { value: region }, Rule: { value: "ALL" } },
          statistic: "Sum",
        },
      },
      periodSeconds: 300,
      periods: 1,
      missingData: "notBreaching",
    },
  ];
}
