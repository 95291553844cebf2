// What watches an environment: its alarms, their topic, its dashboard, the rule that reports changed groups.

/** An alarm. Neither an environment's name nor a service's key has a slash. */
export function alarmName(base: string, subject: string, kind: string): string {
  return `${base}/${subject}/${kind}`;
}

/** Every alarm of an environment, as a pattern. */
export function anyAlarm(base: string): string {
  return `${base}/*`;
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

/** What counts log lines. @param metric the metric's own name */
export function logMetricFilter(base: string, metric: string): string {
  return `${base}-${metric}`;
}
