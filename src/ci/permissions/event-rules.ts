// What CI does with rules of EventBridge that are there, whatever they are for; what may be put into one is said beside it.
import { actions, type Grant } from "../grant";

/**
 * @param what what the rules are, as their grants have it: `EventRules`
 * @param rules their ARNs
 */
export function eventRules(what: string, rules: readonly string[]): Grant[] {
  return [
    {
      sid: `Read${what}`,
      access: "read",
      actions: actions("events", ["DescribeRule", "ListTagsForResource", "ListTargetsByRule"]),
      resources: rules,
    },
    {
      sid: `Own${what}`,
      access: "write",
      actions: actions("events", ["DeleteRule", "RemoveTargets", "TagResource", "UntagResource"]),
      resources: rules,
    },
  ];
}
