// What is counted in a service's logs, so that an alarm can be put on it.
import { isPublic, type ReachedService } from "../../model/services";

/** A filter: lines that one of them takes are counted. */
export interface LogFilter {
  /** Its name, after that of the environment. */
  readonly name: string;
  /**
   * Which lines count, as "Filter pattern syntax for metric filters", Amazon CloudWatch Logs user guide, has it: in plain text or
   * anywhere in JSON. Beside terms with a question mark, others count for nothing: what is to leave lines out has none.
   */
  readonly pattern: string;
}

/** Log lines that are counted. */
export interface LogMetric {
  /** The metric's kind, and that of its alarm. */
  readonly kind: "errors" | "failed-logins" | "failed-logins-axes";
  /** The metric's name in CloudWatch. */
  readonly name: string;
  /** What of the log it counts; no line is one of two. */
  readonly filters: readonly LogFilter[];
}

/**
 * What is no fault of the application, in the words of who logs it: Django, of a host that a client made up
 * (`django.security.DisallowedHost`), and gunicorn from 25.1 on, of its control socket, at each start on files that are read-only.
 */
const NO_ERRORS = '-"Invalid HTTP_HOST header" -"Control server error"';

/** The levels at which Python logs what went wrong, in capitals as Python writes them. */
const ERRORS = `ERROR ${NO_ERRORS}`;
const CRITICAL = `CRITICAL -ERROR ${NO_ERRORS}`;

/** What docs/django-settings.md has Django log, one line for each; not what django-axes says of an address that it trusts. */
const FAILED_LOGINS = '"Login failed" -"AXES:"';

/** What django-axes logs by itself, one line for each, and another one once it locks somebody out. */
const AXES = '"login failure" -"after repeated login failures"';

/**
 * What is counted in a service's logs: errors everywhere, log-ins where anybody can reach it. What an application logs of a log-in and
 * what django-axes logs of it are counted apart: who has both writes a line of each, and no filter knows that they are of one.
 */
export function logMetrics(serviceKey: string, service: ReachedService): LogMetric[] {
  const metric = (kind: LogMetric["kind"], patterns: Readonly<Record<string, string>>): LogMetric => {
    const name = `${serviceKey}-${kind}`;
    const filters = Object.entries(patterns).map(([end, pattern]) => ({ name: `${name}${end}`, pattern }));
    return { kind, name, filters };
  };
  return [
    metric("errors", { "": ERRORS, "-critical": CRITICAL }),
    ...(isPublic(service)
      ? [metric("failed-logins", { "": FAILED_LOGINS }), metric("failed-logins-axes", { "": AXES })]
      : []),
  ];
}
