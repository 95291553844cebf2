// A Fargate task: its size, its roles, its containers and the volumes that they find.
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Service } from "../schema/service";
import type { Container } from "./container";
import { type FileMount, fileVolumes } from "./file-mounts";

export interface TaskDefinitionProps {
  /** The resource's name in Terraform. */
  readonly resourceName: string;
  /** The name that all revisions share. */
  readonly family: string;
  readonly size: Pick<Service, "cpu" | "memory" | "architecture"> & {
    readonly ephemeralStorageGib?: Service["ephemeralStorageGib"];
  };
  readonly executionRoleArn: string;
  /** The role that what runs in it has. Default: none. */
  readonly taskRoleArn?: string | undefined;
  /** The first one is what the task is for. */
  readonly containers: readonly [Container, ...Container[]];
  /** The names of all volumes that they find, besides shared files. */
  readonly volumes: readonly string[];
  /** The shared files that they find. Default: none. */
  readonly mounts?: readonly FileMount[] | undefined;
  /**
   * Whether replaced revisions stay registered. A service needs them to roll back to; they cost nothing, and remain
   * after a destroy.
   */
  readonly keepRevisions: boolean;
}

export class TaskDefinition extends Construct {
  /** The ARN with its revision. */
  readonly arn: string;
  readonly family: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { resourceName, family, size, executionRoleArn, taskRoleArn, containers, keepRevisions } = props;
    const { cpu, memory, architecture, ephemeralStorageGib } = size;

    const definition = new EcsTaskDefinition(this, `definition:${resourceName}`, {
      family,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(cpu),
      memory: String(memory),
      ...(ephemeralStorageGib !== undefined && { ephemeralStorage: { sizeInGib: ephemeralStorageGib } }),
      runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: "LINUX" },
      executionRoleArn,
      ...(taskRoleArn !== undefined && { taskRoleArn }),
      containerDefinitions: Fn.jsonencode([...containers]),
      volume: [...props.volumes.map((name) => ({ name })), ...fileVolumes(props.mounts)],
      skipDestroy: keepRevisions,
    });

    this.arn = definition.arn;
    this.family = definition.family;
  }
}
