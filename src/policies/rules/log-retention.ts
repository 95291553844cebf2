// The policy `log-retention`: every log group says how long it keeps its events.
import { asNumber } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";

const logRetention: Policy = {
  id: "log-retention",
  severity: "medium",
  rule: "Every log group says how long it keeps its events.",
  reason:
    "Without it, logs are kept for ever: they cost more every month, and hold personal data longer than anyone may.",
  remedy: "Set retention_in_days.",
  *check({ resources }) {
    for (const group of resources.of("aws_cloudwatch_log_group")) {
      // CloudWatch takes 0 for ever.
      if ((asNumber(group.body.retention_in_days) ?? 0) <= 0) {
        yield finding(group, "It keeps its events for ever");
      }
    }
  },
};

export default logRetention;
