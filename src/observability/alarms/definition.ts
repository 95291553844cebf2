// What an alarm is, as data: everything about it but what the things that it watches are called in AWS.
import type { Thresholds } from "../../schema/monitoring";

/** Something that is watched. What AWS calls it is known only where it is made. */
export type Role =
  | "cluster"
  | "load-balancer"
  | "database"
  | "database-restart"
  | `service ${string}`
  | `target-group ${string}`
  | `cache-node ${number}`
  | `schedule ${string}/${string}`
  | "undelivered-schedules"
  | `file-system ${string}`
  | "web-acl";

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** What it is measured on: a role, or a value that is the same everywhere. */
  readonly dimensions: Readonly<Record<string, { readonly role: Role } | { readonly value: string }>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum" | "SampleCount" | `p${number}`;
}

/** When an alarm fires, compared with its threshold. */
export type Comparison = "above" | "at least" | "below";

export interface AlarmDefinition {
  /**
   * What it watches: a service's or a file system's key, or `alb`, `postgres`, `redis` or `waf`, which no service is called; a service's schedule, or
   * `schedules`, which have kinds of their own.
   */
  readonly subject: string;
  /** What it watches there, such as `cpu`; subject and kind together name it. */
  readonly kind: string;
  /** The anchor of its section in the runbook. */
  readonly runbook: string;
  /** What is compared with the threshold, in words. */
  readonly measure: string;
  readonly comparison: Comparison;
  /** The field of `monitoring.thresholds` that moves the threshold. */
  readonly setting: keyof Thresholds;
  readonly threshold: number;
  /** The threshold in words, such as `85 percent`. Default: the number, which counts what is measured. */
  readonly limit?: string;
  /** The first thing to do, in one sentence. */
  readonly action: string;
  /** By the names that the expression has for them. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** What is made of several metrics, in CloudWatch's metric math. Default: the only metric as it is. */
  readonly expression?: string;
  /** Seconds that one value stands for: a multiple of 60. */
  readonly periodSeconds: number;
  /** How many values in a row have to be beyond the threshold. */
  readonly periods: number;
  /** What a period without data counts as; `missing` is neither. */
  readonly missingData: "breaching" | "notBreaching" | "missing";
}

/** When an alarm fires, in words: `average CPU above 85 percent for 15 minutes`, `failed log-ins above 50 in 5 minutes`. */
export function conditionText(definition: AlarmDefinition): string {
  const { measure, comparison, threshold, limit = threshold, periodSeconds, periods } = definition;
  const minutes = (periodSeconds * periods) / 60;
  const length = periodSeconds === 3600 ? `${minutes / 60} hours` : `${minutes} minutes`;
  const duration = `${periods > 1 ? "for" : "in"} ${length}`;
  return `${measure} ${comparison} ${limit} ${duration}`;
}

/** What whoever is told by the alarm reads first: what is wrong, what to do, and where more is said. */
export function alarmDescription(definition: AlarmDefinition, runbookUrl: string): string {
  const { subject, action, runbook } = definition;
  return `${subject}: ${conditionText(definition)}. ${action} Runbook: ${runbookUrl}#${runbook}`;
}
