// The backups of the database and of shared files in AWS Backup, which outlive the database and, with a copy elsewhere, its region.
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption/encryption-key";
import type { Backup } from "../schema/backup";
import { BackupPlan } from "./backup-plan";
import { BackupVault } from "./backup-vault";

export interface DatabaseBackupProps {
  /** The name of the plan, its role and its vaults. */
  readonly name: string;
  readonly backup: Backup;
  readonly databaseArn: string;
  /** The file systems that are saved with it. Default: none. */
  readonly fileSystemArns?: readonly string[] | undefined;
  /** The KMS key of the vault. Default: AWS Backup's own. */
  readonly kmsKeyArn?: string | undefined;
  /** The provider of the second region; needed where the backups are copied. */
  readonly copyProvider?: TerraformProvider | undefined;
  /** The alias of the key that the copies are encrypted with, which is made in the second region. */
  readonly copyKeyAlias: string;
}

export class DatabaseBackup extends Construct {
  /** The vault's name. */
  readonly vaultName: string;
  /** The ARN of the second region's vault; `undefined` without copies. */
  readonly copyVaultArn: string | undefined;

  constructor(scope: Construct, id: string, props: DatabaseBackupProps) {
    super(scope, id);
    const { name, backup, databaseArn, fileSystemArns = [], kmsKeyArn } = props;
    const vault = new BackupVault(this, "vault", { resourceName: "database", name, kmsKeyArn });
    const copyVault = this.copyVault(props);
    const resourceArns = [databaseArn, ...fileSystemArns];
    new BackupPlan(this, "plan", { name, backup, vault, copyVault, resourceArns });
    this.vaultName = vault.name;
    this.copyVaultArn = copyVault?.arn;
  }

  /**
   * Its key is one of its own even where the environment leaves keys to AWS: a vault's default key, `aws/backup`, cannot
   * encrypt what AWS Backup does not fully manage, RDS among it, and every copy would fail ("Encryption for copies of a
   * backup to a different account or AWS Region", AWS Backup developer guide).
   */
  private copyVault({
    name,
    backup,
    copyProvider: provider,
    copyKeyAlias: alias,
  }: DatabaseBackupProps): BackupVault | undefined {
    if (!backup.copyTo || !provider) {
      return undefined;
    }
    const description = `Copies of ${name}`;
    const resourceName = "database-copies";
    const { arn } = new EncryptionKey(this, "copy-key", { resourceName, alias, description, provider });
    return new BackupVault(this, "copy-vault", { resourceName, name, kmsKeyArn: arn, provider });
  }
}
