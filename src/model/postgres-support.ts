// Until when RDS supports PostgreSQL's major versions without charging for it.

/**
 * The last day of RDS's standard support by major version: "Release calendars for Amazon RDS for PostgreSQL", Amazon RDS for
 * PostgreSQL release notes. On the day after, RDS Extended Support begins, billed by vCPU and hour.
 */
const END_OF_STANDARD_SUPPORT: Readonly<Record<string, string>> = {
  "11": "2024-02-29",
  "12": "2025-02-28",
  "13": "2026-02-28",
  "14": "2027-02-28",
  "15": "2028-02-29",
  "16": "2029-02-28",
  "17": "2030-02-28",
  "18": "2031-02-28",
};

/** The major version of "16" or "16.4". */
export function majorVersion(engineVersion: string): number {
  return Number.parseInt(engineVersion, 10);
}

/**
 * The last day of a version's standard support, where that day is over; `undefined` for a version that is supported, or
 * whose end is not known here.
 */
export function extendedSupportSince(engineVersion: string, today: Date): string | undefined {
  const end = END_OF_STANDARD_SUPPORT[String(majorVersion(engineVersion))];
  return end !== undefined && today.toISOString().slice(0, 10) > end ? end : undefined;
}
