// The policy `rules-described`: every security group rule says why it exists.
import type { Policy } from "../policy";
import { placeOf, rulesIn } from "../reading/openings";

const rulesDescribed: Policy = {
  id: "rules-described",
  severity: "low",
  rule: "Every security group rule says why it exists.",
  reason: "A rule without a reason is never removed, because nobody knows whether something still needs it.",
  remedy: "Give the rule a description; that of a flow becomes it.",
  *check({ configs }) {
    for (const rule of rulesIn(configs)) {
      if (rule.description.trim() === "") {
        yield { ...placeOf(rule), problem: "It does not say why it exists" };
      }
    }
  },
};

export default rulesDescribed;
