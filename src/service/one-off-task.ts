// A command that runs once beside a service, such as a migration: the service's container without port or health check.

import { Construct } from "constructs";
import { oneOffFamily } from "../model/names/services";
import { oneOffResource } from "../model/names/terraform";
import type { OneOffCommand } from "../model/services";
import { type ContainerProps, containerDefinition } from "./container";
import { volumesOf } from "./shared-volumes";
import { TaskDefinition, type TaskDefinitionProps } from "./task-definition";

export interface OneOffTaskProps
  extends Pick<TaskDefinitionProps, "size" | "executionRoleArn" | "taskRoleArn"> {
  /** The service's key; names the resource in Terraform. */
  readonly serviceKey: string;
  /** What the task is called: the last part of its family, and what its log streams begin with. */
  readonly name: string;
  /** What it runs, instead of the image's command, and what starts that. */
  readonly command: OneOffCommand;
  /** The family of the service's own task definition. */
  readonly serviceFamily: string;
  /** The service's container. */
  readonly container: Omit<
    ContainerProps,
    "entryPoint" | "command" | "logStreamPrefix" | "port" | "healthCheck" | "dependsOn"
  >;
}

export class OneOffTask extends Construct {
  /** The ARN with its revision. */
  readonly arn: string;
  /** What `aws ecs run-task --task-definition` takes for the newest revision. */
  readonly family: string;

  constructor(scope: Construct, id: string, props: OneOffTaskProps) {
    super(scope, id);
    const { serviceKey, name, command, serviceFamily, container, size, executionRoleArn, taskRoleArn } =
      props;
    const definition = new TaskDefinition(this, "task", {
      resourceName: oneOffResource(serviceKey, name),
      family: oneOffFamily(serviceFamily, name),
      size,
      executionRoleArn,
      taskRoleArn,
      containers: [containerDefinition({ ...container, ...command, logStreamPrefix: name })],
      volumes: volumesOf([container]),
      mounts: container.mounts,
      keepRevisions: false,
    });
    this.arn = definition.arn;
    this.family = definition.family;
  }
}
