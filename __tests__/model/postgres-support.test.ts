// RDS's calendar for PostgreSQL, at the days that decide.
import { extendedSupportSince, majorVersion } from "../../src/model/postgres-support";

it.each([
  ["11.22", "2026-11-28T12:00:00Z", "2024-02-29"],
  ["12", "2025-02-28T12:00:00Z", undefined],
  ["12", "2025-03-01T12:00:00Z", "2025-02-28"],
  ["13", "2026-02-28T23:59:59Z", undefined],
  ["13", "2026-03-01T00:00:00Z", "2026-02-28"],
  ["13.21", "2026-11-28T12:00:00Z", "2026-02-28"],
  ["15", "2028-02-29T12:00:00Z", undefined],
  ["15", "2028-03-01T12:00:00Z", "2028-02-29"],
  ["16", "2026-11-28T12:00:00Z", undefined],
  ["19", "2040-01-01T00:00:00Z", undefined],
])("version %s on %s is in extended support since %s", (version, today, since) => {
  expect(extendedSupportSince(version, new Date(today))).toBe(since);
});

it.each([
  ["16", 16],
  ["13.4", 13],
])("%s is of major version %d", (version, major) => {
  expect(majorVersion(version)).toBe(major);
});
