// What the log filters count: real lines of Django, gunicorn, uvicorn, Celery and django-axes, typed as these write them, judged by
// AWS's documented syntax.
import { logMetrics } from "../../src/observability/alarms/log-metrics";
import { checkLogGroup, takes } from "../support/log-filter/filter-pattern";

const metrics = logMetrics("web", { port: 8000 });

/** How often each metric counts, over these lines; twice for a line that two of its filters take. */
function counts(...lines: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    metrics.map(({ name, filters }) => [
      name,
      filters.flatMap(({ pattern }) => lines.filter(takes(pattern))).length,
    ]),
  );
}

const errors = (...lines: readonly string[]) => counts(...lines)["web-errors"];

/** In either of the two metrics: each has an alarm with the same threshold. */
function failedLogins(...lines: readonly string[]): number {
  const { "web-failed-logins": own = 0, "web-failed-logins-axes": axes = 0 } = counts(...lines);
  return Math.max(own, axes);
}

it("are such as AWS takes", () => {
  const patterns = metrics.flatMap(({ filters }) => filters.map(({ pattern }) => pattern));
  expect(() => patterns.map(takes)).not.toThrow();
  expect(() => checkLogGroup(patterns)).not.toThrow();
  expect(new Set(metrics.flatMap(({ filters }) => filters.map(({ name }) => name))).size).toBe(
    patterns.length,
  );
});

describe("errors", () => {
  it.each([
    ["Django, by the page's format", "ERROR django.request Internal Server Error: /orders/"],
    ["Django, critical", "CRITICAL django.core.cache Connection refused"],
    [
      "Django in JSON",
      '{"level": "ERROR", "logger": "django.request", "message": "Internal Server Error: /orders/", "exception": "Traceback (most recent call last):\\n  ..."}',
    ],
    ["structlog in JSON", '{"event": "payment refused", "severity": "CRITICAL"}'],
    ["gunicorn", "[2026-11-28 21:00:00 +0000] [7] [ERROR] Exception in worker process"],
    ["gunicorn, critical", "[2026-11-28 21:00:00 +0000] [1] [CRITICAL] WORKER TIMEOUT (pid:9)"],
    ["uvicorn", "ERROR:    Exception in ASGI application"],
    [
      "Celery",
      "[2026-11-28 21:00:00,123: ERROR/ForkPoolWorker-1] Task shop.tasks.add[5b0f] raised unexpected: ValueError('no')",
    ],
    [
      "Celery, critical",
      "[2026-11-28 21:00:00,123: CRITICAL/MainProcess] Unrecoverable error: AccessRefused()",
    ],
    ["both words in one line", "ERROR shop.alerts sent a CRITICAL one"],
  ])("of %s counts once", (_, line) => {
    expect(errors(line)).toBe(1);
  });

  it.each([
    [
      "a forged host, by the page's format",
      "ERROR django.security.DisallowedHost Invalid HTTP_HOST header: 'evil.example'. You may need to add 'evil.example' to ALLOWED_HOSTS.",
    ],
    [
      "a forged host that is no name",
      "ERROR django.security.DisallowedHost Invalid HTTP_HOST header: 'a b'. The domain name provided is not valid according to RFC 1034/1035.",
    ],
    [
      "a forged host in JSON",
      '{"level": "ERROR", "logger": "django.security.DisallowedHost", "message": "Invalid HTTP_HOST header: \'CRITICAL\'. You may need to add \'CRITICAL\' to ALLOWED_HOSTS."}',
    ],
    [
      "the end of its traceback",
      "django.core.exceptions.DisallowedHost: Invalid HTTP_HOST header: 'ERROR'. You may need to add 'ERROR' to ALLOWED_HOSTS.",
    ],
    [
      "gunicorn's control socket",
      "[2026-11-28 21:00:00 +0000] [1] [ERROR] Control server error: [Errno 30] Read-only file system: '/app/gunicorn.ctl'",
    ],
    ["a request that is not found", "WARNING django.request Not Found: /wp-login.php"],
    ["a start of gunicorn", "[2026-11-28 21:00:00 +0000] [1] [INFO] Starting gunicorn 27.0.1"],
    ["a request in uvicorn's access log", 'INFO:     10.0.0.7:51514 - "GET /errors HTTP/1.1" 200 OK'],
  ])("%s does not count", (_, line) => {
    expect(errors(line)).toBe(0);
  });
});

describe("failed log-ins", () => {
  const page = "WARNING config.audit Login failed from 203.0.113.7";
  const json =
    '{"level": "WARNING", "logger": "django_on_aws.audit", "message": "Login failed from 203.0.113.7"}';
  const first =
    'WARNING axes.handlers.database AXES: New login failure by {username: "ann", ip_address: "203.0.113.7", path_info: "/admin/login/"}. Created new record in the database.';
  const again =
    'WARNING axes.handlers.database AXES: Repeated login failure by {username: "ann", ip_address: "203.0.113.7", path_info: "/admin/login/"}. Updated existing record in the database.';
  const locked =
    'WARNING axes.handlers.database AXES: Locking out {username: "ann", ip_address: "203.0.113.7", path_info: "/admin/login/"} after repeated login failures.';
  const running =
    "INFO axes.handlers.database AXES: User login failed, running database handler for failure.";
  const trusted =
    'INFO axes.handlers.database AXES: Login failed from whitelisted client {ip_address: "10.0.0.7"}.';

  it.each<[string, readonly string[], number]>([
    ["the former page's receiver", [page], 1],
    ["the same in JSON", [json], 1],
    ["django-axes alone", [running, first], 1],
    ["both", [page, running, first], 1],
    ["both, with the one that locks out", [page, running, again, locked], 1],
    ["three tries of both", [page, running, first, page, running, again, page, running, again, locked], 3],
    ["an address that axes trusts", [page, running, trusted], 1],
    ["the words of an application's own", ["WARNING shop.accounts Login failed for an account"], 1],
    [
      "a log-in that succeeds",
      ['INFO axes.handlers.database AXES: Successful login by {username: "ann"}.'],
      0,
    ],
  ])("%s", (_, lines, count) => {
    expect(failedLogins(...lines)).toBe(count);
  });

  it("are no errors", () => {
    expect(errors(page, json, running, first, again, locked, trusted)).toBe(0);
  });
});

it("a service without a port has errors alone", () => {
  expect(logMetrics("jobs", { port: undefined }).map(({ name }) => name)).toEqual(["jobs-errors"]);
});
