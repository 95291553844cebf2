// The policy `rules-described`: every security group rule says why it exists.
import { ObservedGroups } from "../../reachability/groups";
import { observedRules } from "../../reachability/observed-rules";
import type { Policy } from "../policy";
import { placeOf } from "../reading/openings";

const rulesDescribed: Policy = {
  id: "rules-described",
  severity: "low",
  rule: "Every security group rule says why it exists.",
  reason: "A rule without a reason is never removed, because nobody knows whether something still needs it.",
  remedy: "Give the rule a description; that of a flow becomes it.",
  *check({ configs }) {
    for (const rule of observedRules(configs, new ObservedGroups(configs))) {
      if (rule.description.trim() === "") {
        yield { ...placeOf(rule), problem: "It does not say why it exists" };
      }
    }
  },
};

export default rulesDescribed;
