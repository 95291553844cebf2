// Turns an alarm's definition into an alarm in CloudWatch.

import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { alarmName } from "../model/names/monitoring";
import type { Names } from "../model/names/resolved";
import { alarmResource } from "../model/names/terraform";
import { belongsIn } from "../terraform/notes";
import {
  type AlarmDefinition,
  alarmDescription,
  type Comparison,
  type Metric,
  type Role,
} from "./alarms/definition";

const OPERATORS: Readonly<Record<Comparison, string>> = {
  above: "GreaterThanThreshold",
  "at least": "GreaterThanOrEqualToThreshold",
  below: "LessThanThreshold",
};

/** The name that the result of an expression has among the metrics that it is made of. */
const RESULT = "result";

/** Finds what AWS calls what is watched. */
export type NameInAws = (role: Role) => string;

export interface AlarmProps {
  /** The environment's name, and the names that its alarms have of their own. */
  readonly environment: { readonly name: string; readonly names: Pick<Names, "alarms"> };
  readonly definition: AlarmDefinition;
  /** The page that has a section for each alarm. */
  readonly runbookUrl: string;
  /** The topic that is told when it fires, and when all is well again. */
  readonly topicArn: string;
  readonly nameInAws: NameInAws;
}

/** An alarm that tells a topic both when it fires and when it is over. */
export class Alarm extends Construct {
  readonly arn: string;
  /** What it watches and how, such as `postgres_cpu`. */
  readonly resourceName: string;

  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    belongsIn(this, "monitoring");
    const { environment, definition, runbookUrl, topicArn } = props;
    const { subject, kind, comparison, threshold, periods, missingData } = definition;
    const name = alarmName(environment.name, environment.names.alarms, subject, kind);
    const alarm = new CloudwatchMetricAlarm(this, `alarm:${alarmResource(subject, kind)}`, {
      alarmName: name,
      alarmDescription: alarmDescription(definition, runbookUrl),
      ...measured(props),
      comparisonOperator: OPERATORS[comparison],
      threshold,
      evaluationPeriods: periods,
      treatMissingData: missingData,
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags: { Name: name },
    });
    this.arn = alarm.arn;
    this.resourceName = alarmResource(subject, kind);
  }
}

type Measured = Pick<
  CloudwatchMetricAlarmConfig,
  | "namespace"
  | "metricName"
  | "dimensions"
  | "period"
  | "statistic"
  | "extendedStatistic"
  | "evaluateLowSampleCountPercentiles"
  | "metricQuery"
>;

/** One metric, or an expression of several. */
function measured({ definition, nameInAws }: AlarmProps): Measured {
  const { metrics, expression, periodSeconds: period, measure } = definition;
  const all = Object.entries(metrics);
  const [[, metric] = []] = all;
  if (expression === undefined && metric) {
    const { namespace, name, statistic } = metric;
    return {
      namespace,
      metricName: name,
      dimensions: dimensionsOf(metric, nameInAws),
      period,
      ...(isPercentile(statistic)
        ? // Fewer than 200 requests say nothing of the slowest twentieth: "Percentile-based CloudWatch alarms and low data
          // samples", Amazon CloudWatch user guide.
          { extendedStatistic: statistic, evaluateLowSampleCountPercentiles: "ignore" }
        : { statistic }),
    };
  }
  return {
    metricQuery: [
      { id: RESULT, ...(expression !== undefined && { expression }), label: measure, returnData: true },
      ...all.map(([id, each]) => ({
        id,
        metric: {
          namespace: each.namespace,
          metricName: each.name,
          dimensions: dimensionsOf(each, nameInAws),
          period,
          stat: each.statistic,
        },
      })),
    ],
  };
}

function isPercentile(statistic: string): boolean {
  return /^p\d/.test(statistic);
}

/** A metric's dimensions, with the names that AWS has. */
export function dimensionsOf({ dimensions }: Metric, nameInAws: NameInAws): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dimensions).map(([key, of]) => [key, "role" in of ? nameInAws(of.role) : of.value]),
  );
}
