// What autoscaling goes by beyond AWS's predefined metrics, in CloudWatch's metric math: work for each task, and the time of answers.
import type { AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetrics as MetricQuery } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import type { Autoscaling } from "../schema/autoscaling";

/** What is measured, and the value that it is held at. */
export interface TrackedMetrics {
  readonly targetValue: number;
  readonly metrics: MetricQuery[];
}

/** A metric of CloudWatch, by the name that expressions have for it. */
interface Measured {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
}

/** The service whose tasks the work is divided by. */
export interface ScaledService {
  readonly clusterName: string;
  readonly serviceName: string;
  /** Whether it may have no task at all. */
  readonly restsAtZero: boolean;
}

/**
 * The messages of a queue for each running task: those that wait, and those that a worker has, as else the one task that works on the last
 * of them would be stopped in the middle of it. After "Example: Amazon SQS queue backlog per task", Application Auto Scaling user guide.
 */
export function queueDepth(
  { messagesPerTask }: NonNullable<Autoscaling["queueDepth"]>,
  queueName: string,
  service: ScaledService,
): TrackedMetrics {
  const messages = (id: string, name: string): MetricQuery =>
    measured({ id, namespace: "AWS/SQS", name, dimensions: { QueueName: queueName }, statistic: "Average" });
  return perTask(
    messagesPerTask,
    [
      messages("waiting", "ApproximateNumberOfMessagesVisible"),
      messages("taken", "ApproximateNumberOfMessagesNotVisible"),
      { id: "work", expression: "waiting + taken", returnData: false },
    ],
    service,
  );
}

/** A metric of the application's own, as it is published or for each running task. */
export function ownMetric(
  metric: NonNullable<Autoscaling["metric"]>,
  service: ScaledService,
): TrackedMetrics {
  const { target, targetPerTask } = metric;
  const work = measured({ id: "work", ...metric });
  if (targetPerTask !== undefined) {
    return perTask(targetPerTask, [work], service);
  }
  if (target === undefined) {
    throw new Error(`The metric ${metric.name} has no target.`);
  }
  return { targetValue: target, metrics: [{ ...work, returnData: true }] };
}

/**
 * How long a target group's tasks take to answer. While nobody asks there is no value, and none is put in its place: a value that is only
 * late would be replaced, too, and tasks never be added ("FILL", CloudWatch user guide).
 */
export function responseTime(
  { targetSeconds, statistic }: NonNullable<Autoscaling["responseTime"]>,
  target: { readonly loadBalancerArnSuffix: string; readonly targetGroupArnSuffix: string },
): TrackedMetrics {
  const answers = measured({
    id: "answers",
    namespace: "AWS/ApplicationELB",
    name: "TargetResponseTime",
    dimensions: { LoadBalancer: target.loadBalancerArnSuffix, TargetGroup: target.targetGroupArnSuffix },
    statistic,
  });
  return {
    targetValue: targetSeconds,
    metrics: [{ ...answers, returnData: true }],
  };
}

/**
 * Work for each running task. Nothing can be divided by no tasks at all: where that may be, any work without a task counts as more than
 * the target, so that the first task comes with the first message.
 */
function perTask(targetValue: number, work: readonly MetricQuery[], service: ScaledService): TrackedMetrics {
  const { clusterName, serviceName, restsAtZero } = service;
  // Of Container Insights, which the cluster turns on: ECS itself counts no tasks.
  const running = measured({
    id: "running",
    namespace: "ECS/ContainerInsights",
    name: "RunningTaskCount",
    dimensions: { ClusterName: clusterName, ServiceName: serviceName },
    statistic: "Average",
  });
  const expression = restsAtZero
    ? `IF(FILL(running, 0) > 0, work / running, IF(work > 0, work + ${targetValue}, 0))`
    : "work / running";
  return { targetValue, metrics: [...work, running, { id: "each", expression, returnData: true }] };
}

/** The values of a metric, for an expression. */
function measured({ id, namespace, name, dimensions, statistic }: Measured): MetricQuery {
  return {
    id,
    metricStat: {
      metric: {
        namespace,
        metricName: name,
        dimensions: Object.entries(dimensions).map(([dimension, value]) => ({ name: dimension, value })),
      },
      stat: statistic,
    },
    returnData: false,
  };
}
