// A metric filter: counts lines in a log group, so that an alarm can watch them.

import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { logMetricFilter } from "../model/names/monitoring";
import type { LogMetric } from "./alarms/log-metrics";

export interface LogMetricFilterProps {
  readonly logGroupName: string;
  /** The metric's namespace: the environment's name. */
  readonly namespace: string;
  /** What is counted. */
  readonly metric: LogMetric;
}

/** A metric that is the number of lines that match; 0 where there are lines, and none does. */
export class LogMetricFilter extends Construct {
  constructor(scope: Construct, id: string, { logGroupName, namespace, metric }: LogMetricFilterProps) {
    super(scope, id);
    const { name, pattern } = metric;
    new CloudwatchLogMetricFilter(this, `filter:${name}`, {
      name: logMetricFilter(namespace, name),
      logGroupName,
      pattern,
      metricTransformation: { namespace, name, value: "1", defaultValue: "0" },
    });
  }
}
