// The file systems as the account has them, each found by its creation token, with what leads to them.
import {
  DescribeMountTargetSecurityGroupsCommand,
  EFSClient,
  type FileSystemDescription,
  type MountTargetDescription,
  paginateDescribeFileSystems,
  paginateDescribeMountTargets,
} from "@aws-sdk/client-efs";
import type { Environment } from "../../model/environment";
import type { AwsSession } from "../aws/session";

/** A file system, with its address in each zone: only these know their security groups. */
export interface LiveFileSystem {
  readonly fileSystem: FileSystemDescription;
  readonly mountTargets: readonly {
    readonly target: MountTargetDescription;
    /** IDs. */
    readonly securityGroups: readonly string[];
  }[];
}

/** The file system of this creation token; `undefined` where there is none. */
export async function fileSystemNamed(
  aws: AwsSession,
  name: string,
): Promise<FileSystemDescription | undefined> {
  const client = aws.client(EFSClient);
  for await (const { FileSystems = [] } of paginateDescribeFileSystems({ client }, { CreationToken: name })) {
    const [found] = FileSystems.filter(({ LifeCycleState }) => LifeCycleState !== "deleted");
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** Those that exist, by the environment's key. */
export async function liveFileSystems(
  aws: AwsSession,
  { names }: Pick<Environment, "names">,
): Promise<ReadonlyMap<string, LiveFileSystem>> {
  const found = await Promise.all(
    Object.entries(names.fileSystems).map(async ([key, name]) => {
      const fileSystem = await fileSystemNamed(aws, name);
      return fileSystem
        ? [[key, { fileSystem, mountTargets: await mountTargetsOf(aws, fileSystem) }] as const]
        : [];
    }),
  );
  return new Map(found.flat());
}

/** One that is on its way out does not count. */
async function mountTargetsOf(
  aws: AwsSession,
  { FileSystemId }: Pick<FileSystemDescription, "FileSystemId">,
): Promise<LiveFileSystem["mountTargets"]> {
  const client = aws.client(EFSClient);
  const targets: MountTargetDescription[] = [];
  for await (const { MountTargets = [] } of paginateDescribeMountTargets({ client }, { FileSystemId })) {
    targets.push(...MountTargets.filter(({ LifeCycleState }) => !/^delet/.test(LifeCycleState ?? "")));
  }
  return Promise.all(
    targets.map(async (target) => {
      const { MountTargetId } = target;
      const answer = await client.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
      return { target, securityGroups: answer.SecurityGroups ?? [] };
    }),
  );
}
