// Adds and removes tasks so that CPU, memory and requests a task stay near their targets.

import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
} from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";
import { scalingPolicyName } from "../model/names/services";
import type { Service } from "../schema/service";
import type { ScalingLimits } from "./scaling-limits";

/** Seconds between two steps up: about as long as a task takes until it counts. */
const SCALE_OUT_COOLDOWN_SECONDS = 60;
/** Seconds between two steps down: slower, so that a short lull does not cost the capacity for what follows. */
const SCALE_IN_COOLDOWN_SECONDS = 300;

export interface AutoscalingProps {
  /** The service's key; names the resources in Terraform. */
  readonly serviceKey: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly autoscaling: NonNullable<Service["autoscaling"]>;
  /** Between how many tasks. */
  readonly limits: Pick<ScalingLimits, "minimum" | "maximum">;
  /** The load balancer and target group whose requests are counted. Default: requests do not count. */
  readonly target?:
    | {
        /** `app/<name>/<id>` */
        readonly loadBalancerArnSuffix: string;
        /** `targetgroup/<name>/<id>` */
        readonly targetGroupArnSuffix: string;
      }
    | undefined;
}

export class Autoscaling extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalingProps) {
    super(scope, id);
    const { serviceKey, clusterName, serviceName, autoscaling, limits, target } = props;
    const { cpuPercent, memoryPercent, requestsPerTarget } = autoscaling;

    const scalable = new AppautoscalingTarget(this, `target:${serviceKey}`, {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${clusterName}/${serviceName}`,
      minCapacity: limits.minimum,
      maxCapacity: limits.maximum,
    });

    const track = (
      metric: string,
      targetValue: number,
      specification: AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
    ) =>
      new AppautoscalingPolicy(this, `${metric}:${serviceKey}_${metric}`, {
        name: scalingPolicyName(serviceName, metric),
        policyType: "TargetTrackingScaling",
        serviceNamespace: scalable.serviceNamespace,
        scalableDimension: scalable.scalableDimension,
        resourceId: scalable.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: specification,
          scaleOutCooldown: SCALE_OUT_COOLDOWN_SECONDS,
          scaleInCooldown: SCALE_IN_COOLDOWN_SECONDS,
        },
      });

    track("cpu", cpuPercent, { predefinedMetricType: "ECSServiceAverageCPUUtilization" });
    track("memory", memoryPercent, { predefinedMetricType: "ECSServiceAverageMemoryUtilization" });
    if (target) {
      track("requests", requestsPerTarget, {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: `${target.loadBalancerArnSuffix}/${target.targetGroupArnSuffix}`,
      });
    }
  }
}
