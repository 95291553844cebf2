// The policy `hosts-declared`: requests for hosts that the environment does not declare reach no service.
import { declaredHosts } from "../../model/declared-hosts";
import { listenerRules } from "../../model/listener-rules";
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import type { Resource } from "../reading/resources";
import { isDynamic, nested, texts } from "../reading/values";

/** Actions by which the load balancer answers itself. */
const OWN_ANSWERS = ["fixed-response", "redirect"];

const hostsDeclared: Policy = {
  id: "hosts-declared",
  severity: "medium",
  rule: "From the Internet, requests for hosts that the environment does not declare reach no service.",
  reason:
    "Scanners send any Host: each such request costs a task's time, logs an error, and is one mistake in ALLOWED_HOSTS away from links to a stranger's site.",
  remedy:
    "Give the rule a host_header of declared hosts (dns, routes, django.allowedHosts), or a listener that forwards by default a last rule that refuses the rest.",
  *check({ environment, resources }) {
    const declared = declaredHosts(environment);
    // Where no rules can hold the declared hosts, a synth warns of that already.
    if (declared === undefined || listenerRules(environment).warning !== undefined) {
      return;
    }
    const rules = resources.of("aws_lb_listener_rule", "aws_alb_listener_rule");
    for (const listener of resources.of("aws_lb_listener", "aws_alb_listener")) {
      const balancer = resources.find(listener, listener.body.load_balancer_arn, "aws_lb", "arn");
      if (!speaksHttp(listener) || balancer?.body.internal === true) {
        continue;
      }
      const own = rules.filter((rule) => resources.referredTo(rule, rule.body.listener_arn) === listener);
      const last = Math.min(...own.filter(refusesTheRest).map(priorityOf).filter(Number.isFinite));
      if (last === Number.POSITIVE_INFINITY && forwards(listener, "default_action")) {
        yield finding(listener, "It forwards requests for any host, and no rule refuses them before");
      }
      for (const rule of own) {
        // What comes after the rule that refuses the rest is never asked.
        if (!(priorityOf(rule) > last) && isOpen(rule, declared)) {
          yield finding(rule, "It forwards requests for hosts that the environment does not declare");
        }
      }
    }
    for (const rule of rules) {
      if (!resources.referredTo(rule, rule.body.listener_arn) && isOpen(rule, declared)) {
        yield finding(rule, "It forwards requests for hosts that the environment does not declare");
      }
    }
  },
};

export default hostsDeclared;

function speaksHttp({ body }: Resource): boolean {
  return !["TLS", "TCP", "UDP", "TCP_UDP", "GENEVE"].includes(asText(body.protocol) ?? "");
}

function forwards({ body }: Resource, name: string): boolean {
  return (
    isDynamic(body, name) || nested(body, name).some(({ type }) => !OWN_ANSWERS.includes(asText(type) ?? ""))
  );
}

/** Whether a rule, as surely as it is there, takes every request, and no target gets it. */
function refusesTheRest(rule: Resource): boolean {
  const { body } = rule;
  const [condition, ...others] = nested(body, "condition");
  return (
    body.count === undefined &&
    body.for_each === undefined &&
    !isDynamic(body, "condition") &&
    !forwards(rule, "action") &&
    condition !== undefined &&
    others.length === 0 &&
    nested(condition, "path_pattern").some(({ values }) => texts(values).includes("*"))
  );
}

/** Before all others where it cannot be read. */
function priorityOf({ body }: Resource): number {
  const priority = Number(body.priority ?? Number.NaN);
  return Number.isNaN(priority) ? Number.NEGATIVE_INFINITY : priority;
}

function isOpen(rule: Resource, declared: readonly string[]): boolean {
  const hosts = nested(rule.body, "condition").flatMap((condition) => nested(condition, "host_header"));
  return (
    forwards(rule, "action") &&
    !hosts.some(
      ({ values, regex_values: expressions }) =>
        // What a regular expression takes, nobody reads here.
        texts(values).length > 0 &&
        texts(expressions).length === 0 &&
        texts(values).every((host) => declared.some((each) => covers(each, host.toLowerCase()))),
    )
  );
}

/** Whether all that a pattern of a condition takes is declared. */
function covers(declared: string, host: string): boolean {
  return declared === host || (declared.startsWith("*.") && host.endsWith(declared.slice(1)));
}
