// A container beside a service's own: its image, with the tag as a variable, and what ECS is told of it.
import { Construct } from "constructs";
import type { Sidecar as SidecarConfig } from "../schema/sidecar";
import type { ContainerSecret } from "../secrets/container-secret";
import { type Container, type ContainerProps, containerDefinition } from "./container";
import { healthCheckByCommand } from "./container-health-check";
import { ContainerImage } from "./container-image";
import type { FileMount } from "./file-mounts";
import type { VolumeSource } from "./shared-volumes";

/** What a container is given besides what its section says. */
export interface ContainerInputs {
  /** All its plain variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that ECS reads from Secrets Manager and Parameter Store. */
  readonly secrets: readonly ContainerSecret[];
  /** The ARN of the secret that ECS logs in to the image's registry with. Default: none. */
  readonly imageCredentialsArn?: string | undefined;
  /** The shared files that it finds. Default: none. */
  readonly mounts?: readonly FileMount[] | undefined;
}

export interface SidecarProps
  extends ContainerInputs,
    Pick<ContainerProps, "executeCommand" | "region" | "logGroupName"> {
  /** The key of its service. */
  readonly serviceKey: string;
  /** Its name. */
  readonly name: string;
  /** What its image's variable is called after: `web-nginx`. */
  readonly key: string;
  readonly sidecar: SidecarConfig;
}

export class Sidecar extends Construct {
  /** Its definition. */
  readonly container: Container;
  /** The volumes that it finds. */
  readonly volumes: VolumeSource;
  /** Its image without the tag. */
  readonly repository: string;

  constructor(scope: Construct, id: string, props: SidecarProps) {
    super(scope, id);
    const { serviceKey, name, key, sidecar, executeCommand } = props;
    const { entryPoint, command, user, port, healthCheck, essential, dependsOn, stopTimeoutSeconds } =
      sidecar;
    const { cpu, memory, memoryReservation } = sidecar;
    const image = new ContainerImage(this, "image", {
      key,
      who: `${name}, beside the service ${serviceKey},`,
      image: sidecar.image,
    });
    this.volumes = {
      writablePaths: sidecar.writablePaths,
      sharedVolumes: sidecar.sharedVolumes,
      executeCommand,
      sidecar: name,
    };
    this.container = containerDefinition({
      ...this.volumes,
      name,
      image: image.uri,
      imageCredentialsArn: props.imageCredentialsArn,
      user,
      entryPoint,
      command,
      environment: props.environment,
      mounts: props.mounts,
      secrets: props.secrets,
      share: {
        ...(cpu !== undefined && { cpu }),
        ...(memory !== undefined && { memory }),
        ...(memoryReservation !== undefined && { memoryReservation }),
      },
      stopTimeoutSeconds,
      region: props.region,
      logGroupName: props.logGroupName,
      logStreamPrefix: "ecs",
      port,
      healthCheck: healthCheck && healthCheckByCommand(healthCheck),
      essential,
      dependsOn,
    });
    this.repository = image.repository;
  }
}
