// AWS's cron expressions: what is wrong with one, on which days it fires, and the longest pause between two of its firings.
// "Schedule types on EventBridge Scheduler", EventBridge Scheduler user guide.

/** Which of a field's values count. */
type Values = ReadonlySet<number>;

/** What a field may hold: its bounds, and the names that stand for its values from the first on. */
interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const MINUTE: Field = { name: "minutes", first: 0, last: 59 };
const HOUR: Field = { name: "hours", first: 0, last: 23 };
const DAY_OF_MONTH: Field = { name: "days of the month", first: 1, last: 31 };
const MONTH: Field = { name: "months", first: 1, last: 12, names: MONTHS };
const DAY_OF_WEEK: Field = { name: "days of the week", first: 1, last: 7, names: DAYS };
const YEAR: Field = { name: "years", first: 1970, last: 2199 };

/** A day in the calendar. */
interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly dayOfMonth: number;
  /** 1 for Sunday, to 7 for Saturday: as AWS counts. */
  readonly dayOfWeek: number;
  readonly daysInMonth: number;
}

/** A cron expression, read. */
export interface Cron {
  readonly minutes: Values;
  readonly hours: Values;
  readonly months: Values;
  /** `undefined` for any. */
  readonly years: Values | undefined;
  readonly isDay: (day: Day) => boolean;
}

/** Reads the six fields between the brackets of `cron(...)`. A text says what is wrong with them. */
export function readCron(fields: string): Cron | string {
  const [minute, hour, dayOfMonth, month, dayOfWeek, year, ...more] = fields.trim().split(/\s+/);
  if (
    minute === undefined ||
    hour === undefined ||
    dayOfMonth === undefined ||
    month === undefined ||
    dayOfWeek === undefined ||
    year === undefined ||
    more.length > 0
  ) {
    return "Write six fields: minutes, hours, day of the month, month, day of the week, year.";
  }
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    return "Write ? for the day of the month or for the day of the week, whichever does not count: AWS takes exactly one ?.";
  }
  const isDay = dayOfWeek === "?" ? readDayOfMonth(dayOfMonth) : readDayOfWeek(dayOfWeek);
  const read = {
    minutes: readValues(minute, MINUTE),
    hours: readValues(hour, HOUR),
    months: readValues(month, MONTH),
    years: readValues(year, YEAR),
  };
  const { minutes, hours, months, years } = read;
  if (
    typeof minutes === "string" ||
    typeof hours === "string" ||
    typeof months === "string" ||
    typeof years === "string" ||
    typeof isDay === "string"
  ) {
    return [minutes, hours, isDay, months, years].filter((part) => typeof part === "string").join(" ");
  }
  return { minutes, hours, months, years: year === "*" ? undefined : years, isDay };
}

/** A list of values, ranges and steps: `5`, `1-5`, `0/15`, `8-18/2`, `*`. */
function readValues(text: string, field: Field): Values | string {
  const { name, first, last, names = [] } = field;
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const [, all, from = "", to = "", step] = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const start = all ? first : numberOf(from, names, first);
    const end =
      all || (to === "" && step !== undefined) ? last : to === "" ? start : numberOf(to, names, first);
    if (!(start >= first && end <= last && start <= end && Number(step ?? 1) >= 1)) {
      const words = names.length > 0 ? ` or ${names[0]} to ${names.at(-1)}` : "";
      return `"${part}" is none of the ${name}: write ${first} to ${last}${words}, with , - / or * between or instead.`;
    }
    for (let value = start; value <= end; value += Number(step ?? 1)) {
      values.add(value);
    }
  }
  return values;
}

