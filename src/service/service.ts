// One service of an environment, whole: its logs, its roles, its tasks, and how many of them run.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { RoleStatement } from "../iam/document";
import type { ServiceNames } from "../model/names/resolved";
import { oneOffCommandsOf } from "../model/services";
import { AWS_TASK_LIMITS, type TaskLimits } from "../model/task-limits";
import { LogGroup } from "../observability/log-group";
import type { Service as ServiceConfig } from "../schema/service";
import type { SecretSource } from "../secrets/container-secret";
import { accountIdOf } from "../terraform/account";
import { Autoscaling } from "./autoscaling";
import type { Cluster } from "./cluster";
import { containerDefinition } from "./container";
import { containerHealthCheck } from "./container-health-check";
import { ContainerImage } from "./container-image";
import { ExecutionRole } from "./execution-role";
import { FargateService } from "./fargate-service";
import type { FileMount } from "./file-mounts";
import { OneOffTask, type OneOffTaskProps } from "./one-off-task";
import { ScalingLimits } from "./scaling-limits";
import { volumesOf } from "./shared-volumes";
import { type ContainerInputs, Sidecar, type SidecarProps } from "./sidecar";
import { TaskDefinition } from "./task-definition";
import { execStatements, TaskRole } from "./task-role";

/** Where the load balancer sends a service's requests. */
export interface ServiceTarget {
  readonly targetGroupArn: string;
  /** Seconds after a task's start in which the load balancer's verdict does not count. */
  readonly healthCheckGraceSeconds: number;
  /** `targetgroup/<name>/<id>` */
  readonly targetGroupArnSuffix: string;
  /** `app/<name>/<id>` */
  readonly loadBalancerArnSuffix: string;
  /** The listeners that forward to the target group: ECS refuses a group that no load balancer uses yet. */
  readonly listeners: readonly ITerraformDependable[];
}

export interface ServiceProps extends ContainerInputs {
  /** The service's key in the environment: also the container's name. */
  readonly serviceKey: string;
  readonly service: ServiceConfig;
  readonly names: ServiceNames;
  readonly region: string;
  readonly cluster: Pick<Cluster, "arn" | "name" | "sessionLogGroupArn" | "capacityProviders">;
  readonly subnetIds: readonly string[];
  /** Whether tasks get a public address: only where there is no NAT gateway. */
  readonly assignPublicIp: boolean;
  /** What must stand before tasks reach what they start from: the Internet, or AWS's APIs. */
  readonly internetAccess: readonly ITerraformDependable[];
  /** The service's one security group. */
  readonly securityGroupId: string;
  /** Default: the load balancer does not reach the service. */
  readonly target?: ServiceTarget | undefined;
  /** What its sidecars are, and are given, by name. Default: it has none. */
  readonly sidecars?: Readonly<Record<string, ServiceSidecar>>;
  /** The ARN of what keeps the private name of its tasks. Default: they have none. */
  readonly registryArn?: string | undefined;
  /** The KMS key of logs and of secrets that the platform makes. Default: AWS's own keys. */
  readonly kmsKeyArn?: string | undefined;
  /** What the application may do in AWS. Default: nothing. */
  readonly taskPolicyStatements?: readonly RoleStatement[] | undefined;
  /** What SQS calls the queue that autoscaling goes by. Default: it goes by none. */
  readonly scalingQueueName?: string | undefined;
  /** What may be asked of the limits of autoscaling when Terraform is applied. Default: what AWS takes. */
  readonly taskLimits?: TaskLimits | undefined;
}

/** A container beside the service's own. */
export interface ServiceSidecar extends ContainerInputs, Pick<SidecarProps, "key" | "sidecar"> {}

export class Service extends Construct {
  /** The service's key in the environment: also the container's name. */
  readonly key: string;
  /** The service in ECS. */
  readonly ecsService: FargateService;
  /** What its tasks are made from. */
  readonly taskDefinition: TaskDefinition;
  /** The commands that run once, by name. */
  readonly oneOffTasks: Readonly<Record<string, OneOffTask>>;
  /** The role that ECS itself uses to start a task. */
  readonly executionRole: ExecutionRole;
  /** The role that the application has. */
  readonly taskRole: TaskRole;
  /** Where the containers' output goes. */
  readonly logGroup: LogGroup;
  /** The service's one security group. */
  readonly securityGroupId: string;
  /** Where the load balancer sends its requests; `undefined` where it does not reach the service. */
  readonly target: ServiceTarget | undefined;
  /** How many tasks run, and when; `undefined` where their number is fixed. */
  readonly autoscaling: Autoscaling | undefined;

  /** Throws where a variable of a container is given both in plain and as a secret: ECS would refuse the task definition. */
  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    const { serviceKey, service, names, region, cluster, target, environment, secrets, kmsKeyArn } = props;
    const { sidecars: sidecarProps = {} } = props;
    const beside = Object.values(sidecarProps);
    for (const inputs of [props, ...beside]) {
      for (const { name } of inputs.secrets) {
        if (Object.hasOwn(inputs.environment, name)) {
          throw new Error(`${this.node.path}: ${name} is both a plain variable and a secret; keep one.`);
        }
      }
    }

