// How many tasks an ECS service wants, and what may change that: Application Auto Scaling.
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";
import type { Scale, ScaleEntry, Suspension } from "./journal";

/** Names of an ECS cluster and of a service there. */
export type ServiceId = Pick<ScaleEntry, "cluster" | "service">;

function targetOf({ cluster, service }: ServiceId) {
  return {
    ServiceNamespace: "ecs",
    ScalableDimension: "ecs:service:DesiredCount",
    ResourceId: `service/${cluster}/${service}`,
  } as const;
}

/** The service's scale as it is now; `undefined` where there is no such service. */
export async function scaleOf(aws: AwsSession, id: ServiceId): Promise<Scale | undefined> {
  const answer = await unlessAbsent(
    aws.client(ECSClient).send(new DescribeServicesCommand({ cluster: id.cluster, services: [id.service] })),
    "ClusterNotFoundException",
  );
  const service = answer?.services?.find(({ status }) => status === "ACTIVE");
  if (service === undefined) {
    return undefined;
  }
  const { ServiceNamespace, ScalableDimension, ResourceId } = targetOf(id);
  // Names identify one target at most, so there is one page.
  const { ScalableTargets = [] } = await aws
    .client(ApplicationAutoScalingClient)
    .send(
      new DescribeScalableTargetsCommand({ ServiceNamespace, ScalableDimension, ResourceIds: [ResourceId] }),
    );
  const [target] = ScalableTargets;
  return {
    desiredCount: service.desiredCount ?? 0,
    suspended:
      target === undefined
        ? null
        : {
            dynamicScalingIn: target.SuspendedState?.DynamicScalingInSuspended ?? false,
            dynamicScalingOut: target.SuspendedState?.DynamicScalingOutSuspended ?? false,
            scheduledScaling: target.SuspendedState?.ScheduledScalingSuspended ?? false,
          },
  };
}

/** Says how many tasks the service wants. */
export async function setDesiredCount(
  aws: AwsSession,
  { cluster, service }: ServiceId,
  desiredCount: number,
): Promise<void> {
  await aws.client(ECSClient).send(new UpdateServiceCommand({ cluster, service, desiredCount }));
}

/** Says what is suspended at the service's scalable target, and leaves the rest of the target as it is. */
export async function setSuspension(aws: AwsSession, id: ServiceId, suspension: Suspension): Promise<void> {
  await aws.client(ApplicationAutoScalingClient).send(
    new RegisterScalableTargetCommand({
      ...targetOf(id),
      SuspendedState: {
        DynamicScalingInSuspended: suspension.dynamicScalingIn,
        DynamicScalingOutSuspended: suspension.dynamicScalingOut,
        ScheduledScalingSuspended: suspension.scheduledScaling,
      },
    }),
  );
}
