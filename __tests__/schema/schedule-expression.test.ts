// When something runs: what EventBridge Scheduler takes, what would never run, and how long it may be from one run to the next.
import { longestPause, scheduleExpression } from "../../src/schema/schedule-expression";

const problem = (expression: string) =>
  scheduleExpression
    .safeParse(expression)
    .error?.issues.map(({ message }) => message)
    .join(" ");

const HOUR = 60;
const DAY = 24 * HOUR;

it.each<[expression: string, minutes: number | undefined]>([
  ["rate(1 minute)", 1],
  ["rate(15 minutes)", 15],
  ["rate(1 hour)", HOUR],
  ["rate(10 days)", 10 * DAY],
  ["cron(* * * * ? *)", 1],
  ["cron(0/15 * * * ? *)", 15],
  ["cron(5,50 * * * ? *)", 45],
  ["cron(0 3 * * ? *)", DAY],
  // From 18 to 8, and from Friday 18 to Monday 8.
  ["cron(0 8-18 * * ? *)", 14 * HOUR],
  ["cron(0 8-18 ? * MON-FRI *)", 62 * HOUR],
  ["cron(0 3 ? * 2 *)", 7 * DAY],
  ["cron(0 3 ? * L *)", 7 * DAY],
  // The first Monday may be 35 days from the next, and so the last Friday.
  ["cron(0 3 ? * MON#1 *)", 35 * DAY],
  ["cron(0 3 ? * 6L *)", 35 * DAY],
  // From the 31st to the 31st over a month that has none.
  ["cron(0 3 31 * ? *)", 61 * DAY],
  ["cron(0 3 L * ? *)", 31 * DAY],
  ["cron(0 3 1/10 * ? *)", 10 * DAY],
  ["cron(0 3 1 JAN,JUL ? *)", 184 * DAY],
  ["cron(0 3 29 2 ? *)", 4 * 365 * DAY + DAY],
  // The weekday nearest to the first: Monday the 3rd, where the first is a Saturday, to Monday the 1st of the month after next.
  ["cron(0 3 1W 1 ? *)", 368 * DAY],
  ["cron(0 3 1 1 ? 2027)", undefined],
  ["at(2027-01-31T03:00:00)", undefined],
])("takes %s, with %s minutes between runs at most", (expression, minutes) => {
  expect(problem(expression)).toBeUndefined();
  expect(longestPause(expression)).toBe(minutes);
});

it.each([
  ["daily", 'Write "cron(0 3 * * ? *)"'],
  ["cron(0 3 * * ?)", "Write six fields"],
  ["cron(0 3 * * ? * *)", "Write six fields"],
  ["cron(0 3 * * * *)", "exactly one ?"],
  ["cron(0 3 ? * ? *)", "exactly one ?"],
  ["cron(60 3 * * ? *)", '"60" is none of the minutes: write 0 to 59'],
  ["cron(0 24 * * ? *)", '"24" is none of the hours'],
  ["cron(0 3 32 * ? *)", '"32" is none of the days of the month'],
  ["cron(0 3 0 * ? *)", '"0" is none of the days of the month'],
  ["cron(0 3 * 13 ? *)", '"13" is none of the months: write 1 to 12 or JAN to DEC'],
  ["cron(0 3 ? * 0 *)", '"0" is none of the days of the week: write 1 to 7 or SUN to SAT'],
  ["cron(0 3 ? * MONDAY *)", '"MONDAY" is none of the days of the week'],
  ["cron(0 3 ? * FRI-MON *)", '"FRI-MON" is none of the days of the week'],
  ["cron(0 3 ? * MON#6 *)", '"MON#6" is none of the days of the week'],
  ["cron(0/0 3 * * ? *)", '"0/0" is none of the minutes'],
  ["cron(0 3 32W * ? *)", '"32W" is none of the days of the month'],
  ["cron(0 3 * * ? 1969)", '"1969" is none of the years'],
  [
    "cron(61 25 * * ? *)",
    '"61" is none of the minutes: write 0 to 59, with , - / or * between or instead. "25" is none',
  ],
  ["rate(0 minutes)", "Write a number"],
  ["rate(1 hours)", "Write a number"],
  ["rate(2 hour)", "Write a number"],
  ["rate(30 seconds)", "Write a number"],
  ["at(2027-01-31)", "Write a date and a time that there are"],
  ["at(2027-02-29T03:00:00)", "Write a date and a time that there are"],
  ["at(2027-01-31T03:00:00Z)", "Write a date and a time that there are"],
  ["at(2027-01-31T25:00:00)", "Write a date and a time that there are"],
])("refuses %s", (expression, message) => {
  expect(problem(expression)).toContain(message);
});

it.each([
  "cron(0 3 31 2 ? *)",
  "cron(0 3 30 FEB ? *)",
  "cron(0 3 31 4,6,9,11 ? *)",
  "cron(0 3 29 2 ? 2027)",
  "cron(0 3 ? 2 SUN#5 2027)",
])("refuses what never runs: %s", (expression) => {
  expect(problem(expression)).toBe("Write a day that there is: this would never run.");
});

it("takes what runs seldom", () => {
  expect(problem("cron(0 3 29 2 ? 2028)")).toBeUndefined();
  expect(problem("cron(0 3 ? 2 TUE#5 *)")).toBeUndefined();
});
