// The CloudWatch dashboard: what is wrong now, and every metric that an alarm watches.
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { belongsIn } from "../terraform/notes";
import { dimensionsOf, type NameInAws } from "./alarm";
import type { AlarmDefinition, Metric } from "./alarms/definition";

/** A dashboard is 24 units wide: "Dashboard body structure and syntax", CloudWatch API reference. */
const WIDTH = 24;
const GRAPH = { width: 6, height: 6 } as const;

/** Alarms that one widget shows at most: the same page, "alarms". CloudWatch refuses a dashboard that has more in one. */
const ALARMS_PER_WIDGET = 100;
/** Alarms in one of such a widget's rows. */
const ALARMS_PER_ROW = 4;

/** A graph of metrics that no alarm watches. */
export interface ExtraGraph {
  /** The subject among whose graphs it stands. */
  readonly subject: string;
  readonly title: string;
  readonly metric: Metric;
  /** Seconds that one value stands for. */
  readonly periodSeconds: number;
}

export interface DashboardProps {
  /** The dashboard's name. */
  readonly name: string;
  readonly region: string;
  readonly definitions: readonly AlarmDefinition[];
  readonly extraGraphs: readonly ExtraGraph[];
  readonly alarmArns: readonly string[];
  readonly nameInAws: NameInAws;
}

/** The state of all alarms, and then the graphs of each subject. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    belongsIn(this, "monitoring");
    const { name, alarmArns, definitions } = props;
    const widgets: unknown[] = [];
    let top = 0;
    for (let shown = 0; shown < alarmArns.length; shown += ALARMS_PER_WIDGET) {
      const alarms = alarmArns.slice(shown, shown + ALARMS_PER_WIDGET);
      const height = 2 + Math.ceil(alarms.length / ALARMS_PER_ROW);
      widgets.push({
        type: "alarm",
        x: 0,
        y: top,
        width: WIDTH,
        height,
        properties: { title: "Alarms", alarms },
      });
      top += height;
    }
    for (const subject of new Set(definitions.map((definition) => definition.subject))) {
      const graphs = graphsOf(subject, props);
      widgets.push({
        type: "text",
        x: 0,
        y: top,
        width: WIDTH,
        height: 1,
        properties: { markdown: `## ${subject}` },
      });
      graphs.forEach((properties, index) => {
        const perRow = WIDTH / GRAPH.width;
        widgets.push({
          type: "metric",
          x: (index % perRow) * GRAPH.width,
          y: top + 1 + Math.floor(index / perRow) * GRAPH.height,
          ...GRAPH,
          properties,
        });
      });
      top += 1 + Math.ceil((graphs.length * GRAPH.width) / WIDTH) * GRAPH.height;
    }
    new CloudwatchDashboard(this, "dashboard:platform", {
      dashboardName: name,
      // Not cdktf's `Fn.jsonencode`, which takes a fifth of a second for a value of this size. Each widget is resolved by
      // itself: for every reference in a text, cdktf reads all the rest of that text.
      dashboardBody: Lazy.stringValue({
        produce: ({ resolve }) =>
          `{"widgets":[${widgets.map((widget) => resolve(JSON.stringify(widget))).join(",")}]}`,
      }),
    });
  }
}

function graphsOf(
  subject: string,
  { definitions, extraGraphs, region, nameInAws }: DashboardProps,
): object[] {
  const row = (metric: Metric, options: object) => [
    metric.namespace,
    metric.name,
    ...Object.entries(dimensionsOf(metric, nameInAws)).flat(),
    { stat: metric.statistic, ...options },
  ];
  const graph = (title: string, period: number, metrics: readonly unknown[]) => ({
    title,
    region,
    view: "timeSeries",
    period,
    metrics,
  });
  return [
    ...definitions
      .filter((definition) => definition.subject === subject)
      .map(({ kind, metrics, expression, periodSeconds, threshold, comparison }) => ({
        ...graph(kind, periodSeconds, [
          ...(expression === undefined ? [] : [[{ expression, id: "result", label: kind }]]),
          ...Object.entries(metrics).map(([metricId, metric]) =>
            // What an expression is made of may have another unit.
            row(metric, expression === undefined ? {} : { id: metricId, yAxis: "right" }),
          ),
        ]),
        annotations: { horizontal: [{ label: `alarm: ${comparison}`, value: threshold }] },
      })),
    ...extraGraphs
      .filter((extra) => extra.subject === subject)
      .map(({ title, metric, periodSeconds }) => graph(title, periodSeconds, [row(metric, {})])),
  ];
}
