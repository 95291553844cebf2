// What AWS says of a file system: how it is kept, who may come, where it is found, and by whose rules.
import {
  DescribeAccessPointsCommand,
  DescribeBackupPolicyCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeLifecycleConfigurationCommand,
  DescribeMountTargetSecurityGroupsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
} from "@aws-sdk/client-efs";
import { CREDENTIALS, REGION } from "./child-environment";
import { ec2Client, findVpc, type ObservedRule, securityGroupNames, securityGroupRules } from "./ec2";

/** How many file systems there are of a name: none, or one. */
export async function fileSystemsNamed(endpoint: string, CreationToken: string): Promise<number> {
  const efs = new EFSClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  try {
    return (await efs.send(new DescribeFileSystemsCommand({ CreationToken }))).FileSystems?.length ?? 0;
  } finally {
    efs.destroy();
  }
}

/**
 * One file system, found by its creation token.
 * @param vpc the VPC's Name tag
 */
export async function readFileSystem(endpoint: string, CreationToken: string, vpc: string) {
  const efs = new EFSClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const ec2 = ec2Client(endpoint);
  try {
    const { FileSystems = [] } = await efs.send(new DescribeFileSystemsCommand({ CreationToken }));
    const [fileSystem] = FileSystems;
    const { FileSystemId } = fileSystem ?? {};
    const of = { FileSystemId };
    const { LifecyclePolicies } = await efs.send(new DescribeLifecycleConfigurationCommand(of));
    const { BackupPolicy } = await efs.send(new DescribeBackupPolicyCommand(of));
    const { Policy = "{}" } = await efs.send(new DescribeFileSystemPolicyCommand(of));
    const { AccessPoints = [] } = await efs.send(new DescribeAccessPointsCommand(of));
    const { MountTargets = [] } = await efs.send(new DescribeMountTargetsCommand(of));
    const vpcId = (await findVpc(ec2, vpc)) ?? "";
    const names = await securityGroupNames(ec2, vpcId);
    const mountTargets: Record<string, readonly string[]> = {};
    for (const { MountTargetId, AvailabilityZoneName = "" } of MountTargets) {
      const groups = await efs.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
      mountTargets[AvailabilityZoneName] = (groups.SecurityGroups ?? []).map((id) => names.get(id) ?? id);
    }
    const rules = await securityGroupRules(ec2, vpcId);
    return {
      fileSystem,
      lifecycle: LifecyclePolicies,
      backup: BackupPolicy?.Status,
      statements: JSON.parse(Policy).Statement,
      accessPoints: AccessPoints.map(({ AccessPointArn, PosixUser, RootDirectory }) => ({
        AccessPointArn,
        PosixUser,
        RootDirectory,
      })),
      /** Names of groups, by zone. */
      mountTargets,
      /** Every rule of the VPC on NFS's port. */
      rules: rules.filter(({ fromPort }) => fromPort === 2049).map(ruleText),
    };
  } finally {
    efs.destroy();
    ec2.destroy();
  }
}

function ruleText({ group, direction, peer, toPort, description }: ObservedRule): string {
  return `${group} ${direction === "ingress" ? "<-" : "->"} ${peer} ${toPort}: ${description}`;
}