/** NaN for what is none. */
function numberOf(text: string, names: readonly string[], first: number): number {
  const index = names.indexOf(text.toUpperCase());
  return index >= 0 ? index + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** The last day of the month, the weekday nearest to one, or days by number. */
function readDayOfMonth(text: string): Cron["isDay"] | string {
  if (text === "L") {
    return ({ dayOfMonth, daysInMonth }) => dayOfMonth === daysInMonth;
  }
  const [, nearest] = /^(\d+)W$/.exec(text) ?? [];
  if (nearest !== undefined && Number(nearest) >= 1 && Number(nearest) <= 31) {
    return (day) => isNearestWeekday(day, Number(nearest));
  }
  const values = readValues(text, DAY_OF_MONTH);
  return typeof values === "string" ? values : ({ dayOfMonth }) => values.has(dayOfMonth);
}

/** Within the month: of a Saturday the Friday before, of a Sunday the Monday after, unless that is in another month. */
function isNearestWeekday({ dayOfMonth, dayOfWeek, daysInMonth }: Day, wanted: number): boolean {
  const wantedDay = ((dayOfWeek - 1 + wanted - dayOfMonth + 35) % 7) + 1;
  const moved =
    wantedDay === 7
      ? wanted === 1
        ? 3
        : wanted - 1
      : wantedDay === 1
        ? wanted === daysInMonth
          ? wanted - 2
          : wanted + 1
        : wanted;
  return wanted <= daysInMonth && dayOfMonth === moved;
}

/** The last of a day of the week in the month, the nth one, or days by number or name. */
function readDayOfWeek(text: string): Cron["isDay"] | string {
  const [, named, nth] = /^(\w+?)(L|#[1-5])$/.exec(text) ?? [];
  if (text === "L") {
    return ({ dayOfWeek }) => dayOfWeek === DAY_OF_WEEK.last;
  }
  if (named !== undefined && nth !== undefined) {
    const wanted = numberOf(named, DAYS, DAY_OF_WEEK.first);
    if (wanted >= DAY_OF_WEEK.first && wanted <= DAY_OF_WEEK.last) {
      return ({ dayOfWeek, dayOfMonth, daysInMonth }) =>
        dayOfWeek === wanted &&
        (nth === "L" ? dayOfMonth > daysInMonth - 7 : Math.ceil(dayOfMonth / 7) === Number(nth.slice(1)));
    }
  }
  const values = readValues(text, DAY_OF_WEEK);
  return typeof values === "string" ? values : ({ dayOfWeek }) => values.has(dayOfWeek);
}

/** In 28 years the calendar comes round: every weekday has been every date, the 29th of February among them. */
const CALENDAR = { first: 2001, last: 2028 } as const;

const MINUTES_A_DAY = 24 * 60;
const MILLISECONDS_A_DAY = MINUTES_A_DAY * 60_000;

/** Whether it ever fires, in any year that it says. */
export function everFires(cron: Cron): boolean {
  return firingDays(cron).length > 0;
}

/**
 * Minutes of the longest pause between two firings, on a clock that is never put forward or back. `undefined` where it fires
 * in some years only, so that it ends.
 */
export function longestPauseOf(cron: Cron): number | undefined {
  if (cron.years !== undefined) {
    return undefined;
  }
  const times = [...cron.hours]
    .flatMap((hour) => [...cron.minutes].map((minute) => hour * 60 + minute))
    .sort((one, other) => one - other);
  const [first = 0] = times;
  const last = times.at(-1) ?? 0;
  const within = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const days = firingDays(cron);
  const between = days.map((day, index) => {
    const next = days[index + 1] ?? (days[0] ?? 0) + daysOfCalendar();
    return (next - day) * MINUTES_A_DAY - last + first;
  });
  return Math.max(...within, ...between);
}

function daysOfCalendar(): number {
  return dayNumber(CALENDAR.last + 1, 1) - dayNumber(CALENDAR.first, 1);
}

/** Days since 1970 of the first of a month. */
function dayNumber(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / MILLISECONDS_A_DAY;
}

/** The days on which it fires, counted from 1970: in the years that it says, or else in all that there can be. */
function firingDays({ years, months, isDay }: Cron): number[] {
  const all = Array.from(
    { length: CALENDAR.last - CALENDAR.first + 1 },
    (_, index) => CALENDAR.first + index,
  );
  return [...(years ?? all)].flatMap((year) =>
    [...months]
      .sort((one, other) => one - other)
      .flatMap((month) => {
        const first = dayNumber(year, month);
        const daysInMonth = dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1) - first;
        return Array.from({ length: daysInMonth }, (_, index) => index)
          .filter((index) =>
            isDay({
              year,
              month,
              dayOfMonth: index + 1,
              // 1970 began on a Thursday.
              dayOfWeek: ((first + index + 4) % 7) + 1,
              daysInMonth,
            }),
          )
          .map((index) => first + index);
      }),
  );
}
