// A vault of AWS Backup, in which it keeps what it has saved.
import { BackupVault as AwsBackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface BackupVaultProps {
  /** What it is called in Terraform, such as `database`. */
  readonly resourceName: string;
  readonly name: string;
  /**
   * The KMS key of the vault, in its region. A copy from another region is encrypted with it; a backup of RDS in the
   * database's own region has the database's key: "Encryption for backups in AWS Backup", AWS Backup developer guide.
   *
   * @default - AWS Backup's own, `aws/backup`, which takes no copies of RDS
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * The provider of the vault's region.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** An encrypted vault. It is never emptied by Terraform: destroying it fails while there are backups in it. */
export class BackupVault extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BackupVaultProps) {
    super(scope, id);
    const { resourceName, name, kmsKeyArn, provider } = props;
    const vault = new AwsBackupVault(this, `vault:${resourceName}`, {
      name,
      forceDestroy: false,
      ...(kmsKeyArn !== undefined && { kmsKeyArn }),
      tags: { Name: name },
      ...(provider && { provider }),
    });
    this.name = vault.name;
    this.arn = vault.arn;
  }
}
