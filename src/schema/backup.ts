// The part of an environment that has AWS Backup keep copies of its database, here and in a second region.
import { z } from "zod";
import { regionName, section, wholeNumber } from "./fields";

/** A hundred years at most: AWS Backup could keep a backup for ever, and nobody would notice. */
const retentionDays = wholeNumber(1, 36_500, "days");

export const backupSchema = section({
  /**
   * When backups start, within the hour: a cron expression of AWS's, in UTC. Keep away from the database's maintenance
   * window: in it, and an hour before, none can start ("Backup plan options and configuration", AWS Backup
   * developer guide). Default: every day at six.
   */
  schedule: z
    .string()
    .regex(/^cron\([^\s()]+( [^\s()]+){5}\)$/, "Write six fields in UTC, such as cron(0 6 * * ? *).")
    .default("cron(0 6 * * ? *)"),
  /** Days that a backup is kept. */
  retentionDays: retentionDays.default(35),
  /**
   * A copy of each backup in a second region, for the day that this one is lost, encrypted with a key that is made there.
   * Default: none.
   */
  copyTo: section({
    /** Another region than the environment's. */
    region: regionName,
    /** Days that the copy is kept. */
    retentionDays: retentionDays.default(35),
  }).optional(),
});

export type Backup = z.output<typeof backupSchema>;
