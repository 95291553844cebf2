// The policy `database-private`: no database has a public address.
import { finding, type Policy } from "../policy";
import { isFalse } from "../reading/values";

const databasePrivate: Policy = {
  id: "database-private",
  severity: "critical",
  rule: "No database has a public address.",
  reason: "With a public address, one wrong security group rule puts all of the data on the Internet.",
  remedy: "Set publicly_accessible to false.",
  *check({ resources }) {
    for (const database of resources.of("aws_db_instance", "aws_rds_cluster_instance")) {
      if (!isFalse(database.body.publicly_accessible)) {
        yield finding(database, "It has a public address");
      }
    }
  },
};

export default databasePrivate;
