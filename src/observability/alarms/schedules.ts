// The alarms of what runs by the clock: that a run has failed, that none has been started, that AWS could not start one.
import { SCHEDULES_SUBJECT, scheduleSubject } from "../../model/names/monitoring";
import { alarmHours, type ServiceSchedule } from "../../model/schedules";
import type { Thresholds } from "../../schema/monitoring";
import type { AlarmDefinition, Metric } from "./definition";

/** Two alarms for each schedule, one for what is too rare for CloudWatch, paused or over; and one for all together. */
export function scheduleAlarms(
  schedules: readonly ServiceSchedule[],
  thresholds: Thresholds,
): AlarmDefinition[] {
  return schedules.length === 0
    ? []
    : [...schedules.flatMap((schedule) => alarmsOf(schedule, thresholds)), undelivered(thresholds)];
}

function alarmsOf({ service, key, schedule }: ServiceSchedule, thresholds: Thresholds): AlarmDefinition[] {
  const subject = scheduleSubject(service, key);
  const executions = (name: string): Metric => ({
    namespace: "AWS/States",
    name,
    dimensions: { StateMachineArn: { role: `schedule ${service}/${key}` } },
    statistic: "Sum",
  });
  const hours = alarmHours(schedule, thresholds.scheduleGraceHours);
  return [
    {
      subject,
      kind: "failed-runs",
      runbook: "schedule-failed-runs",
      measure: "runs that failed or took too long",
      comparison: "at least",
      setting: "failedRuns",
      threshold: thresholds.failedRuns,
      action:
        "Read why in the state machine's last execution, and the task's log; then start it again by hand.",
      metrics: {
        failed: executions("ExecutionsFailed"),
        timedOut: executions("ExecutionsTimedOut"),
        aborted: executions("ExecutionsAborted"),
      },
      // Metrics that count nothing report nothing.
      expression: "FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)",
      periodSeconds: 300,
      periods: 1,
      missingData: "notBreaching",
    },
    ...(hours === undefined
      ? []
      : [
          {
            subject,
            kind: "missed-runs",
            runbook: "schedule-missed-runs",
            measure: "runs started",
            comparison: "below",
            setting: "scheduleGraceHours",
            threshold: 1,
            action:
              "One that is new, or was paused, has to run first; else see whether the schedule is still there and enabled.",
            metrics: { started: executions("ExecutionsStarted") },
            periodSeconds: 3600,
            periods: hours,
            // An hour without a run reports nothing at all.
            missingData: "breaching",
          } satisfies AlarmDefinition,
        ]),
  ];
}

function undelivered(thresholds: Thresholds): AlarmDefinition {
  return {
    subject: SCHEDULES_SUBJECT,
    kind: "undelivered",
    runbook: "schedules-undelivered",
    measure: "runs that AWS could not start",
    comparison: "at least",
    setting: "undeliveredRuns",
    threshold: thresholds.undeliveredRuns,
    action: "Read the message's attributes for the reason, start the run by hand, and delete the message.",
    metrics: {
      messages: {
        namespace: "AWS/SQS",
        name: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: { role: "undelivered-schedules" } },
        statistic: "Maximum",
      },
    },
    periodSeconds: 300,
    periods: 1,
    missingData: "notBreaching",
  };
}
