// The policy `secrets-recoverable`: a deleted secret can be restored for some days in production.
import { asNumber } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";

const secretsRecoverable: Policy = {
  id: "secrets-recoverable",
  severity: "medium",
  rule: "A deleted secret can be restored for some days in production.",
  reason:
    "A secret that is deleted by mistake takes down everything that reads it, and nobody knows its value.",
  remedy: "Set recovery_window_in_days to 7 or more, or leave it out for 30.",
  production: true,
  *check({ resources }) {
    for (const secret of resources.of("aws_secretsmanager_secret")) {
      const days = secret.body.recovery_window_in_days;
      // The provider's default is 30.
      if (days !== undefined && days !== null && !((asNumber(days) ?? 0) > 0)) {
        yield finding(secret, "It is deleted at once, beyond recovery");
      }
    }
  },
};

export default secretsRecoverable;
