// The policy `data-ports-closed`: no rule lets the Internet reach a port of a database, a cache or shared files.
import { NFS_PORT, POSTGRES_PORT, REDIS_PORT } from "../../model/members";
import type { Policy } from "../policy";
import { openings } from "../reading/openings";

/** Where data stores listen by default. */
const PORTS: ReadonlyMap<number, string> = new Map([
  [POSTGRES_PORT, "PostgreSQL"],
  [REDIS_PORT, "Redis"],
  [NFS_PORT, "NFS"],
  [1433, "SQL Server"],
  [1521, "Oracle"],
  [3306, "MySQL"],
  [5439, "Redshift"],
  [9200, "OpenSearch"],
  [11211, "Memcached"],
  [27017, "MongoDB"],
]);

const dataPortsClosed: Policy = {
  id: "data-ports-closed",
  severity: "critical",
  rule: "No rule lets the Internet reach a port of a database, a cache or shared files.",
  reason:
    "Whoever finds an open data port can try passwords and exploits on all of your data, and scanners find it within minutes.",
  remedy: "Name the security group that needs the data, or a private block of addresses, as the rule's peer.",
  check: ({ configs }) => openings(configs, PORTS),
};

export default dataPortsClosed;
