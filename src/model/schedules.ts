// What runs by the clock, worked out: which command each schedule of a service starts, and how long it may not have run.
import { longestPause } from "../schema/schedule-expression";
import type { Schedule } from "../schema/schedules";
import type { Service } from "../schema/service";

/** A schedule with what it belongs to. */
export interface ServiceSchedule {
  /** The service's key. */
  readonly service: string;
  /** The schedule's key. */
  readonly key: string;
  readonly schedule: Schedule;
}

type Scheduled = Readonly<Record<string, { readonly schedules?: Service["schedules"] | undefined }>>;

/** The schedules of some services, in the order of their keys: that of the file decides nothing. */
export function schedulesOf(services: Scheduled): ServiceSchedule[] {
  return Object.entries(services)
    .flatMap(([service, { schedules = {} }]) =>
      Object.entries(schedules).map(([key, schedule]) => ({ service, key, schedule })),
    )
    .sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
}

/** What tells schedules of all services apart: no key has a slash. */
function idOf({ service, key }: ServiceSchedule): string {
  return `${service}/${key}`;
}

/** The name of the one-off command that a schedule starts. @param key the schedule's own */
export function commandOf(key: string, { command }: Pick<Schedule, "command">): string {
  return typeof command === "string" ? command : key;
}

/** Hours that the clocks of a zone may make a pause longer by. */
const CLOCK_CHANGE_HOURS = 1;

/** Hours that CloudWatch looks back at most: "Evaluation range", seven days ("PutMetricAlarm", API reference). */
const MOST_HOURS = 7 * 24;

/**
 * Hours without a run after which something is wrong; `undefined` where nobody knows: for what is paused, what runs once or in some
 * years only.
 * @param graceHours how many more than the longest pause
 */
export function hoursWithoutRun({ expression, enabled }: Schedule, graceHours: number): number | undefined {
  const pause = enabled ? longestPause(expression) : undefined;
  return pause === undefined ? undefined : Math.ceil(pause / 60) + CLOCK_CHANGE_HOURS + graceHours;
}

/** The same, as far as CloudWatch can see it; what is rarer, `verify` looks at. */
export function alarmHours(schedule: Schedule, graceHours: number): number | undefined {
  const hours = hoursWithoutRun(schedule, graceHours);
  return hours === undefined || hours > MOST_HOURS ? undefined : hours;
}
