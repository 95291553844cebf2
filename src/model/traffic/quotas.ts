// The rules that each security group would hold, counted against the quota of AWS before AWS refuses them.
import type { SecurityGroupRule } from "./rules";

/** A group with more rules than it may hold. */
export interface QuotaExcess {
  readonly group: string;
  readonly direction: SecurityGroupRule["direction"];
  /** Rules that the group would hold. */
  readonly count: number;
  /** Rules that it may hold. */
  readonly limit: number;
}

/** The groups that would hold more inbound, or more outbound, rules than `limit`. */
export function quotaExcesses(rules: readonly SecurityGroupRule[], limit: number): QuotaExcess[] {
  const counts = new Map<string, QuotaExcess>();
  for (const { group, direction } of rules) {
    const key = `${group} ${direction}`;
    counts.set(key, { group, direction, limit, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].filter(({ count }) => count > limit);
}
