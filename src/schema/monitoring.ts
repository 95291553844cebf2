// The part of an environment that says who is told when something is wrong, and from what point on it is.
import { z } from "zod";
import { section, switchable, unique, units, wholeNumber } from "./fields";
import { TASKS_PER_SERVICE } from "./limits";

const PERCENT = "Give a whole number of percent from 1 to 99: the alarm could never fire above that.";

/** A share that an alarm has to be able to exceed. */
const percent = z.int(PERCENT).min(1, PERCENT).max(99, PERCENT).register(units, { unit: "percent" });

/** How often something may happen before it is worth an alarm. */
const count = (unit: string) => wholeNumber(1, 1_000_000, unit);

const LATENCY = "Give a number of seconds above 0.";

/** Hours of grace where nothing else is said, or nothing is watched at all. */
export const SCHEDULE_GRACE_HOURS = 1;

const thresholdsSchema = section({
  /** Tasks of a service that are missing: one for five minutes is no deployment any more. */
  missingTasks: wholeNumber(1, TASKS_PER_SERVICE, "tasks").default(1),
  /** Average CPU of a service, in percent: well above the 60 at which autoscaling adds tasks. */
  serviceCpuPercent: percent.default(85),
  /** Memory of a service's fullest task, in percent: at 100 it is killed. */
  serviceMemoryPercent: percent.default(90),
  /** Values that a metric of `autoscaling.metric` has in fifteen minutes, at least: without any, the number of tasks stays as it is. */
  scalingMetricValues: count("values").default(1),
  /** Log lines of a service that say ERROR or CRITICAL, in five minutes. */
  logErrors: count("log lines").default(10),
  /** Log-ins at a service that fail, in five minutes: more than people mistype. */
  failedLogins: count("log-ins").default(50),
  /** Tasks of a service that the load balancer finds ill. */
  unhealthyTargets: wholeNumber(1, TASKS_PER_SERVICE, "tasks").default(1),
  /** Time in seconds within which 95 of 100 requests are answered: what users begin to notice. */
  latencySeconds: z.number(LATENCY).positive(LATENCY).register(units, { unit: "seconds" }).default(2),
  /** Requests that end in a 5xx, in percent of all. */
  serverErrorPercent: percent.default(5),
  /** Requests in five minutes below which their share of errors says nothing: one error at night is no alarm. */
  serverErrorMinimumRequests: count("requests").default(20),
  /** Connections that the load balancer refuses in five minutes, because it has no more room. */
  rejectedConnections: count("connections").default(1),
  /** Average CPU of the database, in percent: "CloudWatch alarms" in the guide on monitoring RDS, AWS Prescriptive Guidance. */
  databaseCpuPercent: percent.default(80),
  /**
   * Storage that the database has left, in GiB. The default is where RDS itself adds storage to the default 100: "Managing
   * capacity automatically with Amazon RDS storage autoscaling". So the alarm says that it has not.
   */
  databaseFreeStorageGib: wholeNumber(1, 65_536, "GiB").default(10),
  /** Connections to the database. Default: 70 percent of what its class takes. */
  databaseConnections: count("connections").optional(),
  /**
   * CPU credits that a database of a burstable class (t) has left; one of them is a minute of a whole vCPU: "CPU credits
   * and baseline utilization for burstable instances", Amazon EC2 user guide. The smallest class earns 12 an hour.
   */
  databaseCpuCredits: wholeNumber(1, 288, "credits").default(10),
  /** Restarts after a change of the database's password that fail, in five minutes: services keep a password that is void. */
  failedRestarts: count("restarts").default(1),
  /** Runs of a schedule that fail, or take too long, in five minutes. */
  failedRuns: count("runs").default(1),
  /**
   * Hours that a schedule may be without a run beyond the longest pause between two of its runs, and the one by which clocks change.
   * CloudWatch looks back seven days at most: for what is rarer, there is no alarm.
   */
  scheduleGraceHours: wholeNumber(1, 48, "hours").default(SCHEDULE_GRACE_HOURS),
  /** Runs that AWS could not start, and that wait in the queue for them. */
  undeliveredRuns: count("runs").default(1),
  /**
   * CPU of the cache's busiest node, in percent of the one core that runs commands. On nodes of two vCPUs or fewer the CPU of the
   * whole node is watched, from this divided by their number on: "Which metrics should I monitor?", Amazon ElastiCache user guide.
   */
  cacheCpuPercent: percent.default(90),
  /** Memory of the cache's fullest node, in percent: at 100 it begins to throw keys away. */
  cacheMemoryPercent: percent.default(80),
  /**
   * CPU credits that a node of a burstable type (t3, t4g) has left. Without any, ElastiCache slows it down to its baseline,
   * far below what `cacheCpuPercent` would notice: "Burstable Performance Instances", Amazon ElastiCache user guide.
   */
  cacheCpuCredits: wholeNumber(1, 288, "credits").default(10),
  /** Keys that a node throws away in five minutes, before their time. */
  cacheEvictions: count("keys").default(100),
  /** Log-ins that a node of a cache with a password refuses in five minutes. */
  cacheRefusedLogins: count("log-ins").default(10),
  /**
   * Burst credits that a file system with `throughput: "bursting"` has left, in GiB. The default is what an hour at 100 MiB a second
   * takes, the most that a small one bursts to: "Amazon EFS performance", Amazon EFS user guide. A new one begins with 2,100.
   */
  fileSystemBurstCreditsGib: wholeNumber(1, 2100, "GiB").default(350),
  /** Requests that the web application firewall blocks in five minutes. */
  wafBlockedRequests: count("requests").default(1000),
});

export type Thresholds = z.output<typeof thresholdsSchema>;

const settings = {
  /**
   * Who gets an e-mail; each has to confirm, by the link in a first one from AWS. It is the default of the Terraform variable
   * `alarm_email_addresses`. Default: nobody.
   */
  emails: z
    .array(z.email("Write an e-mail address such as ops@example.com."))
    .refine(unique, "Name each address once.")
    .default([]),
  /** The page that alarms link to, with an anchor for each. */
  runbookUrl: z
    .string()
    .max(500, "Use 500 characters at most: an alarm's description has 1,024.")
    .regex(
      /^(https:\/\/[^\s#/]+(\/[^\s#]*)?|[\w./-]+)$/,
      'Write a page without "#", such as https://wiki.example.com/runbook: each alarm adds its own anchor.',
    )
    .default("docs/monitoring.md"),
  /** From where on each alarm fires; docs/monitoring.md says over what time each is looked at. */
  thresholds: thresholdsSchema.prefault({}),
  /** Whether there is a dashboard. */
  dashboard: z.boolean().default(true),
};

export const monitoringSchema = switchable(settings);

export type Monitoring = Exclude<z.output<typeof monitoringSchema>, false>;
