// The alarm of what restarts services after a change of the database's password: that it has not failed.
import { MEMBER_KEYS } from "../../schema/member-keys";
import type { Thresholds } from "../../schema/monitoring";
import type { AlarmDefinition, Metric } from "./definition";

/** One alarm. */
export function restartAlarms(thresholds: Thresholds): AlarmDefinition[] {
  const executions = (name: string): Metric => ({
    namespace: "AWS/States",
    name,
    dimensions: { StateMachineArn: { role: "database-restart" } },
    statistic: "Sum",
  });
  return [
    {
      subject: MEMBER_KEYS.database,
      kind: "restart",
      runbook: "postgres-restart",
      measure: "failed restarts after a change of the password",
      comparison: "at least",
      setting: "failedRestarts",
      threshold: thresholds.failedRestarts,
      action: "See in the state machine's last execution which service, and start new tasks of it.",
      metrics: { failed: executions("ExecutionsFailed"), timedOut: executions("ExecutionsTimedOut") },
      // Metrics that count nothing report nothing.
      expression: "FILL(failed, 0) + FILL(timedOut, 0)",
      periodSeconds: 300,
      periods: 1,
      missingData: "notBreaching",
    },
  ];
}
