// A Fargate task of one container: its size, its roles, its writable folders.
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Service } from "../schema/service";
import type { Container } from "./container";
import { writableFolders } from "./writable-folders";

export interface TaskDefinitionProps {
  /** The resource's name in Terraform. */
  readonly resourceName: string;
  /** The name that all revisions share. */
  readonly family: string;
  readonly size: Pick<Service, "cpu" | "memory" | "architecture" | "writablePaths" | "executeCommand"> & {
    readonly ephemeralStorageGib?: Service["ephemeralStorageGib"];
  };
  readonly executionRoleArn: string;
  /** The role that what runs in it has. Default: none. */
  readonly taskRoleArn?: string | undefined;
  readonly container: Container;
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
    const { resourceName, family, size, executionRoleArn, taskRoleArn, container, keepRevisions } = props;
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
      containerDefinitions: Fn.jsonencode([container]),
      volume: writableFolders(size).map(({ volume }) => ({ name: volume })),
      skipDestroy: keepRevisions,
    });

    this.arn = definition.arn;
    this.family = definition.family;
  }
}
