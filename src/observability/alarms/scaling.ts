// The alarm on what a service scales by: without its metric, it neither gets tasks nor gives them back, and nothing else says so.
import { isParkedAtTimes } from "../../model/scaling";
import { mostTasks } from "../../model/services";
import type { AlarmDefinition } from "./definition";
import { desiredTasks, type ServiceAlarmsProps } from "./services";

/** One alarm for a service that scales by a metric which somebody has to publish; AWS sees to all others. */
export function scalingAlarms({ serviceKey, service, thresholds }: ServiceAlarmsProps): AlarmDefinition[] {
  const metric = service.autoscaling?.metric;
  if (metric === undefined || mostTasks(service) === 0) {
    return [];
  }
  const { namespace, name, dimensions } = metric;
  const parked = isParkedAtTimes(service);
  return [
    {
      subject: serviceKey,
      kind: "scaling-metric",
      runbook: "service-scaling-metric",
      measure: "values of the metric that it scales by",
      comparison: "below",
      setting: "scalingMetricValues",
      threshold: thresholds.scalingMetricValues,
      action: "See whether what publishes it runs, and may: until then the number of tasks stays as it is.",
      metrics: {
        values: {
          namespace,
          name,
          dimensions: Object.fromEntries(Object.entries(dimensions).map(([key, value]) => [key, { value }])),
          statistic: "SampleCount",
        },
        ...(parked ? { desired: desiredTasks(serviceKey) } : {}),
      },
      // What is parked need not be counted: whoever counts is parked, too, as a rule.
      ...(parked
        ? { expression: `IF(FILL(desired, 0) > 0, FILL(values, 0), ${thresholds.scalingMetricValues})` }
        : {}),
      periodSeconds: 900,
      periods: 1,
      // A metric that nobody publishes has no values, and not none of them.
      missingData: "breaching",
    },
  ];
}
