// The parts of an environment that describe its database and its queues.
import { z } from "zod";
import { applicationUserSchema, postgresName, RESERVED_USERS } from "./application-user";
import { cidrBlock, section, units, wholeNumber } from "./fields";
import { passwordRotationSchema } from "./password-rotation";
import { dailyWindow, weeklyWindow, windowsOverlap } from "./windows";

/** The least room to grow in, in tenths of what is there: "Managing capacity automatically with Amazon RDS storage autoscaling". */
const GROWTH_TENTHS = 11;

/** Minutes: CreateDBInstance API reference, "PreferredBackupWindow" and "PreferredMaintenanceWindow". */
const RDS_WINDOW = 30;

/** As PostgreSQL and its extensions call them, such as `log_min_duration_statement` or `auto_explain.log_analyze`. */
const databaseParameter = z
  .string()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9_]*(\.[a-zA-Z0-9_]+)*$/,
    "Name a parameter of PostgreSQL, such as log_min_duration_statement.",
  );

export const databaseSchema = section({
  /** PostgreSQL's version: "16" follows RDS's minor versions, "16.4" pins one. */
  engineVersion: z
    .string()
    .regex(/^1[3-9](\.\d+)?$/, 'Write a major version such as "16", or a minor one such as "16.4".')
    .default("16"),
  /**
   * Lets `engineVersion` name a newer major version than the one that runs. RDS then upgrades during the deployment, together with
   * whatever waits for `maintenanceWindow`, and the database does not answer for minutes. Remove it afterwards.
   */
  allowMajorUpgrade: z.boolean().default(false),
  /** The instance class: how much CPU and memory the database has. */
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, "Write an RDS instance class such as db.t4g.medium.")
    .default("db.t4g.medium"),
  /** Name of the database that RDS creates. */
  databaseName: postgresName.default("django"),
  /** The master user. */
  username: postgresName
    .refine(
      (name) => !RESERVED_USERS.includes(name),
      "Choose another name: PostgreSQL or RDS reserve this one.",
    )
    .default("django"),
  /**
   * Who keeps the master password: RDS, which makes, stores and rotates it in Secrets Manager under a name of its
   * own; or a secret named after the environment, filled at apply with a generated value.
   */
  credentials: z.enum(["rds-managed", "secrets-manager"]).default("rds-managed"),
  /**
   * When RDS replaces the master password that it keeps, and what follows. Default: every Tuesday between 6 and 7 UTC, and
   * new tasks after it. Only with "rds-managed": nobody rotates another.
   */
  passwordRotation: passwordRotationSchema.optional(),
  /**
   * A user beside the master for services to log in as, with the rights that an application needs. The command
   * `database-user` makes it in PostgreSQL. Default: none; services log in as the master.
   */
  applicationUser: applicationUserSchema.optional(),
  /** Storage at the start, in GiB; gp3 starts at 20. */
  allocatedStorageGib: wholeNumber(20, 65_536, "GiB").default(100),
  /** Storage that RDS may grow to by itself, in GiB: a tenth more than `allocatedStorageGib` at least, or the same for none. */
  maxAllocatedStorageGib: wholeNumber(20, 65_536, "GiB").default(1000),
  /** A standby in a second zone. */
  multiAz: z.boolean().default(true),
  /** Days that automated backups are kept: at least 7, RDS keeps 35 at most. */
  backupRetentionDays: wholeNumber(7, 35, "days").default(7),
  /** When RDS starts the daily backup, in UTC; never within `maintenanceWindow`. */
  backupWindow: dailyWindow(RDS_WINDOW).default("02:00-03:00"),
  /** When RDS may work on the database, in UTC: once a week. */
  maintenanceWindow: weeklyWindow(RDS_WINDOW).default("sun:04:00-sun:05:00"),
  /** Days that Performance Insights keeps: 7 are free, then months of 31 days, or 731. */
  performanceInsightsRetentionDays: z
    .int()
    .refine(
      (days) => days === 7 || days === 731 || (days % 31 === 0 && days >= 31 && days <= 713),
      "Choose 7, 731, or a multiple of 31 up to 713.",
    )
    .register(units, { unit: "days" })
    .default(7),
  /** Whether every address of the VPC may connect, not just the services that say so. */
  ingressFromVpc: z.boolean().default(false),
  /**
   * A developer's own public address that may connect, as a /32. The database stays in subnets without a way in from
   * the Internet, so this is for an address that a VPN or a peering brings there. Default: none.
   */
  developerAddress: cidrBlock
    .refine(
      (cidr) => cidr.endsWith("/32"),
      "Write one address as a /32: a wider block would let strangers in.",
    )
    .optional(),
  /** Parameters beyond `rds.force_ssl`, by name. */
  parameters: z.record(databaseParameter, z.string()).default({}),
})
  .refine(
    ({ allocatedStorageGib, maxAllocatedStorageGib }) =>
      maxAllocatedStorageGib === allocatedStorageGib ||
      maxAllocatedStorageGib * 10 >= allocatedStorageGib * GROWTH_TENTHS,
    {
      path: ["maxAllocatedStorageGib"],
      message:
        "Give at least 10 percent more than allocatedStorageGib, or the same for storage that does not grow: RDS refuses what is between.",
    },
  )
  .refine(
    ({ credentials, passwordRotation }) => credentials === "rds-managed" || passwordRotation === undefined,
    {
      path: ["passwordRotation"],
      message:
        'Remove it, or set credentials to "rds-managed": RDS rotates only the password that it keeps itself.',
    },
  )
  .refine(({ applicationUser, username }) => applicationUser?.name !== username, {
    path: ["applicationUser", "name"],
    message: "Choose another name: the master user is called so.",
  })
  // CreateDBInstance API reference, "PreferredBackupWindow".
  .refine(({ backupWindow, maintenanceWindow }) => !windowsOverlap(backupWindow, maintenanceWindow), {
    path: ["backupWindow"],
    message:
      "Choose a window that maintenanceWindow does not overlap on any day: RDS refuses the two together.",
  });

export type Database = z.output<typeof databaseSchema>;

export const queueSchema = section({
  /** Seconds that a message stays hidden while a worker has it: longer than a job takes. */
  visibilityTimeoutSeconds: wholeNumber(0, 43_200, "seconds").default(300),
  /** Deliveries after which a message goes to the dead-letter queue. */
  maxReceiveCount: wholeNumber(1, 1000, "deliveries").default(5),
  /** Seconds that a message is kept; the dead-letter queue keeps it for SQS's longest time, 14 days. */
  retentionSeconds: wholeNumber(60, 1_209_600, "seconds").default(345_600),
});

export type Queue = z.output<typeof queueSchema>;
