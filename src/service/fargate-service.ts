// The ECS service: keeps the tasks running, puts them behind the load balancer, and rolls a failed deployment back.
import { EcsService, type EcsServiceCapacityProviderStrategy } from "@cdktf/provider-aws/lib/ecs-service";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { targetPort } from "../model/containers";
import { deploymentOf } from "../model/services";
import type { Service } from "../schema/service";
import { explain } from "../terraform/notes";

export interface FargateServiceProps {
  /** The service's key: the container's name, and the resource's in Terraform. */
  readonly serviceKey: string;
  readonly name: string;
  readonly service: Pick<
    Service,
    | "port"
    | "targetContainer"
    | "sidecars"
    | "singleton"
    | "desiredCount"
    | "autoscaling"
    | "capacity"
    | "deployment"
    | "executeCommand"
  >;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly subnetIds: readonly string[];
  /** Whether tasks get a public address: only where there is no NAT gateway. */
  readonly assignPublicIp: boolean;
  readonly securityGroupId: string;
  /** The target group that the tasks register with, and the seconds after a task's start in which its verdict does not count. Default: none. */
  readonly target?: { readonly targetGroupArn: string; readonly healthCheckGraceSeconds: number } | undefined;
  /** The ARN of what keeps the tasks' private name. Default: they have none. */
  readonly registryArn?: string | undefined;
  /** What must be there before the first task starts. */
  readonly dependsOn: readonly ITerraformDependable[];
}

export class FargateService extends Construct {
  /** The service's name in ECS. */
  readonly name: string;
  /** The service's ARN. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { serviceKey, service, target } = props;
    const { targetContainer = serviceKey, desiredCount, autoscaling, capacity } = service;
    const port = targetPort(service);
    const { minimumHealthyPercent, maximumPercent } = deploymentOf(service);

    const ecsService = new EcsService(this, `service:${serviceKey}`, {
      name: props.name,
      cluster: props.clusterArn,
      taskDefinition: props.taskDefinitionArn,
      desiredCount,
      capacityProviderStrategy: capacityStrategy(capacity),
      forceNewDeployment: true,
      networkConfiguration: {
        subnets: [...props.subnetIds],
        securityGroups: [props.securityGroupId],
        assignPublicIp: props.assignPublicIp,
      },
      ...(target !== undefined && port !== undefined
        ? {
            loadBalancer: [
              { targetGroupArn: target.targetGroupArn, containerName: targetContainer, containerPort: port },
            ],
            healthCheckGracePeriodSeconds: target.healthCheckGraceSeconds,
          }
        : {}),
      ...(props.registryArn === undefined ? {} : { serviceRegistries: { registryArn: props.registryArn } }),
      deploymentMinimumHealthyPercent: minimumHealthyPercent,
      deploymentMaximumPercent: maximumPercent,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      // It starts a task in another zone before it stops one, and ECS refuses it where there is no room for that:
      // "Balancing an Amazon ECS service across Availability Zones", developer guide.
      availabilityZoneRebalancing: maximumPercent > 100 ? "ENABLED" : "DISABLED",
      enableExecuteCommand: service.executeCommand,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      dependsOn: [...props.dependsOn],
      ...(autoscaling ? { lifecycle: { ignoreChanges: ["desired_count"] } } : {}),
    });

    explain(
      ecsService,
      `${deploymentText(service)} ECS takes another capacity strategy only with new ` +
        "tasks: without force_new_deployment, the provider replaces the service for one (5.x), or refuses to plan it (6.x). It " +
        "does nothing by itself: where nothing changes, Terraform calls nothing." +
        (autoscaling ? " Autoscaling owns the number of tasks, or every apply would undo its work." : ""),
    );
    this.name = ecsService.name;
    this.arn = ecsService.id;
  }
}

/** How tasks are replaced, and why so. */
function deploymentText(service: Pick<Service, "singleton" | "deployment">): string {
  const { minimumHealthyPercent, maximumPercent } = deploymentOf(service);
  if (service.singleton) {
    return "The old task stops before the new one starts: two of them must never run side by side. In between, none runs.";
  }
  return minimumHealthyPercent === 100
    ? "New tasks first, old ones after: a deployment never takes capacity away."
    : `A deployment keeps ${minimumHealthyPercent} percent of the tasks and has ${maximumPercent} percent of them at most.`;
}

/** Leaves a provider out where nothing would ever run on it. */
function capacityStrategy({
  base,
  fargateWeight,
  spotWeight,
}: Service["capacity"]): EcsServiceCapacityProviderStrategy[] {
  return [
    ...(base > 0 || fargateWeight > 0 ? [{ capacityProvider: "FARGATE", base, weight: fargateWeight }] : []),
    ...(spotWeight > 0 ? [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: spotWeight }] : []),
  ];
}
