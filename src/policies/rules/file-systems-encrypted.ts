// The policy `file-systems-encrypted`: every file system is encrypted at rest, and tasks mount none without TLS.
import { finding, type Policy } from "../policy";
import { isTrue, nested } from "../reading/values";

const fileSystemsEncrypted: Policy = {
  id: "file-systems-encrypted",
  severity: "high",
  rule: "Every file system is encrypted at rest, and tasks mount none without TLS.",
  reason:
    "Uploads of users are as sensitive as the database that they are listed in; what is on the wire can be read there.",
  remedy: "Set encrypted to true, and transit_encryption of each efs_volume_configuration to ENABLED.",
  *check({ resources }) {
    for (const files of resources.of("aws_efs_file_system")) {
      if (!isTrue(files.body.encrypted)) {
        yield finding(files, "It is not encrypted at rest");
      }
    }
    for (const definition of resources.of("aws_ecs_task_definition")) {
      const volumes = nested(definition.body, "volume").flatMap((volume) =>
        nested(volume, "efs_volume_configuration"),
      );
      if (volumes.some(({ transit_encryption }) => transit_encryption !== "ENABLED")) {
        yield finding(definition, "It mounts a file system without TLS");
      }
    }
  },
};

export default fileSystemsEncrypted;
