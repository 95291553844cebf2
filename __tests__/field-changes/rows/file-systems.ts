// The rows of shared files.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

export const fileSystemsRows: Rows<PathsOf<"fileSystems">> = {
  fileSystems: {
    plan: "added",
    set: { "fileSystems.drafts": { backup: false } },
    shows: [
      "create aws_efs_access_point.drafts",
      "create aws_efs_backup_policy.drafts",
      "create aws_efs_file_system.drafts",
      "create aws_efs_file_system_policy.drafts",
      "create aws_efs_mount_target.drafts_us_east_1a",
      "create aws_efs_mount_target.drafts_us_east_1b",
      // The same plan adds a zone.
      "create aws_efs_mount_target.drafts_us_east_1c",
      "create aws_security_group.drafts",
    ],
  },
  "fileSystems.*.label": {
    plan: "second",
    set: { "fileSystems.media.label": "Pictures" },
    shows: [
      "update aws_vpc_security_group_egress_rule.api-to-media-2049-tcp: description",
      "update aws_vpc_security_group_egress_rule.api-to-media-2049-tcp: tags",
      "update aws_vpc_security_group_ingress_rule.media-from-api-2049-tcp: description",
      "update aws_vpc_security_group_ingress_rule.media-from-api-2049-tcp: tags",
    ],
  },
  "fileSystems.*.owner": "its fields",
  "fileSystems.*.owner.uid": {
    plan: "subnets",
    set: { "fileSystems.media.owner.uid": 1001 },
    shows: [
      "create, delete aws_efs_access_point.media: posix_user",
      "create, delete aws_efs_access_point.media: root_directory",
    ],
  },
  "fileSystems.*.owner.gid": {
    plan: "subnets",
    set: { "fileSystems.media.owner.gid": 1001 },
    shows: [
      "create, delete aws_efs_access_point.media: posix_user",
      "create, delete aws_efs_access_point.media: root_directory",
    ],
  },
  "fileSystems.*.throughput": {
    plan: "first",
    set: { "fileSystems.media.throughput": "elastic" },
    shows: [
      "delete aws_cloudwatch_metric_alarm.media_burst_credits",
      "update aws_efs_file_system.media: throughput_mode",
    ],
  },
  "fileSystems.*.infrequentAccessAfterDays": {
    plan: "first",
    set: { "fileSystems.media.infrequentAccessAfterDays": 90 },
    shows: ["update aws_efs_file_system.media: lifecycle_policy"],
  },
  "fileSystems.*.backup": {
    plan: "second",
    set: { "fileSystems.media.backup": false },
    shows: ["delete, create aws_backup_selection.database: resources"],
  },
};
