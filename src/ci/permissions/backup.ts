// AWS Backup: the vaults, here and in the second region, and the plan that fills them.
import { actions, type PermissionsOf } from "../grant";

export const backup: PermissionsOf = (scope) => {
  const { names, backup } = scope.environment;
  if (!backup) {
    return undefined;
  }
  const vaults = scope.regions.map(
    (each) => `arn:aws:backup:${each}:${scope.account}:backup-vault:${names.backup}`,
  );
  const plans = [scope.arn("backup", "backup-plan:*")];
  return {
    grants: [
      {
        sid: "ReadBackups",
        access: "read",
        actions: actions("backup", [
          "DescribeBackupVault",
          "GetBackupPlan",
          "GetBackupSelection",
          "ListTags",
        ]),
        resources: [...vaults, ...plans],
        boundaryResources: ["*"],
      },
      {
        sid: "OwnVaults",
        access: "write",
        actions: actions("backup", [
          "CreateBackupVault",
          "DeleteBackupVault",
          "TagResource",
          "UntagResource",
        ]),
        resources: vaults,
      },
      {
        // A vault is made with a store of its own, for which IAM knows no resource: "Access control", AWS Backup
        // developer guide.
        sid: "MountVaults",
        access: "write",
        actions: ["backup-storage:MountCapsule"],
        resources: ["*"],
      },
      {
        sid: "NewBackupPlan",
        access: "write",
        actions: actions("backup", ["CreateBackupPlan", "TagResource"]),
        resources: plans,
        tag: "untagged",
      },
      {
        sid: "OwnBackupPlan",
        access: "write",
        actions: actions("backup", [
          "CreateBackupSelection",
          "DeleteBackupPlan",
          "DeleteBackupSelection",
          "TagResource",
          "UntagResource",
          "UpdateBackupPlan",
        ]),
        resources: plans,
        tag: "own",
      },
    ],
    own: vaults,
  };
};
