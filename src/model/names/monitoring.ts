// What watches an environment: its alarms, their topic, its dashboard, the rule that reports changed groups.
import { MEMBER_KEYS, WAF_KEY } from "../../schema/member-keys";

/** What a service, the load balancer and so on are watched for, by the kind of member; docs/monitoring.md has a section for each. */
export const ALARM_KINDS = {
  service: [
    "missing-tasks",
    "cpu",
    "memory",
    "errors",
    "failed-logins",
    "failed-logins-axes",
    "unhealthy-targets",
    "latency",
    "scaling-metric",
  ],
  [MEMBER_KEYS.loadBalancer]: ["server-errors", "rejected-connections"],
  [WAF_KEY]: ["blocked-requests"],
  [MEMBER_KEYS.database]: ["cpu", "free-storage", "connections", "cpu-credits", "restart"],
  [MEMBER_KEYS.cache]: ["cpu", "memory", "evictions", "refused-logins", "cpu-credits"],
  "file-system": ["burst-credits"],
} as const;

/** What a schedule is watched for. */
export const SCHEDULE_ALARM_KINDS = ["failed-runs", "missed-runs"] as const;

/** What all schedules together are watched as, and for. */
export const SCHEDULES_SUBJECT = "schedules";
const SCHEDULES_KIND = "undelivered";

/** What a schedule is called where it is watched. */
export function scheduleSubject(service: string, schedule: string): string {
  return `${service}-${schedule}`;
}

/** Every alarm that an environment with these services, file systems and schedules may have, as `names.alarms` calls them. */
export function alarmKeys(
  services: readonly string[],
  fileSystems: readonly string[] = [],
  schedules: readonly { readonly service: string; readonly key: string }[] = [],
): string[] {
  const { service, "file-system": fileSystem, ...others } = ALARM_KINDS;
  const bySubject: readonly (readonly [string, readonly string[]])[] = [
    ...services.map((key) => [key, service] as const),
    ...Object.entries(others),
    ...fileSystems.map((key) => [key, fileSystem] as const),
    ...schedules.map((one) => [scheduleSubject(one.service, one.key), SCHEDULE_ALARM_KINDS] as const),
    ...(schedules.length > 0 ? [[SCHEDULES_SUBJECT, [SCHEDULES_KIND]] as const] : []),
  ];
  return bySubject.flatMap(([subject, kinds]) => kinds.map((kind) => alarmKey(subject, kind)));
}

function alarmKey(subject: string, kind: string): string {
  return `${subject}/${kind}`;
}

/**
 * An alarm. Neither an environment's name nor a service's key has a slash.
 * @param given names of alarms' own, by key
 */
export function alarmName(
  base: string,
  given: Readonly<Record<string, string>>,
  subject: string,
  kind: string,
): string {
  const key = alarmKey(subject, kind);
  return given[key] ?? `${base}/${key}`;
}

/** Every alarm of an environment, as patterns. @param given names of alarms' own, by key */
export function anyAlarm(base: string, given: Readonly<Record<string, string>>): string[] {
  const conventional = `${base}/`;
  return [`${conventional}*`, ...Object.values(given).filter((name) => !name.startsWith(conventional))];
}

/** The topic that alarms go to. */
export function alarmTopic(base: string): string {
  return `${base}-alarms`;
}

export function dashboardName(base: string): string {
  return base;
}

/** The rule that tells of whoever changes a security group. */
export function securityGroupChangesRule(base: string): string {
  return `${base}-security-group-changes`;
}

/** The rule that tells of what a service has found in the account. */
export function findingsRule(base: string, service: "guardduty" | "security-hub"): string {
  return `${base}-${service}-findings`;
}

/** What counts log lines. @param metric the metric's own name */
export function logMetricFilter(base: string, metric: string): string {
  return `${base}-${metric}`;
}
