// Shared files: a file system on EFS, encrypted, with an address in each zone, open to roles by its access point alone.
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Statement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";
import { denyPlainHttp } from "../iam/statements";
import type { FileSystem } from "../schema/file-systems";
import { explain } from "../terraform/notes";

/** The folder of the file system that services see: EFS makes it, and gives it to the owner, when it is first mounted. */
const ROOT = "/files";

export interface SharedFilesProps {
  /** What it is called in Terraform: its key in the environment. */
  readonly resourceName: string;
  /** Its Name tag, and its creation token: an account has one of each in a region. */
  readonly name: string;
  /** The environment's section on it. */
  readonly fileSystem: FileSystem;
  /** The subnets of its addresses, by zone. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** The group that says who may connect. */
  readonly securityGroupId: string;
  /**
   * The KMS key of its files. Another key means another file system.
   *
   * @default - EFS's own key
   */
  readonly kmsKeyArn?: string | undefined;
  /** Whether AWS Backup saves it every day by EFS's own plan, where it is backed up at all: there is no other plan. */
  readonly dailyBackups: boolean;
}

export class SharedFiles extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly accessPointId: string;
  readonly accessPointArn: string;
  /** The security group that says who may connect. */
  readonly securityGroupId: string;
  /** Whether copies of it are kept, by whichever plan. */
  readonly isBackedUp: boolean;
  /** What must stand before a task can mount it. */
  readonly access: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SharedFilesProps) {
    super(scope, id);
    const { resourceName, name, fileSystem, subnetIds, securityGroupId, kmsKeyArn, dailyBackups } = props;
    const { owner, throughput, infrequentAccessAfterDays: days, backup } = fileSystem;
    const files = new EfsFileSystem(this, `file-system:${resourceName}`, {
      creationToken: name,
      encrypted: true,
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
      // The other mode is slower at every single operation, and AWS advises against it.
      performanceMode: "generalPurpose",
      throughputMode: throughput,
      ...(days !== false && {
        lifecyclePolicy: [
          { transitionToIa: `AFTER_${days}_${days === 1 ? "DAY" : "DAYS"}` },
          { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
        ],
      }),
      tags: { Name: name },
    });
    new EfsBackupPolicy(this, `backup:${resourceName}`, {
      fileSystemId: files.id,
      backupPolicy: { status: backup && dailyBackups ? "ENABLED" : "DISABLED" },
    });
    const policy = new EfsFileSystemPolicy(this, `policy:${resourceName}`, {
      fileSystemId: files.id,
      policy: policyDocument(refusals(files.arn)),
    });
    explain(
      policy,
      "It lets nobody in, and so EFS asks IAM: a role may mount that its own policy lets. Without it, whoever reaches the address may.",
    );
    const mountTargets = Object.entries(subnetIds).map(
      ([zone, subnetId]) =>
        new EfsMountTarget(this, `mount-target-${zone}:${resourceName}-${zone}`, {
          fileSystemId: files.id,
          subnetId,
          securityGroups: [securityGroupId],
          dependsOn: [policy],
        }),
    );
    const accessPoint = new EfsAccessPoint(this, `access-point:${resourceName}`, {
      fileSystemId: files.id,
      posixUser: { uid: owner.uid, gid: owner.gid },
      rootDirectory: {
        path: ROOT,
        creationInfo: { ownerUid: owner.uid, ownerGid: owner.gid, permissions: "0750" },
      },
      tags: { Name: name },
      // Tasks that run go on by the former one, until they end; new ones start by the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = files.id;
    this.arn = files.arn;
    this.accessPointId = accessPoint.id;
    this.accessPointArn = accessPoint.arn;
    this.securityGroupId = securityGroupId;
    this.isBackedUp = backup;
    this.access = [policy, ...mountTargets];
  }
}

/** What nobody may, whatever a role's policy says: "Working with file system policies", Amazon EFS user guide. */
function refusals(arn: string): Statement[] {
  const deny = { effect: "Deny", principal: "*", resources: [arn] } as const;
  return [
    denyPlainHttp("DenyPlainNfs", "elasticfilesystem:*", [arn]),
    { ...deny, sid: "DenyRoot", actions: ["elasticfilesystem:ClientRootAccess"] },
    {
      ...deny,
      sid: "DenyPastAccessPoints",
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      conditions: { Null: { "elasticfilesystem:AccessPointArn": "true" } },
    },
  ];
}
