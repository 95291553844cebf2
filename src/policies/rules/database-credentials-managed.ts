// The policy `database-credentials-managed`: the master password of every database is managed by RDS, or written without
// Terraform keeping it.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isTrue } from "../reading/values";

/** A value that Terraform generates, or reads, and does not keep. */
const GENERATED = /\bephemeral\.\w/;

const databaseCredentialsManaged: Policy = {
  id: "database-credentials-managed",
  severity: "high",
  rule: "The master password of every database is managed by RDS, or written without Terraform keeping it.",
  reason:
    "A password that somebody has typed is known to people, to a file and to Terraform's state, and is never rotated.",
  remedy:
    "Use manage_master_user_password, or a write-only password from a generated secret: database.credentials.",
  *check({ resources }) {
    for (const database of resources.of("aws_db_instance", "aws_rds_cluster")) {
      const { body } = database;
      // These two take the credentials of the database that they come from.
      if (body.replicate_source_db !== undefined || body.replication_source_identifier !== undefined) {
        continue;
      }
      const writeOnly = body.password_wo ?? body.master_password_wo;
      if (!isTrue(body.manage_master_user_password) && !GENERATED.test(asText(writeOnly) ?? "")) {
        yield finding(
          database,
          "Its master password is neither managed by RDS nor taken from a generated secret",
        );
      }
    }
  },
};

export default databaseCredentialsManaged;
