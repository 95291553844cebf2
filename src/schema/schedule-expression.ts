// When something runs, as EventBridge Scheduler writes it: cron(...), rate(...) or at(...). It is read here without a clock:
// whether a moment has passed, nobody can say who has to write the same output every time.
import { z } from "zod";
import { everFires, longestPauseOf, readCron } from "./schedule-cron";

const FORMS =
  'Write "cron(0 3 * * ? *)" for every night at three, "rate(15 minutes)", or "at(2027-01-31T03:00:00)" for once.';

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** An expression, taken apart: `rate` and `15 minutes`. */
function partsOf(expression: string): { readonly form: string; readonly content: string } {
  const [, form = "", content = ""] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  return { form, content };
}

/** Minutes of a rate such as `15 minutes`; `undefined` where it is none. */
function rateMinutes(content: string): number | undefined {
  const [, count = "", unit = "", plural] = /^([1-9]\d{0,4}) (minute|hour|day)(s)?$/.exec(content) ?? [];
  const minutes = MINUTES[unit];
  return minutes !== undefined && (Number(count) === 1) === (plural === undefined)
    ? Number(count) * minutes
    : undefined;
}

/** Whether there is such a date and time. */
function isMoment(content: string): boolean {
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(content) ? new Date(`${content}Z`) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString() === `${content}.000Z`;
}

/** What is wrong with an expression; `undefined` where nothing is. */
function problemOf(expression: string): string | undefined {
  const { form, content } = partsOf(expression);
  switch (form) {
    case "cron": {
      const cron = readCron(content);
      if (typeof cron === "string") {
        return cron;
      }
      return everFires(cron) ? undefined : "Write a day that there is: this would never run.";
    }
    case "rate":
      return rateMinutes(content) === undefined
        ? 'Write a number with "minutes", "hours" or "days", such as "rate(15 minutes)", and for one "rate(1 hour)".'
        : undefined;
    case "at":
      return isMoment(content)
        ? undefined
        : 'Write a date and a time that there are, such as "at(2027-01-31T03:00:00)", without a zone: timeZone says that.';
    default:
      return FORMS;
  }
}

/** An expression of EventBridge Scheduler's. */
export const scheduleExpression = z.string(FORMS).superRefine((value, context) => {
  const problem = problemOf(value);
  if (problem !== undefined) {
    context.addIssue({ code: "custom", message: problem, input: value });
  }
});

/**
 * Minutes of the longest pause between two runs, where clocks are not put forward or back; `undefined` where it runs once, or in
 * some years only.
 * @param expression a valid one
 */
export function longestPause(expression: string): number | undefined {
  const { form, content } = partsOf(expression);
  const cron = form === "cron" ? readCron(content) : undefined;
  return form === "rate" ? rateMinutes(content) : typeof cron === "object" ? longestPauseOf(cron) : undefined;
}
