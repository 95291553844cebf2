// The alarms of one service: that its tasks run, have room, answer in time and log no errors.

import { isPublic, mostTasks } from "../../model/services";
import type { Thresholds } from "../../schema/monitoring";
import type { Service } from "../../schema/service";
import type { AlarmDefinition, Metric } from "./definition";
import { logMetrics } from "./log-metrics";

export interface ServiceAlarmsProps {
  readonly serviceKey: string;
  readonly service: Service;
  readonly thresholds: Thresholds;
  /** The namespace of what is counted in logs. */
  readonly logNamespace: string;
}

/** Eight alarms for a public service, four for one that is not, none of its tasks for one that runs none. */
export function serviceAlarms(props: ServiceAlarmsProps): AlarmDefinition[] {
  const runs = mostTasks(props.service) > 0;
  return [
    ...(runs ? taskAlarms(props) : []),
    ...(runs && isPublic(props.service) ? targetAlarms(props) : []),
    ...logAlarms(props),
  ];
}

/** How many tasks a service is to have. Of Container Insights, which the cluster turns on: ECS itself counts no tasks. */
export function desiredTasks(serviceKey: string): Metric {
  return {
    namespace: "ECS/ContainerInsights",
    name: "DesiredTaskCount",
    dimensions: { ClusterName: { role: "cluster" }, ServiceName: { role: `service ${serviceKey}` } },
    statistic: "Average",
  };
}

function taskAlarms({ serviceKey, thresholds }: ServiceAlarmsProps): AlarmDefinition[] {
  const dimensions: Metric["dimensions"] = {
    ClusterName: { role: "cluster" },
    ServiceName: { role: `service ${serviceKey}` },
  };
  // Of Container Insights, which the cluster turns on: ECS itself counts no tasks.
  const tasks = (name: string): Metric => ({
    namespace: "ECS/ContainerInsights",
    name,
    dimensions,
    statistic: "Average",
  });
  const use = (name: string, statistic: Metric["statistic"]): Metric => ({
    namespace: "AWS/ECS",
    name,
    dimensions,
    statistic,
  });
  return [
    {
      subject: serviceKey,
      kind: "missing-tasks",
      runbook: "service-missing-tasks",
      measure: "missing tasks",
      comparison: "at least",
      setting: "missingTasks",
      threshold: thresholds.missingTasks,
      action: "Read the service's events and the reason why its last task stopped.",
      metrics: { desired: tasks("DesiredTaskCount"), running: tasks("RunningTaskCount") },
      // A service without a single task may report no number of running ones.
      expression: "desired - FILL(running, 0)",
      periodSeconds: 60,
      periods: 5,
      missingData: "missing",
    },
    {
      subject: serviceKey,
      kind: "cpu",
      runbook: "service-cpu",
      measure: "average CPU",
      comparison: "above",
      setting: "serviceCpuPercent",
      threshold: thresholds.serviceCpuPercent,
      limit: `${thresholds.serviceCpuPercent} percent`,
      action: "See whether autoscaling is at its maximum, and raise it or give tasks more CPU.",
      metrics: { cpu: use("CPUUtilization", "Average") },
      periodSeconds: 300,
      periods: 3,
      missingData: "missing",
    },
    {
      subject: serviceKey,
      kind: "memory",
      runbook: "service-memory",
      measure: "memory of the fullest task",
      comparison: "above",
      setting: "serviceMemoryPercent",
      threshold: thresholds.serviceMemoryPercent,
      limit: `${thresholds.serviceMemoryPercent} percent`,
      action: "Look for a leak since the last release, or give tasks more memory before they are killed.",
      metrics: { memory: use("MemoryUtilization", "Maximum") },
      periodSeconds: 300,
      periods: 3,
      missingData: "missing",
    },
  ];
}

function targetAlarms({ serviceKey, thresholds }: ServiceAlarmsProps): AlarmDefinition[] {
  const metric = (name: string, statistic: Metric["statistic"]): Metric => ({
    namespace: "AWS/ApplicationELB",
    name,
    dimensions: {
      LoadBalancer: { role: "load-balancer" },
      TargetGroup: { role: `target-group ${serviceKey}` },
    },
    statistic,
  });
  return [
    {
      subject: serviceKey,
      kind: "unhealthy-targets",
      runbook: "service-unhealthy-targets",
      measure: "unhealthy tasks",
      comparison: "at least",
      setting: "unhealthyTargets",
      threshold: thresholds.unhealthyTargets,
      action: "Read the targets' reasons, and whether the stack security-group-rules is deployed.",
      metrics: { unhealthy: metric("UnHealthyHostCount", "Maximum") },
      periodSeconds: 60,
      periods: 5,
      missingData: "notBreaching",
    },
    {
      subject: serviceKey,
      kind: "latency",
      runbook: "service-latency",
      measure: "95th percentile of the response time",
      comparison: "above",
      setting: "latencySeconds",
      threshold: thresholds.latencySeconds,
      limit: `${thresholds.latencySeconds} seconds`,
      action: "Compare with the database's load and the last release.",
      metrics: { latency: metric("TargetResponseTime", "p95") },
      periodSeconds: 300,
      periods: 3,
      missingData: "notBreaching",
    },
  ];
}

const ADDRESSES = "Find the addresses that they come from, and block them if nobody knows them.";

const LOG_ALARMS = {
  errors: {
    setting: "logErrors",
    runbook: "service-errors",
    measure: "log lines with ERROR or CRITICAL",
    action: "Read them with `npm run -s ops -- contain logs`, and roll back a release that brought them.",
  },
  "failed-logins": {
    setting: "failedLogins",
    runbook: "service-failed-logins",
    measure: "failed log-ins",
    action: ADDRESSES,
  },
  "failed-logins-axes": {
    setting: "failedLogins",
    runbook: "service-failed-logins",
    measure: "log-ins that django-axes saw fail",
    action: ADDRESSES,
  },
} as const;

function logAlarms({ serviceKey, service, thresholds, logNamespace }: ServiceAlarmsProps): AlarmDefinition[] {
  return logMetrics(serviceKey, service).map(({ kind, name }) => {
    const { setting, runbook, ...words } = LOG_ALARMS[kind];
    return {
      ...words,
      setting,
      subject: serviceKey,
      kind,
      runbook,
      comparison: "above",
      threshold: thresholds[setting],
      metrics: { lines: { namespace: logNamespace, name, dimensions: {}, statistic: "Sum" } },
      periodSeconds: 300,
      periods: 1,
      missingData: "notBreaching",
    };
  });
}
