// The part of an environment that says when the database's password is replaced, and what follows.
import { z } from "zod";
import { section, wholeNumber } from "./fields";

/**
 * What Secrets Manager takes as a schedule in days: "Schedule expressions in Secrets Manager rotation", AWS Secrets Manager
 * user guide. The minute is 0, the hour one of the day, the year any.
 */
const SCHEDULE =
  /^(rate\([1-9]\d{0,2} days?\)|cron\(0 ([01]?\d|2[0-3]) [0-9LW*?,/-]+ [0-9A-Z*,/-]+ [0-9A-Z#L*?,/-]+ \*\))$/;

/** The hour at which the window of a schedule opens, in UTC; that of a rate opens at midnight. */
export function rotationHour(schedule: string): number {
  return Number(/^cron\(0 (\d+) /.exec(schedule)?.[1] ?? 0);
}

export const passwordRotationSchema = section({
  /**
   * On which days the window for the rotation opens, and at what hour, in UTC: an expression of Secrets Manager's, such as
   * "cron(0 6 ? * TUE *)" for every Tuesday at six. "rate(90 days)" opens it at midnight, and a rotation that was due by an
   * older schedule may still come first.
   */
  schedule: z
    .string()
    .regex(
      SCHEDULE,
      'Write "rate(90 days)", or a day and a full hour in UTC such as "cron(0 6 ? * TUE *)": minute 0, one hour, any year.',
    )
    .default("cron(0 6 ? * TUE *)"),
  /** How long the window stays open; the password changes at some moment in it. It ends within the day. */
  windowHours: wholeNumber(1, 24, "hours").default(1),
  /**
   * Whether the platform restarts what reads the password at its start, within minutes of each change. `false` is for those
   * who see to it by other means: until somebody does, such a service cannot open a connection.
   */
  restartServices: z.boolean().default(true),
}).refine(({ schedule, windowHours }) => rotationHour(schedule) + windowHours <= 24, {
  path: ["windowHours"],
  message: "Let the window end by midnight UTC: Secrets Manager refuses one that reaches into the next day.",
});

export type PasswordRotation = z.output<typeof passwordRotationSchema>;
