// Backups on a schedule, in a vault here and, where it is asked for, in one elsewhere.
import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, Testing } from "cdktf";
import { DatabaseBackup, type DatabaseBackupProps } from "../../src/backup/database-backup";
import { backupSchema } from "../../src/schema/backup";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";
import type { Block } from "../support/synthesized";

Testing.setupJest();

const DATABASE = "arn:aws:rds:eu-west-1:111122223333:db:shop";
const KEYS = "arn:aws:kms:eu-west-1:111122223333:key";

function synth(props: Partial<DatabaseBackupProps> = {}, copyRegion?: string): string {
  return synthScope((scope) => {
    const backup = new DatabaseBackup(scope, "backup", {
      name: "shop-backup",
      backup: backupSchema.parse(
        copyRegion ? { copyTo: { region: copyRegion, retentionDays: 90 } } : { retentionDays: 14 },
      ),
      databaseArn: DATABASE,
      copyKeyAlias: "alias/shop-backup",
      ...(copyRegion && {
        copyProvider: new AwsProvider(scope, "there", { region: copyRegion, alias: copyRegion }),
      }),
      ...props,
    });
    new TerraformOutput(scope, "copy", { value: backup.copyVaultArn ?? "none" });
  });
}

const vaults = (config: string): Block[] => Object.values(JSON.parse(config).resource.aws_backup_vault);

describe("DatabaseBackup", () => {
  const config = synth();

  it("saves the database every day at six, keeps that as long as it is told, and never empties the vault", () => {
    expect(config).toHaveResourceWithProperties(BackupPlan, {
      name: "shop-backup",
      rule: [
        {
          rule_name: "scheduled",
          target_vault_name: "${aws_backup_vault.database.name}",
          schedule: "cron(0 6 * * ? *)",
          start_window: 60,
          completion_window: 480,
          lifecycle: { delete_after: 14 },
        },
      ],
    });
    expect(config).toHaveResourceWithProperties(BackupSelection, { resources: [DATABASE] });
    const files = "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1";
    expect(synth({ fileSystemArns: [files] })).toHaveResourceWithProperties(BackupSelection, {
      resources: [DATABASE, files],
    });
    expect(vaults(config)).toHaveLength(1);
    expect(vaults(config)[0]).toMatchObject({ name: "shop-backup", force_destroy: false });
    expect(vaults(config)[0]).not.toHaveProperty("kms_key_arn");
    expect(JSON.parse(config).output.copy.value).toBe("none");
  });

  it("does so by a role that AWS Backup takes for this account alone, and that cannot restore", () => {
    const { resource } = JSON.parse(config);
    const [role] = Object.values<Block>(resource.aws_iam_role);
    expect(statementsIn(role?.assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "backup.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.current.account_id}" },
        },
      },
    ]);
    expect(config).toHaveResourceWithProperties(IamRole, { name: "shop-backup" });
    expect(Object.keys(resource.aws_iam_role_policy_attachment)).toHaveLength(1);
    expect(config).toHaveResourceWithProperties(IamRolePolicyAttachment, {
      policy_arn: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    });
    expect(resource).not.toHaveProperty("aws_iam_role_policy");
  });

  it("copies to a vault in the second region", () => {
    const copied = synth({}, "us-west-2");
    const [rule] =
      Object.values<{ rule: Block[] }>(JSON.parse(copied).resource.aws_backup_plan)[0]?.rule ?? [];
    expect(rule?.copy_action).toEqual([
      {
        destination_vault_arn: "${aws_backup_vault.database_copies.arn}",
        lifecycle: { delete_after: 90 },
      },
    ]);
    expect(vaults(copied).map(({ provider }) => provider)).toEqual([undefined, "aws.us-west-2"]);
  });

  it("makes no key without copies", () => {
    expect(JSON.parse(config).resource).not.toHaveProperty("aws_kms_key");
  });

  it.each([
    ["AWS Backup's own key", {}, undefined],
    ["a key of the environment's", { kmsKeyArn: `${KEYS}/1` }, `${KEYS}/1`],
  ])("encrypts copies with a key of their own beside %s: aws/backup cannot", (_key, props, here) => {
    const copied = synth(props, "us-west-2");
    expect(vaults(copied).map(({ kms_key_arn }) => kms_key_arn)).toEqual([
      here,
      "${aws_kms_key.database_copies.arn}",
    ]);
    const { aws_kms_key: keys, aws_kms_alias: aliases } = JSON.parse(copied).resource;
    expect(Object.values<Block>(keys)).toMatchObject([{ provider: "aws.us-west-2" }]);
    expect(Object.values<Block>(aliases)).toMatchObject([
      { name: "alias/shop-backup", provider: "aws.us-west-2" },
    ]);
  });
});
