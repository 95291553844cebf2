// The parameters of the PostgreSQL parameter group: TLS for everyone, and logs that say what was slow and who waited.

/** A parameter, and when a change to it takes effect. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** All dynamic: "Parameters", Amazon RDS user guide for PostgreSQL. */
const DEFAULTS: Readonly<Record<string, string>> = {
  log_connections: "1",
  log_disconnections: "1",
  log_lock_waits: "1",
  // Milliseconds.
  log_min_duration_statement: "1000",
  // Kilobytes; every temporary file that large means a sort or a hash that did not fit into memory.
  log_temp_files: "10240",
};

/** Not to be overridden: the server refuses connections without TLS. */
const REQUIRED: Readonly<Record<string, string>> = { "rds.force_ssl": "1" };

/**
 * The parameters of a parameter group, sorted by name: ours, and on top those of an environment file.
 *
 * RDS refuses to apply a static parameter immediately, so that what is not known to be dynamic waits for the next
 * reboot, which a maintenance window may bring.
 */
export function databaseParameters(own: Readonly<Record<string, string>>): Parameter[] {
  return Object.entries({ ...DEFAULTS, ...own, ...REQUIRED })
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value,
      applyMethod: name in DEFAULTS || name in REQUIRED ? "immediate" : "pending-reboot",
    }));
}
