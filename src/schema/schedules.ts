// The part of a service that says what it runs by the clock: a command, when, and for how long at most.
import { z } from "zod";
import { identifier, section, wholeNumber } from "./fields";
import { scheduleExpression } from "./schedule-expression";
import { oneOffCommand } from "./service-parts";
import { timeZone } from "./time-zone";

const COMMAND =
  'Write a list of words, { entryPoint, command }, or the name of one of oneOffCommands: "migrate".';

const scheduleSchema = section({
  /** When it runs: "cron(0 3 * * ? *)" for every night at three, "rate(15 minutes)", or "at(2027-01-31T03:00:00)" for once. */
  expression: scheduleExpression,
  /** The time zone that `expression` is read in, by its IANA name. Hours that its clocks skip are skipped. */
  timeZone: timeZone.default("UTC"),
  /**
   * What runs: a command of its own, which is then one of the service's one-off commands by the schedule's name, or the name of one
   * that is there. Default: the one-off command of the schedule's name.
   */
  command: z.union([identifier, oneOffCommand], COMMAND).optional(),
  /**
   * Whether a run may start while a task of the same command still runs, one that was started by hand included. "forbidden": it is
   * left out.
   */
  overlap: z.enum(["forbidden", "allowed"]).default("forbidden"),
  /** Minutes after which a task that still runs is stopped, by SIGTERM and then SIGKILL, and counts as failed. */
  timeLimitMinutes: wholeNumber(1, 1440, "minutes").default(60),
  /** How often a run that fails is started anew; one that takes too long is not. */
  retries: wholeNumber(0, 5, "retries").default(0),
  /** Minutes in which AWS may still start a run that it could not start in time; after that it is a dead letter. */
  startWithinMinutes: wholeNumber(1, 1440, "minutes").default(60),
  /** Whether it runs by the clock. `false` pauses it; it can still be run by hand. */
  enabled: z.boolean().default(true),
});

/** AWS takes more; a role's policy has to name them all. */
const SCHEDULES_PER_SERVICE = 20;

export const schedulesSchema = z
  .record(identifier, scheduleSchema)
  .refine(
    (schedules) => Object.keys(schedules).length <= SCHEDULES_PER_SERVICE,
    `Write ${SCHEDULES_PER_SERVICE} at most, or divide them among services.`,
  )
  .default({});

export type Schedule = z.output<typeof scheduleSchema>;
