// The policy `database-tls-forced`: every database refuses connections without TLS.
import { asText, type JsonObject } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isDynamic, nested } from "../reading/values";

const KINDS = [
  { type: "aws_db_instance", group: "aws_db_parameter_group", argument: "parameter_group_name" },
  {
    type: "aws_rds_cluster",
    group: "aws_rds_cluster_parameter_group",
    argument: "db_cluster_parameter_group_name",
  },
] as const;

function forcesTls({ name, value }: JsonObject): boolean {
  return (
    ["rds.force_ssl", "require_secure_transport"].includes(asText(name) ?? "") &&
    ["1", "on"].includes(String(value).toLowerCase())
  );
}

const databaseTlsForced: Policy = {
  id: "database-tls-forced",
  severity: "high",
  rule: "Every database refuses connections without TLS.",
  reason:
    "Otherwise a client that is set up wrongly sends passwords and data in the clear, and nobody notices.",
  remedy:
    "Set the parameter rds.force_ssl (PostgreSQL) or require_secure_transport (MySQL, MariaDB) to 1 in a parameter group of the database's own.",
  *check({ resources }) {
    for (const { type, group, argument } of KINDS) {
      for (const database of resources.of(type)) {
        const parameters = resources.find(database, database.body[argument], group, "name");
        if (!parameters || isDynamic(parameters.body, "parameter")) {
          yield finding(database, "It has no parameter group that could be read, to force TLS");
        } else if (!nested(parameters.body, "parameter").some(forcesTls)) {
          yield finding(database, `${parameters.address} does not force TLS`);
        }
      }
    }
  },
};

export default databaseTlsForced;
