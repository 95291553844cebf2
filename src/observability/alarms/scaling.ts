// The alarm on what a service scales by: without its metric, it neither gets tasks nor gives them back, and nothing else says so.
import { mostTasks } from "../../model/services";
import type { AlarmDefinition } from "./definition";
import type { ServiceAlarmsProps } from "./services";

/** One alarm for a service that scales by a metric which somebody has to publish; AWS sees to all others. */
export function scalingAlarms({ serviceKey, service, thresholds }: ServiceAlarmsProps): AlarmDefinition[] {
  const metric = service.autoscaling?.metric;
  if (metric === undefined || mostTasks(service) === 0) {
    return [];
  }
  const { namespace, name, dimensions } = metric;
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
      },
      periodSeconds: 900,
      periods: 1,
      // A metric that nobody publishes has no values, and not none of them.
      missingData: "breaching",
    },
  ];
}
