// The part of a service's autoscaling that goes by the clock: other limits at certain times, nights and weekends without a task.
import { z } from "zod";
import { section, unique, wholeNumber } from "./fields";
import { TASKS_PER_SERVICE } from "./limits";
import { timeZone } from "./time-zone";

const DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] as const;

const DAY = `Choose days out of ${DAYS.join(", ")}.`;
const TIME = "Write a time of day by the 24-hour clock, such as 19:00.";

export const scheduledLimits = section({
  /** The time of day, by the 24-hour clock: "19:00". */
  time: z.string(TIME).regex(/^([01]\d|2[0-3]):[0-5]\d$/, TIME),
  /** The days of the week. */
  days: z
    .array(z.enum(DAYS, DAY))
    .min(1, DAY)
    .refine(unique, "Name each day once.")
    .default([...DAYS]),
  /** The time zone of both, by its IANA name; its daylight saving time counts. */
  timeZone: timeZone.default("UTC"),
  /** Fewest tasks from then on; 0 with a maximum of 0 parks the service. */
  minimum: wholeNumber(0, TASKS_PER_SERVICE, "tasks"),
  /** Most tasks from then on, as many as autoscaling's own maximum. */
  maximum: wholeNumber(0, TASKS_PER_SERVICE, "tasks"),
}).refine(({ minimum, maximum }) => minimum <= maximum, "Write minimum <= maximum.");

export type ScheduledLimits = z.output<typeof scheduledLimits>;

/** The most times of a service's schedule: AWS takes 200 for a scalable target, "Application Auto Scaling endpoints and quotas". */
export const MOST_SCHEDULED = 20;

/** When limits change, as Application Auto Scaling writes it: `cron(0 19 ? * MON,FRI *)`. */
export function cronOf({ time, days }: Pick<ScheduledLimits, "time" | "days">): string {
  const [hours, minutes] = time.split(":").map(Number);
  const onDays = days.length === DAYS.length ? "*" : DAYS.filter((day) => days.includes(day)).join(",");
  return `cron(${minutes} ${hours} ? * ${onDays} *)`;
}
