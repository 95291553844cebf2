// Whether what is to run by the clock has run: judged by what Step Functions remembers.
import type { LiveRun, LiveRuns } from "../../../src/operations/live/schedules";
import { judgeSchedules } from "../../../src/operations/verify/schedules";
import { schedulesSchema } from "../../../src/schema/schedules";

const NOW = new Date("2026-03-10T12:00:00Z");

const run = (startedAt: string, status: LiveRun["status"] = "SUCCEEDED"): LiveRun => ({
  status,
  startedAt: new Date(startedAt),
});

function judge(
  expression: string,
  found: { readonly runs: readonly LiveRun[]; readonly madeAt?: string } | undefined,
  more: { readonly enabled?: boolean } = {},
) {
  const { nightly } = schedulesSchema.parse({ nightly: { expression, command: ["sweep"], ...more } });
  if (nightly === undefined) throw new Error("The schedule is lost");
  const runs: LiveRuns = {
    service: "web",
    key: "nightly",
    schedule: nightly,
    askedAt: NOW,
    found: found && {
      runs: found.runs,
      madeAt: found.madeAt === undefined ? undefined : new Date(found.madeAt),
    },
  };
  const [check] = judgeSchedules({ monitoring: false }, [runs]);
  return [check?.status, check?.detail];
}

const DAILY = "cron(0 3 * * ? *)";
const WEEKLY = "cron(0 3 ? * MON *)";

it("names each by its service and its own key", () => {
  const { a, b } = schedulesSchema.parse({ a: { expression: DAILY }, b: { expression: WEEKLY } });
  const lives = [a, b].flatMap((schedule, index): LiveRuns[] =>
    schedule
      ? [{ service: "web", key: ["a", "b"][index] ?? "", schedule, askedAt: NOW, found: undefined }]
      : [],
  );
  expect(judgeSchedules({ monitoring: false }, lives)).toEqual([
    expect.objectContaining({ id: "schedule:web/a", status: "fail", detail: "not deployed" }),
    expect.objectContaining({
      id: "schedule:web/b",
      title: "web runs b by the clock, and the last run ended well",
    }),
  ]);
});

it.each([
  // A day, an hour for clocks that change, and one of grace.
  [DAILY, "2026-03-09T10:00:01Z", "pass"],
  [DAILY, "2026-03-09T09:59:00Z", "fail"],
  // Too rare for an alarm.
  [WEEKLY, "2026-03-03T10:00:01Z", "pass"],
  [WEEKLY, "2026-03-03T09:00:00Z", "fail"],
  // It ran once, and may not run again.
  ["at(2026-01-01T03:00:00)", "2026-01-01T03:00:00Z", "pass"],
  ["cron(0 3 * * ? 2026)", "2026-01-01T03:00:00Z", "pass"],
])("finds that %s has last run at %s: %s", (expression, last, status) => {
  expect(judge(expression, { runs: [run(last)] })[0]).toBe(status);
});

it("says since when nothing has run, and how long that may be", () => {
  expect(judge(WEEKLY, { runs: [run("2026-02-23T03:00:09Z")] })).toEqual([
    "fail",
    "last run 2026-02-23 03:00 UTC, and 170 hours are the most without one",
  ]);
});

it.each([
  ["FAILED", "the run of 2026-03-10 03:00 UTC failed"],
  ["TIMED_OUT", "the run of 2026-03-10 03:00 UTC is timed out"],
  ["ABORTED", "the run of 2026-03-10 03:00 UTC is aborted"],
] as const)("fails where the last run that ended is %s, whatever still runs", (status, detail) => {
  const runs = [run("2026-03-10T11:00:00Z", "RUNNING"), run("2026-03-10T03:00:00Z", status)];
  expect(judge(DAILY, { runs })).toEqual(["fail", detail]);
});

it("forgives what has run well since", () => {
  const runs = [run("2026-03-10T03:00:00Z"), run("2026-03-09T03:00:00Z", "FAILED")];
  expect(judge(DAILY, { runs })).toEqual(["pass", "last run 2026-03-10 03:00 UTC"]);
});

it("counts one that has never run from when it was made", () => {
  expect(judge(WEEKLY, { runs: [], madeAt: "2026-03-09T00:00:00Z" })).toEqual(["pass", "has not run yet"]);
  expect(judge(WEEKLY, { runs: [], madeAt: "2026-01-01T00:00:00Z" })[0]).toBe("fail");
});

it("asks for no run of what is paused, but tells of one that failed", () => {
  expect(judge(DAILY, { runs: [run("2026-01-01T03:00:00Z")] }, { enabled: false })).toEqual([
    "pass",
    "paused; last run 2026-01-01 03:00 UTC",
  ]);
  expect(judge(DAILY, { runs: [run("2026-01-01T03:00:00Z", "FAILED")] }, { enabled: false })[0]).toBe("fail");
});

it("says nothing of what may run more seldom than Step Functions remembers", () => {
  expect(judge("cron(0 3 1 1 ? *)", { runs: [], madeAt: "2020-01-01T00:00:00Z" })[0]).toBe("skipped");
});
