// The policy `database-encrypted`: the storage of every database is encrypted.
import { finding, type Policy } from "../policy";
import { isTrue } from "../reading/values";

const databaseEncrypted: Policy = {
  id: "database-encrypted",
  severity: "critical",
  rule: "The storage of every database is encrypted.",
  reason:
    "Snapshots and disks leave the database's access control behind; encrypted, they are useless without the key.",
  remedy:
    "Set storage_encrypted to true; an existing database has to be restored from an encrypted copy of its snapshot.",
  *check({ resources }) {
    for (const database of resources.of("aws_db_instance", "aws_rds_cluster")) {
      if (!isTrue(database.body.storage_encrypted)) {
        yield finding(database, "Its storage is not encrypted");
      }
    }
  },
};

export default databaseEncrypted;
