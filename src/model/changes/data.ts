// What a change of what keeps data does to it while it is in use.
import type { PathsOf } from "../../schema/field-path";
import type { Change } from "./change";

/** Terraform cannot remove what is in a region whose provider is gone from the configuration. */
const COPIES =
  "Terraform refuses to plan while the copies' vault and key are in its state. Empty the vault, destroy both with " +
  "-target (aws_backup_vault.database_copies, aws_kms_key.database_copies), and change the field then.";

/** The directory that services see keeps its owner, and so do the files. */
const filesOwner = (id: "uid" | "gid"): Change => ({
  replaces: [
    `aws_efs_access_point.posix_user.0.${id}`,
    `aws_efs_access_point.root_directory.0.creation_info.0.owner_${id}`,
  ],
  instead:
    "EFS leaves files to their former owner, and the new one could not write beside them. Declare a second file system, copy the " +
    "files, and mount that one.",
});

export const dataChanges: Readonly<
  Record<
    PathsOf<"database" | "cache" | "fileSystems" | "queues" | "encryption" | "backup" | "registry">,
    Change
  >
> = {
  database: "added",
  "database.engineVersion": "in place",
  "database.allowMajorUpgrade": "in place",
  "database.instanceClass": "in place",
  "database.databaseName": {
    replaces: ["aws_db_instance.db_name"],
    instead:
      "RDS makes the database of this name once. Keep it: a further database is made in PostgreSQL itself.",
  },
  "database.username": {
    replaces: ["aws_db_instance.username"],
    instead: "RDS keeps its master user. Keep it: a further user is made in PostgreSQL itself.",
  },
  "database.credentials": {
    otherwise: "in place",
    replaces: [],
    instead:
      "RDS takes the password over in place; the secret that Terraform has filled is destroyed with it. Accept that by the secret's address.",
  },
  "database.passwordRotation": "its fields",
  "database.passwordRotation.schedule": "in place",
  "database.passwordRotation.windowHours": "in place",
  "database.passwordRotation.restartServices": "added",
  "database.applicationUser": "added",
  "database.applicationUser.name": "new tasks",
  "database.applicationUser.image": "in place",
  "database.allocatedStorageGib": "in place",
  "database.maxAllocatedStorageGib": "in place",
  "database.multiAz": "in place",
  "database.backupRetentionDays": "in place",
  "database.backupWindow": "in place",
  "database.maintenanceWindow": "in place",
  "database.performanceInsightsRetentionDays": "in place",
  "database.ingressFromVpc": "added",
  "database.developerAddress": "added",
  "database.parameters": "in place",
  cache: "added",
  "cache.engine": {
    otherwise: "in place",
    replaces: ["aws_elasticache_replication_group.engine"],
    instead:
      "ElastiCache goes from Redis OSS to Valkey, and never back. Restore a snapshot into a second environment.",
  },
  "cache.applyImmediately": "in place",
  "cache.engineVersion": {
    otherwise: "in place",
    replaces: ["aws_elasticache_replication_group.engine_version"],
    instead:
      "ElastiCache goes to a newer version, and never back. Restore a snapshot into a second environment.",
  },
  "cache.nodeType": "in place",
  "cache.nodes": "in place",
  "cache.authentication": "new tasks",
  "cache.transitEncryption": {
    otherwise: "in place",
    replaces: [],
    instead:
      "ElastiCache changes it only while the cache asks nobody, and not together with that: change cache.authentication in a deployment of its own, after this one.",
  },
  "cache.snapshotRetentionDays": "in place",
  "cache.snapshotWindow": "in place",
  "cache.maintenanceWindow": "in place",
  "cache.parameters": "in place",
  fileSystems: "added",
  "fileSystems.*.label": "in place",
  "fileSystems.*.owner": "its fields",
  "fileSystems.*.owner.uid": filesOwner("uid"),
  "fileSystems.*.owner.gid": filesOwner("gid"),
  "fileSystems.*.throughput": "in place",
  "fileSystems.*.infrequentAccessAfterDays": "in place",
  "fileSystems.*.backup": "in place",
  queues: "added",
  "queues.*.visibilityTimeoutSeconds": "in place",
  "queues.*.maxReceiveCount": "in place",
  "queues.*.retentionSeconds": "in place",
  encryption: "its fields",
  "encryption.key": {
    replaces: [
      "aws_db_instance.kms_key_id",
      "aws_elasticache_replication_group.kms_key_id",
      "aws_efs_file_system.kms_key_id",
      "aws_backup_vault.kms_key_arn",
    ],
    instead:
      "No database, no cache and no file system changes its key. Restore a snapshot with the other key into a second environment.",
  },
  backup: "added",
  "backup.schedule": "in place",
  "backup.retentionDays": "in place",
  "backup.copyTo": {
    otherwise: "added",
    replaces: [],
    instead: COPIES,
  },
  "backup.copyTo.region": { replaces: [], instead: COPIES },
  "backup.copyTo.retentionDays": "in place",
  registry: "added",
  "registry.namespace": {
    replaces: ["aws_ecr_repository.name"],
    instead: "ECR renames no repository. Keep the namespace: what is still run is in these repositories.",
  },
  "registry.pulledBy": "added",
  "registry.repositories": "added",
  "registry.keepImages": "in place",
  "registry.untaggedDays": "in place",
};
