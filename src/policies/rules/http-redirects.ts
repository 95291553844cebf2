// The policy `http-redirects`: plain HTTP is answered by a redirect to HTTPS, and by nothing else.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import type { Resource } from "../reading/resources";
import { isDynamic, nested } from "../reading/values";

/** Protocols of listeners that are no plain HTTP: those with TLS, and those of load balancers that know no HTTP. */
const ENCRYPTED = ["HTTPS", "TLS", "TCP", "UDP", "TCP_UDP", "GENEVE"];

const httpRedirects: Policy = {
  id: "http-redirects",
  severity: "high",
  rule: "Plain HTTP is answered by a redirect to HTTPS, and by nothing else.",
  reason:
    "Whoever stands between a user and the platform can read and change what goes over plain HTTP, passwords and cookies included.",
  remedy: "Fill in dns.domain: it turns on HTTPS and the redirect.",
  *check({ resources }) {
    for (const listener of resources.of("aws_lb_listener", "aws_alb_listener")) {
      if (isPlain(listener) && !redirects(listener, "default_action")) {
        yield finding(listener, "It answers plain HTTP with something else than a redirect to HTTPS");
      }
    }
    for (const rule of resources.of("aws_lb_listener_rule", "aws_alb_listener_rule")) {
      const listener = resources.referredTo(rule, rule.body.listener_arn);
      if ((!listener || isPlain(listener)) && !redirects(rule, "action")) {
        yield finding(
          rule,
          "It answers plain HTTP, as far as can be read, with something else than a redirect",
        );
      }
    }
  },
};

export default httpRedirects;

function isPlain({ body }: Resource): boolean {
  return !ENCRYPTED.includes(asText(body.protocol) ?? "");
}

function redirects({ body }: Resource, name: string): boolean {
  const actions = nested(body, name);
  return (
    !isDynamic(body, name) &&
    actions.length > 0 &&
    // Left out, the protocol of the redirect is that of the request.
    actions.every((action) => nested(action, "redirect").some(({ protocol }) => protocol === "HTTPS"))
  );
}
