// Adds and removes tasks so that what a service goes by stays near its target: CPU, memory, requests, answers, the work that waits, or the clock.

import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
} from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";
import { scalingPolicyName, scheduledLimitsName } from "../model/names/services";
import { restsAtZero, useTargets } from "../model/scaling";
import { cronOf } from "../schema/autoscaling-schedule";
import type { Service } from "../schema/service";
import type { ScalingLimits } from "./scaling-limits";
import { ownMetric, queueDepth, responseTime, type TrackedMetrics } from "./scaling-metrics";

export interface AutoscalingProps {
  /** The service's key; names the resources in Terraform. */
  readonly serviceKey: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly autoscaling: NonNullable<Service["autoscaling"]>;
  /** Between how many tasks. */
  readonly limits: Pick<ScalingLimits, "minimum" | "maximum">;
  /** The load balancer and target group whose requests and answers count. Default: they do not. */
  readonly target?:
    | {
        /** `app/<name>/<id>` */
        readonly loadBalancerArnSuffix: string;
        /** `targetgroup/<name>/<id>` */
        readonly targetGroupArnSuffix: string;
      }
    | undefined;
  /** What SQS calls the queue of `queueDepth`. Default: no queue counts. */
  readonly queueName?: string | undefined;
}

type Tracking = AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration;

export class Autoscaling extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalingProps) {
    super(scope, id);
    const { serviceKey, clusterName, serviceName, autoscaling, limits, target, queueName } = props;
    const { schedule } = autoscaling;
    const { cpuPercent, memoryPercent, requestsPerTarget } = useTargets(autoscaling);

    const scalable = new AppautoscalingTarget(this, `target:${serviceKey}`, {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${clusterName}/${serviceName}`,
      minCapacity: limits.minimum,
      maxCapacity: limits.maximum,
      // The clock changes them; an apply in the night would wake what is parked.
      ...(schedule ? { lifecycle: { ignoreChanges: ["min_capacity", "max_capacity"] } } : {}),
    });
    for (const [key, { timeZone, minimum, maximum, ...at }] of Object.entries(schedule ?? {})) {
      new AppautoscalingScheduledAction(this, `schedule-${key}:${serviceKey}_${key}`, {
        name: scheduledLimitsName(serviceName, key),
        serviceNamespace: scalable.serviceNamespace,
        scalableDimension: scalable.scalableDimension,
        resourceId: scalable.resourceId,
        schedule: cronOf(at),
        timezone: timeZone,
        scalableTargetAction: { minCapacity: String(minimum), maxCapacity: String(maximum) },
      });
    }

    const track = (metric: string, tracking: Omit<Tracking, "scaleInCooldown" | "scaleOutCooldown">) =>
      new AppautoscalingPolicy(this, `${metric}:${serviceKey}_${metric}`, {
        name: scalingPolicyName(serviceName, metric),
        policyType: "TargetTrackingScaling",
        serviceNamespace: scalable.serviceNamespace,
        scalableDimension: scalable.scalableDimension,
        resourceId: scalable.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          ...tracking,
          scaleOutCooldown: autoscaling.scaleOutCooldownSeconds,
          scaleInCooldown: autoscaling.scaleInCooldownSeconds,
        },
      });
    const trackUse = (
      metric: string,
      targetValue: number | undefined,
      predefinedMetricSpecification: NonNullable<Tracking["predefinedMetricSpecification"]>,
    ) => targetValue !== undefined && track(metric, { targetValue, predefinedMetricSpecification });
    const trackMetrics = (metric: string, { targetValue, metrics }: TrackedMetrics) =>
      track(metric, { targetValue, customizedMetricSpecification: { metrics } });

    trackUse("cpu", cpuPercent, { predefinedMetricType: "ECSServiceAverageCPUUtilization" });
    trackUse("memory", memoryPercent, { predefinedMetricType: "ECSServiceAverageMemoryUtilization" });
    if (target) {
      trackUse("requests", requestsPerTarget, {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: `${target.loadBalancerArnSuffix}/${target.targetGroupArnSuffix}`,
      });
    }
    const scaled = { clusterName, serviceName, restsAtZero: restsAtZero({ autoscaling }) };
    if (autoscaling.responseTime && target) {
      trackMetrics("response-time", responseTime(autoscaling.responseTime, target));
    }
    if (autoscaling.queueDepth && queueName !== undefined) {
      trackMetrics("queue", queueDepth(autoscaling.queueDepth, queueName, scaled));
    }
    if (autoscaling.metric) {
      trackMetrics("metric", ownMetric(autoscaling.metric, scaled));
    }
  }
}
