// A metric filter: counts lines in a log group, so that an alarm can watch them.

import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { logMetricFilter } from "../model/names/monitoring";
import { belongsIn } from "../terraform/notes";
import type { LogFilter } from "./alarms/log-metrics";

export interface LogMetricFilterProps {
  readonly logGroupName: string;
  /** The metric's namespace: the environment's name. */
  readonly namespace: string;
  /** The name of the metric that it adds to. */
  readonly metric: string;
  /** Which lines it counts. */
  readonly filter: LogFilter;
}

/** A metric that is the number of lines that match; 0 where there are lines, and none does. */
export class LogMetricFilter extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { logGroupName, namespace, metric, filter }: LogMetricFilterProps,
  ) {
    super(scope, id);
    belongsIn(this, "monitoring");
    const { name, pattern } = filter;
    new CloudwatchLogMetricFilter(this, `filter:${name}`, {
      name: logMetricFilter(namespace, name),
      logGroupName,
      pattern,
      metricTransformation: { namespace, name: metric, value: "1", defaultValue: "0" },
    });
  }
}
