// What a DSN leads to, and what Sentry's answer means.
import { isDsnVariable, judgeAnswer, parseDsn } from "../../../src/operations/preflight/sentry-judgement";

describe("a DSN", () => {
  it.each([
    ["https://0123456789abcdef@o1.ingest.sentry.io/42", "https://o1.ingest.sentry.io"],
    ["http://key@sentry.internal:9000/1", "http://sentry.internal:9000"],
    ["https://key:secret@sentry.example.com/some/path/7\n", "https://sentry.example.com"],
  ])("%j leads to %s", (text, origin) => {
    expect(parseDsn(text)?.origin).toBe(origin);
  });

  it.each([
    "",
    "put there by hand",
    "https://o1.ingest.sentry.io/42",
    "https://key@o1.ingest.sentry.io",
    "https://key@o1.ingest.sentry.io/project",
    "ftp://key@o1.ingest.sentry.io/42",
  ])("%j is none", (text) => {
    expect(parseDsn(text)).toBeUndefined();
  });

  it.each([
    ["SENTRY_DSN", true],
    ["BACKEND_SENTRY_DSN", true],
    ["NOTSENTRY_DSN", false],
    ["SENTRY_DSN_OLD", false],
  ])("is what the variable %s holds: %s", (variable, holds) => {
    expect(isDsnVariable(variable)).toBe(holds);
  });
});

describe("an answer of Sentry", () => {
  const dsn = { origin: "https://s.example", host: "s.example" };

  it.each([
    [401, "pass"],
    [403, "pass"],
    [200, "fail"],
    [302, "fail"],
    [404, "fail"],
    [502, "fail"],
  ])("of %d: %s", (status, expected) => {
    expect(judgeAnswer(dsn, { status }).status).toBe(expected);
  });

  it("that does not come fails", () => {
    expect(judgeAnswer(dsn, { silence: "within 10 seconds" })).toEqual({
      status: "fail",
      detail:
        "s.example does not answer within 10 seconds: see whether the DSN's host is right and whether this machine may " +
        "reach it.",
    });
  });
});
