// What CloudWatch Logs can look for itself, so that it does not send every event of a service.

/**
 * A pattern for CloudWatch Logs that lets through all that a regular expression matches; `undefined` where it has none.
 *
 * Between percent signs CloudWatch Logs takes a part of the regular expressions' syntax ("Supported regular expressions
 * (regex) syntax"), and means by words and "|" what JavaScript means. A bare term would do for words alone, and whether
 * it finds FAIL in FAILED is not documented.
 */
export function filterPattern(pattern: string): string | undefined {
  return /^[A-Za-z0-9_]+(\|[A-Za-z0-9_]+)*$/.test(pattern) ? `%${pattern}%` : undefined;
}
