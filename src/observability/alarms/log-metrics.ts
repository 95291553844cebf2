// What is counted in a service's logs, so that an alarm can be put on it.
import type { Service } from "../../schema/service";

/** Log lines that are counted. */
export interface LogMetric {
  /** The metric's kind, and that of its alarm. */
  readonly kind: "errors" | "failed-logins";
  /** The metric's name in CloudWatch. */
  readonly name: string;
  /**
   * Which lines count, as "Filter pattern syntax for metric filters", Amazon CloudWatch Logs user guide, has it: a line
   * with any of these terms, in plain text or anywhere in JSON.
   */
  readonly pattern: string;
}

/** The levels at which Python logs what went wrong, in capitals as Python writes them. */
const ERRORS = "?ERROR ?CRITICAL";

/** What docs/django-settings.md has Django log, and what django-axes logs by itself. */
const FAILED_LOGINS = '?"Login failed" ?"login failure"';

/** What is counted in a service's logs: errors everywhere, log-ins where anybody can reach it. */
export function logMetrics(serviceKey: string, { port }: Pick<Service, "port">): LogMetric[] {
  const metric = (kind: LogMetric["kind"], pattern: string): LogMetric => ({
    kind,
    name: `${serviceKey}-${kind}`,
    pattern,
  });
  return [metric("errors", ERRORS), ...(port === undefined ? [] : [metric("failed-logins", FAILED_LOGINS)])];
}
