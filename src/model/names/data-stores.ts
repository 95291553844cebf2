// What stands around the database and the cache: their groups, users, logs, snapshots, and the keys of their backups.
import { type CacheEngineSettings, cacheFamily } from "../cache-engine";

/** Whatever is named after a data store, as a pattern: its parameter groups, its snapshots, its users, its nodes. */
export function namedAfter(store: string): string {
  return `${store}-*`;
}

/** The family of parameters of a version of PostgreSQL: `postgres16`. */
export function databaseFamily(engineVersion: string): string {
  return `postgres${engineVersion.split(".")[0]}`;
}

/** The database's parameters; those of another version have another name, so that both can stand during an upgrade. */
export function databaseParameterGroup(database: string, engineVersion: string): string {
  return `${database}-${databaseFamily(engineVersion)}`;
}

/** What RDS logs of PostgreSQL. */
export const DATABASE_LOGS = ["postgresql", "upgrade"] as const;

/** Where RDS writes a log; the name is RDS's own. */
export function databaseLogGroup(database: string, log: (typeof DATABASE_LOGS)[number] | "*"): string {
  return `/aws/rds/instance/${database}/${log}`;
}

/** The cache's parameters; those of another family have another name, so that both can stand during an upgrade. */
export function cacheParameterGroup(cache: string, settings: CacheEngineSettings): string {
  return `${cache}-${cacheFamily(settings)}`;
}

/** What the name of the user that services authenticate as adds to the cache's. */
const CACHE_USER_SUFFIX = "-app";

/** The user that services authenticate as. */
export function cacheUser(cache: string): string {
  return `${cache}${CACHE_USER_SUFFIX}`;
}

/** The user that everybody is by default, and that may do nothing. */
export function cacheOffUser(cache: string): string {
  return `${cache}-off`;
}

/** What ElastiCache logs: commands that took too long, and the engine's messages. */
export const CACHE_LOGS = ["slow-log", "engine-log"] as const;

/**
 * Where ElastiCache has a log delivered. The prefix saves a line for each group in CloudWatch's resource policy, whose
 * length is limited: "Enabling logging from AWS services", Amazon CloudWatch Logs user guide.
 */
export function cacheLogGroup(cache: string, log: (typeof CACHE_LOGS)[number] | "*"): string {
  return `/aws/vendedlogs/elasticache/${cache}/${log}`;
}

/** A file system: its Name tag, and the token by which EFS makes no second one. */
export function fileSystemName(base: string, key: string): string {
  return `${base}-${key}`;
}

/** The snapshot that a data store leaves behind. @param unique what tells it from the one before */
export function finalSnapshot(store: string, unique: string): string {
  return `${store}-final-${unique}`;
}

/** The vaults of AWS Backup, in both regions, and the role that fills them. */
export function backupName(base: string): string {
  return `${base}-backup`;
}

/** The parameter that says that database and secret have the same password, and its folder. No name may begin with "aws". */
export function writtenPassword(base: string): Record<"path" | "name", string> {
  const path = `/database-password/${base}`;
  return { path, name: `${path}/written` };
}

/** What restarts services after a change of the database's password: a state machine and its role. */
export function databaseRestart(base: string): string {
  return `${base}-database-restart`;
}

/** The role by which EventBridge starts it. */
export function databaseRestartStarter(base: string): string {
  return `${base}-database-restart-start`;
}

/** The rules that start it: on a schedule, and on the rotation itself. */
export function databaseRestartRules(base: string): Record<"schedule" | "rotation", string> {
  return { schedule: `${base}-database-restart`, rotation: `${base}-database-rotated` };
}
