// A plan of AWS Backup: saves a data store on a schedule, and copies what it has saved to another region.
import { BackupPlan as AwsBackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { trustDocument } from "../iam/policy-document";
import type { Backup } from "../schema/backup";
import { accountIdOf } from "../terraform/account";
import type { BackupVault } from "./backup-vault";

/** What AWS Backup needs to save and to copy; to restore, it takes another role. */
export const BACKUP_POLICY = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup";

/** Minutes within which a backup starts, the fewest that AWS Backup takes: BackupRuleInput API reference. */
const START_MINUTES = 60;
/** Minutes within which it ends, or is given up. */
const COMPLETION_MINUTES = 480;

export interface BackupPlanProps {
  /** The name of the plan, of the selection and of the role. */
  readonly name: string;
  readonly backup: Backup;
  readonly vault: BackupVault;
  /** The vault of the second region. Default: no copies. */
  readonly copyVault?: BackupVault | undefined;
  /** ARNs of what is saved. */
  readonly resourceArns: readonly string[];
}

/** A plan, what it is for, and the role by which AWS Backup carries it out. */
export class BackupPlan extends Construct {
  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const { name, backup, vault, copyVault } = props;
    const { copyTo } = backup;
    const plan = new AwsBackupPlan(this, "plan:database", {
      name,
      rule: [
        {
          ruleName: "scheduled",
          targetVaultName: vault.name,
          schedule: backup.schedule,
          startWindow: START_MINUTES,
          completionWindow: COMPLETION_MINUTES,
          lifecycle: { deleteAfter: backup.retentionDays },
          ...(copyTo &&
            copyVault && {
              copyAction: [
                { destinationVaultArn: copyVault.arn, lifecycle: { deleteAfter: copyTo.retentionDays } },
              ],
            }),
        },
      ],
      tags: { Name: name },
    });
    const { role, permissions } = this.role(name);
    new BackupSelection(this, "selection:database", {
      name,
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: [...props.resourceArns],
      dependsOn: [permissions],
    });
  }

  private role(name: string): { readonly role: IamRole; readonly permissions: IamRolePolicyAttachment } {
    const role = new IamRole(this, "role:backup", {
      name,
      description: `Saves what the backup plan ${name} names`,
      assumeRolePolicy: trustDocument({
        principal: { Service: "backup.amazonaws.com" },
        // Without it, a plan of another account could be made to use this role ("confused deputy").
        conditions: { StringEquals: { "aws:SourceAccount": accountIdOf(this) } },
      }),
      tags: { Name: name },
    });
    const permissions = new IamRolePolicyAttachment(this, "permissions:backup", {
      role: role.name,
      policyArn: BACKUP_POLICY,
    });
    return { role, permissions };
  }
}
