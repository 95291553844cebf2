// What has changed between two looks at the platform's rules, besides what was to change.
import { isDeepStrictEqual } from "node:util";
import type { LiveRule } from "../live/security-groups";
import { liveRuleText } from "../rules/live-rule-text";

/**
 * Every difference but the removals that were meant, and each of those that has not come about; a sentence each.
 * @param removed IDs of the rules that were to go
 */
export function discrepancies(
  before: readonly LiveRule[],
  after: readonly LiveRule[],
  removed: ReadonlySet<string>,
  groupIds: ReadonlyMap<string, string>,
): string[] {
  const was = new Map(before.map((rule) => [rule.id, rule]));
  const is = new Set(after.map(({ id }) => id));
  const said = (rule: LiveRule) => `${rule.id} (${liveRuleText(rule, groupIds)})`;
  return [
    ...before
      .filter(({ id }) => !removed.has(id) && !is.has(id))
      .map((rule) => `${said(rule)} is gone, too.`),
    ...after.flatMap((rule) => {
      if (removed.has(rule.id)) {
        return `${said(rule)} is still there.`;
      }
      if (!was.has(rule.id)) {
        return `${said(rule)} was added meanwhile.`;
      }
      return isDeepStrictEqual(was.get(rule.id), rule) ? [] : `${said(rule)} was changed meanwhile.`;
    }),
  ];
}
