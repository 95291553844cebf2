// Whether what is to run by the clock has run, and ended well: also what is too rare for an alarm.
import type { Environment } from "../../model/environment";
import { hoursWithoutRun } from "../../model/schedules";
import { SCHEDULE_GRACE_HOURS } from "../../schema/monitoring";
import type { LiveRuns } from "../live/schedules";
import type { VerifyCheck } from "./check";

/** Step Functions forgets a run after 90 days: "Quotas related to state machine executions", developer guide. */
const REMEMBERED_HOURS = 90 * 24;

const MILLISECONDS_AN_HOUR = 3_600_000;

/** `schedule:*`, for each of them. */
export function judgeSchedules(
  { monitoring }: Pick<Environment, "monitoring">,
  schedules: readonly LiveRuns[],
): VerifyCheck[] {
  const graceHours = monitoring ? monitoring.thresholds.scheduleGraceHours : SCHEDULE_GRACE_HOURS;
  return schedules.map((one) => ({
    id: `schedule:${one.service}/${one.key}`,
    title: `${one.service} runs ${one.key} by the clock, and the last run ended well`,
    ...judgement(one, graceHours),
  }));
}

function judgement(
  { schedule, askedAt, found }: LiveRuns,
  graceHours: number,
): Pick<VerifyCheck, "status" | "detail"> {
  if (found === undefined) {
    return { status: "fail", detail: "not deployed" };
  }
  const [latest] = found.runs;
  const ended = found.runs.find(({ status }) => status !== "RUNNING");
  if (ended !== undefined && ended.status !== "SUCCEEDED") {
    const how = ended.status.toLowerCase().replaceAll("_", " ");
    return {
      status: "fail",
      detail: `the run of ${timeText(ended.startedAt)} ${how === "failed" ? how : `is ${how}`}`,
    };
  }
  const last = latest ? `last run ${timeText(latest.startedAt)}` : "has not run yet";
  const hours = hoursWithoutRun(schedule, graceHours);
  if (hours === undefined) {
    return { status: "pass", detail: schedule.enabled ? last : `paused; ${last}` };
  }
  const since = latest?.startedAt ?? found.madeAt;
  const passed = since === undefined ? 0 : (askedAt.getTime() - since.getTime()) / MILLISECONDS_AN_HOUR;
  if (passed <= hours) {
    return { status: "pass", detail: last };
  }
  return latest === undefined && hours > REMEMBERED_HOURS
    ? { status: "skipped", detail: "Step Functions remembers 90 days, and it may not run for longer" }
    : { status: "fail", detail: `${last}, and ${hours} hours are the most without one` };
}

/** `2026-03-03 02:30 UTC` */
function timeText(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
