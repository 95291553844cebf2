// Shared files in a task: a volume for each file system, and where each container finds it.
import type { EcsTaskDefinitionVolume } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { RoleStatement } from "../iam/document";
import { sidOf } from "../iam/statements";
import type { SharedFiles } from "../storage/shared-files";
import type { WritableFolder } from "./writable-folders";

/** A place at which a container finds the files of a file system. */
export interface FileMount {
  /** The file system's key in the environment. */
  readonly key: string;
  readonly fileSystem: Pick<SharedFiles, "id" | "arn" | "accessPointId" | "accessPointArn" | "access">;
  readonly path: string;
  readonly readOnly: boolean;
}

/**
 * The volumes of a task, one for each file system, however often it is mounted. Fargate mounts them before any container starts, over
 * TLS and in the name of the task's role.
 */
export function fileVolumes(mounts: readonly FileMount[] = []): EcsTaskDefinitionVolume[] {
  return byFileSystem(mounts).map(([{ key, fileSystem }]) => ({
    name: volumeName(key),
    efsVolumeConfiguration: {
      fileSystemId: fileSystem.id,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId: fileSystem.accessPointId, iam: "ENABLED" },
    },
  }));
}

/** Where a container finds them. */
export function fileFolders(
  mounts: readonly FileMount[] = [],
): (WritableFolder & { readonly readOnly: boolean })[] {
  return mounts.map(({ key, path, readOnly }) => ({ path, readOnly, volume: volumeName(key) }));
}

/** What a task's role needs, by the access point alone: "Using IAM to control access to file systems", Amazon EFS user guide. */
export function mountStatements(mounts: readonly FileMount[] = []): RoleStatement[] {
  return byFileSystem(mounts).map(([{ key, fileSystem }, mountsOfIt]) => ({
    sid: `Mount${sidOf(key)}`,
    actions: [
      "elasticfilesystem:ClientMount",
      ...(mountsOfIt.every(({ readOnly }) => readOnly) ? [] : ["elasticfilesystem:ClientWrite"]),
    ],
    resources: [fileSystem.arn],
    conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": fileSystem.accessPointArn } },
  }));
}

/** The mounts of each file system, the first of them apart. */
function byFileSystem(mounts: readonly FileMount[]): [first: FileMount, all: readonly FileMount[]][] {
  return mounts
    .filter(({ key }, index) => mounts.findIndex((one) => one.key === key) === index)
    .map((first) => [first, mounts.filter(({ key }) => key === first.key)]);
}

/** No other volume is called so: what follows an underscore is a number in a folder's, and in a sidecar's another underscore. */
function volumeName(key: string): string {
  return `efs_${key}`;
}
