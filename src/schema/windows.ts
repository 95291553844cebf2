// The times of day and week at which AWS may work on a data store, in UTC.
import { z } from "zod";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = `(${DAYS.join("|")})`;
const TIME = "([01]\\d|2[0-3]):[0-5]\\d";

const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

const NO_LENGTH = "Write two different times: this window has no length.";

function hasLength(window: string): boolean {
  const [start, end] = window.split("-");
  return start !== end;
}

/** A window once a week. @param least the fewest minutes that the service takes */
export function weeklyWindow(least: number) {
  return z
    .string()
    .regex(
      new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`),
      "Write a weekly window in UTC, such as sun:04:00-sun:05:00.",
    )
    .refine(hasLength, NO_LENGTH)
    .refine((window) => !hasLength(window) || length(window, MINUTES_A_WEEK) >= least, tooShort(least));
}

/** A window once a day. @param least the fewest minutes that the service takes */
export function dailyWindow(least: number) {
  return z
    .string()
    .regex(new RegExp(`^${TIME}-${TIME}$`), "Write a daily window in UTC, such as 02:00-03:00.")
    .refine(hasLength, NO_LENGTH)
    .refine((window) => !hasLength(window) || length(window, MINUTES_A_DAY) >= least, tooShort(least));
}

function tooShort(least: number): string {
  return `Write a window of ${least} minutes at least: AWS takes no shorter one.`;
}

/** Minutes from a window's start to its end. */
function length(window: string, around: number): number {
  const [start, end] = minutes(window);
  return later(end, start, around);
}

/** Whether a daily window shares a minute with a weekly one. What is no window, or has no length, shares none. */
export function windowsOverlap(daily: string, weekly: string): boolean {
  const [week, weekEnd] = minutes(weekly);
  const [start, end] = minutes(daily);
  const [dayLength, weekLength] = [later(end, start, MINUTES_A_DAY), later(weekEnd, week, MINUTES_A_WEEK)];
  return DAYS.some((_, day) => {
    const from = day * MINUTES_A_DAY + start;
    const startsWithin = dayLength > 0 && later(from, week, MINUTES_A_WEEK) < weekLength;
    return startsWithin || (weekLength > 0 && later(week, from, MINUTES_A_WEEK) < dayLength);
  });
}

/** Both ends of a window, in minutes from the start of the day or of the week; NaN for what is none. */
function minutes(window: string): [start: number, end: number] {
  const [start = NaN, end = NaN] = window.split("-").map((moment) => {
    const [minute, hour, day = "mon"] = moment.split(":").reverse();
    return DAYS.indexOf(day) * MINUTES_A_DAY + Number(hour) * 60 + Number(minute);
  });
  return [start, end];
}

/** How much later one time is than another, on a clock that begins anew after so many minutes. */
function later(time: number, than: number, around: number): number {
  return (time - than + around) % around;
}
