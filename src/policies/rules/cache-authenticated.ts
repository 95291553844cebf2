// The policy `cache-authenticated`: every cache asks its clients who they are.
import { asList, asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isTrue, nested } from "../reading/values";

const cacheAuthenticated: Policy = {
  id: "cache-authenticated",
  severity: "high",
  rule: "Every cache asks its clients who they are.",
  reason: "Otherwise whoever reaches the port reads every session.",
  remedy:
    "Give the cache a user group whose users authenticate by IAM or by a password, and switch the user named default off.",
  *check({ resources }) {
    for (const cache of resources.of("aws_elasticache_replication_group")) {
      if (asList(cache.body.user_group_ids).length === 0 && cache.body.auth_token === undefined) {
        yield finding(cache, "It has neither a user group nor a token");
      }
    }
    for (const user of resources.of("aws_elasticache_user")) {
      const open =
        isTrue(user.body.no_password_required) ||
        nested(user.body, "authentication_mode").some(({ type }) => type === "no-password-required");
      if (open && !/^off(\s|$)/.test(asText(user.body.access_string) ?? "")) {
        yield finding(user, "It may log on without a password");
      }
    }
  },
};

export default cacheAuthenticated;
