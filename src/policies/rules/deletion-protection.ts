// The policy `deletion-protection`: in production, nothing that holds data or has an address is deleted by one command.
import { finding, type Policy } from "../policy";
import { isFalse, isTrue } from "../reading/values";

/** Arguments that protect, by type. */
const PROTECTED = [
  ["aws_lb", "enable_deletion_protection"],
  ["aws_alb", "enable_deletion_protection"],
  ["aws_db_instance", "deletion_protection"],
  ["aws_rds_cluster", "deletion_protection"],
] as const;

const deletionProtection: Policy = {
  id: "deletion-protection",
  severity: "high",
  rule: "In production, nothing that holds data or has an address is deleted by one command.",
  reason: "A destroy in the wrong window is a matter of seconds; what it deletes may be gone for good.",
  remedy:
    "Set deletionProtection in the environment; the Terraform variable deletion_protection takes it back on purpose.",
  production: true,
  *check({ resources }) {
    for (const [type, argument] of PROTECTED) {
      for (const resource of resources.of(type)) {
        if (!isTrue(resource.body[argument])) {
          yield finding(resource, "It is not protected from deletion");
        }
      }
    }
    for (const database of resources.of("aws_db_instance", "aws_rds_cluster")) {
      if (!isFalse(database.body.skip_final_snapshot)) {
        yield finding(database, "It leaves no final snapshot");
      }
    }
    for (const cache of resources.of("aws_elasticache_replication_group")) {
      if (cache.body.final_snapshot_identifier === undefined) {
        yield finding(cache, "It leaves no final snapshot");
      }
    }
    for (const bucket of resources.of("aws_s3_bucket")) {
      if (!isFalse(bucket.body.force_destroy)) {
        yield finding(bucket, "It is deleted with all that is in it");
      }
    }
  },
};

export default deletionProtection;
