// The policy `database-backed-up`: every database keeps automated backups for seven days or more.
import { asNumber } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";

/** What the AWS Foundational Security Best Practices ask for: control RDS.11. */
const FEWEST_DAYS = 7;

const databaseBackedUp: Policy = {
  id: "database-backed-up",
  severity: "high",
  rule: "Every database keeps automated backups for seven days or more.",
  reason:
    "A mistake that is noticed after a weekend can only be undone from a backup that is older than the weekend.",
  remedy: "Set backup_retention_period to 7 or more: database.backupRetentionDays.",
  *check({ resources }) {
    for (const database of resources.of("aws_db_instance", "aws_rds_cluster")) {
      // A replica has its source's backups.
      if (database.body.replicate_source_db === undefined) {
        const days = asNumber(database.body.backup_retention_period) ?? 0;
        if (days < FEWEST_DAYS) {
          yield finding(database, `It keeps automated backups for ${days} days`);
        }
      }
    }
  },
};

export default databaseBackedUp;