    const image = new ContainerImage(this, "image", {
      key: serviceKey,
      who: `the service ${serviceKey}`,
      image: service.image,
    });
    const logs = new LogGroup(this, "logs", {
      resourceName: `service-${serviceKey}`,
      name: names.logGroup,
      retentionDays: service.logRetentionDays,
      kmsKeyArn,
    });
    const sidecars = Object.entries(sidecarProps).map(
      ([name, sidecar]) =>
        new Sidecar(this, `sidecar-${name}`, {
          ...sidecar,
          serviceKey,
          name,
          executeCommand: service.executeCommand,
          region,
          logGroupName: logs.name,
        }),
    );
    const mounts: readonly FileMount[] = [props, ...beside].flatMap((inputs) => inputs.mounts ?? []);
    const own = { serviceKey, region, accountId: accountIdOf(this) };
    const executionRole = new ExecutionRole(this, "execution-role", {
      ...own,
      name: names.executionRole,
      repositories: [image, ...sidecars].map(({ repository }) => repository),
      logGroupArn: logs.arn,
      secrets: [props, ...beside].flatMap(secretSources),
      kmsKeyArn,
    });
    const taskRole = new TaskRole(this, "task-role", {
      ...own,
      name: names.taskRole,
      statements: [
        ...(service.executeCommand ? execStatements(cluster.sessionLogGroupArn) : []),
        ...(props.taskPolicyStatements ?? []),
      ],
    });

    const container: OneOffTaskProps["container"] = {
      name: serviceKey,
      image: image.uri,
      environment,
      secrets,
      imageCredentialsArn: props.imageCredentialsArn,
      writablePaths: service.writablePaths,
      sharedVolumes: service.sharedVolumes,
      mounts: props.mounts,
      ulimits: service.ulimits,
      executeCommand: service.executeCommand,
      stopTimeoutSeconds: service.stopTimeoutSeconds,
      region,
      logGroupName: logs.name,
    };
    const task = { size: service, executionRoleArn: executionRole.arn, taskRoleArn: taskRole.arn };
    const definition = new TaskDefinition(this, "task", {
      ...task,
      resourceName: serviceKey,
      family: names.taskDefinition,
      containers: [
        containerDefinition({
          ...container,
          entryPoint: service.entryPoint,
          command: service.command,
          logStreamPrefix: "ecs",
          port: service.port,
          healthCheck: containerHealthCheck(service, allowedHosts(service, environment)),
          dependsOn: service.dependsOn,
        }),
        ...sidecars.map((sidecar) => sidecar.container),
      ],
      volumes: volumesOf([container, ...sidecars.map(({ volumes }) => volumes)]),
      mounts,
      keepRevisions: true,
    });
    this.oneOffTasks = Object.fromEntries(
      Object.entries(oneOffCommandsOf(service)).map(([name, command]) => [
        name,
        new OneOffTask(this, `one-off-${name}`, {
          ...task,
          serviceKey,
          name,
          command,
          serviceFamily: names.taskDefinition,
          container,
        }),
      ]),
    );

    const { autoscaling, desiredCount } = service;
    const limits =
      autoscaling &&
      new ScalingLimits(this, "scaling-limits", {
        serviceKey,
        autoscaling,
        admitted: props.taskLimits ?? AWS_TASK_LIMITS,
      });
    const ecsService = new FargateService(this, "service", {
      serviceKey,
      name: names.service,
      service: { ...service, desiredCount: limits?.within(desiredCount) ?? desiredCount },
      clusterArn: cluster.arn,
      taskDefinitionArn: definition.arn,
      subnetIds: props.subnetIds,
      assignPublicIp: props.assignPublicIp,
      securityGroupId: props.securityGroupId,
      target,
      registryArn: props.registryArn,
      dependsOn: [
        cluster.capacityProviders,
        executionRole.permissions,
        taskRole.permissions,
        ...(target?.listeners ?? []),
        ...props.internetAccess,
        ...mounts.flatMap(({ fileSystem }) => fileSystem.access),
      ],
    });
    this.autoscaling =
      autoscaling &&
      limits &&
      new Autoscaling(this, "autoscaling", {
        serviceKey,
        clusterName: cluster.name,
        serviceName: ecsService.name,
        autoscaling,
        limits,
        target,
        queueName: props.scalingQueueName,
      });

    this.key = serviceKey;
    this.ecsService = ecsService;
    this.taskDefinition = definition;
    this.executionRole = executionRole;
    this.taskRole = taskRole;
    this.logGroup = logs;
    this.securityGroupId = props.securityGroupId;
    this.target = target;
  }
}

/** What the role that starts tasks reads for a container: its secrets, and its registry's. */
function secretSources({ secrets, imageCredentialsArn }: ContainerInputs): SecretSource[] {
  return [
    ...secrets.map(({ source }) => source),
    ...(imageCredentialsArn === undefined
      ? []
      : [{ service: "secretsmanager" as const, arn: imageCredentialsArn }]),
  ];
}

/** Django's ALLOWED_HOSTS, under whatever name it reads them. */
function allowedHosts(
  { bindings }: Pick<ServiceConfig, "bindings">,
  variables: Readonly<Record<string, string>>,
): string | undefined {
  const [name = ""] = Object.keys(bindings).filter((one) => bindings[one] === "django.allowedHosts");
  return variables.ALLOWED_HOSTS ?? variables[name];
}
