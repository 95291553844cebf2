// The policy `sources-held`: a service whose routes name addresses is reached from those alone.
import type { Environment } from "../../model/environment";
import type { Conditions } from "../../model/listener-rule-parts";
import { type ListenerRule, listenerRules } from "../../model/listener-rules";
import { isPublic } from "../../model/services";
import { asText, type JsonObject } from "../../reachability/terraform-config";
import { cidrProblem, contains } from "../../schema/cidr";
import { finding, type Policy } from "../policy";
import type { Resource, Resources } from "../reading/resources";
import { isDynamic, nested, texts } from "../reading/values";

/** Actions by which the load balancer answers itself. */
const OWN_ANSWERS = ["fixed-response", "redirect"];

const sourcesHeld: Policy = {
  id: "sources-held",
  severity: "high",
  rule: "A service whose routes name addresses gets requests from those alone, and to all others the load balancer answers 403.",
  reason:
    "What is meant for an office, such as Flower or an admin, has often no other door: one rule without its condition puts it on the Internet.",
  remedy:
    "Give each rule that forwards to the service a source_ip of the addresses in its routes, with the rule that answers 403 right behind it, as the synth writes them.",
  *check({ environment, resources }) {
    const held = heldServices(environment);
    if (held.size === 0) {
      return;
    }
    const { rules: declared } = listenerRules(environment);
    const rules = resources.of("aws_lb_listener_rule", "aws_alb_listener_rule");
    for (const listener of resources.of("aws_lb_listener", "aws_alb_listener")) {
      for (const service of reached(listener, "default_action", environment, resources)) {
        if (held.has(service)) {
          yield finding(listener, `It forwards whatever no rule takes to ${service}, from any address`);
        }
      }
      const own = rules.filter((rule) => resources.referredTo(rule, rule.body.listener_arn) === listener);
      for (const wanted of declared.filter(({ refused }) => refused === "address")) {
        const leadsThere = own.some((rule) =>
          declared.some(
            (one) => one.sources && sameRequests(one, wanted) && sameRequests(requestsOf(rule), one),
          ),
        );
        if (leadsThere && !own.some((rule) => refuses(rule, wanted))) {
          const what = [...(wanted.hosts ?? []), ...(wanted.paths ?? [])].join(" ");
          yield finding(
            listener,
            `It has no rule of priority ${wanted.priority} that refuses all others for ${what}`,
          );
        }
      }
    }
    for (const rule of rules) {
      for (const service of reached(rule, "action", environment, resources)) {
        const sources = held.get(service);
        const isDeclared = declared.some(
          (one) => one.service === service && !one.sources && sameRequests(requestsOf(rule), one),
        );
        if (sources && !isDeclared && !isFrom(rule, sources)) {
          yield finding(
            rule,
            `It forwards requests to ${service} from other addresses than those in its routes`,
          );
        }
      }
    }
  },
};

export default sourcesHeld;

/** The services with routes that name addresses, and all the addresses that these name. */
function heldServices({ services }: Pick<Environment, "services">): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(services).flatMap(([key, service]): [string, readonly string[]][] => {
      const sources = service.routes?.flatMap(({ sourceCidrs = [] }) => sourceCidrs) ?? [];
      return isPublic(service) && sources.length > 0 ? [[key, sources]] : [];
    }),
  );
}

/** The services that actions may forward to: of a target group that cannot be read, every one. */
function reached(
  resource: Resource,
  name: string,
  { names, services }: Environment,
  resources: Resources,
): string[] {
  const { body } = resource;
  const all = Object.keys(services);
  if (isDynamic(body, name)) {
    return all;
  }
  const forwarding = nested(body, name).filter(({ type }) => !OWN_ANSWERS.includes(asText(type) ?? ""));
  const groups = forwarding.flatMap((action) => [
    ...(action.target_group_arn === undefined ? [] : [action.target_group_arn]),
    ...nested(action, "forward").flatMap((forward) => nested(forward, "target_group").map(({ arn }) => arn)),
  ]);
  if (forwarding.length > 0 && groups.length === 0) {
    return all;
  }
  return groups.flatMap((arn) => {
    const group =
      resources.find(resource, arn, "aws_lb_target_group", "arn") ??
      resources.find(resource, arn, "aws_alb_target_group", "arn");
    const known = asText(group?.body.name);
    return known === undefined || known.includes("${")
      ? all
      : all.filter((key) => names.services[key]?.targetGroup === known);
  });
}

/** The hosts and the paths that a rule of the output asks for. */
function requestsOf({ body }: Resource): Conditions {
  return { hosts: values(body, "host_header"), paths: values(body, "path_pattern") };
}

function sameRequests(one: Conditions, other: Conditions): boolean {
  const same = (some: readonly string[] = [], others: readonly string[] = []) =>
    some.length === others.length && some.every((value) => others.includes(value));
  return same(one.hosts, other.hosts) && same(one.paths, other.paths);
}

/** The values of a rule's conditions of one kind. */
function values(body: JsonObject, kind: string): string[] {
  return nested(body, "condition").flatMap((condition) =>
    nested(condition, kind).flatMap((each) => texts(each.values)),
  );
}

/** Whether a rule is for nobody but these addresses, as surely as it can be read. */
function isFrom({ body }: Resource, sources: readonly string[]): boolean {
  const conditions = nested(body, "condition").flatMap((condition) => nested(condition, "source_ip"));
  return (
    !isDynamic(body, "condition") &&
    // All conditions have to hold: one that is within is enough.
    conditions.some(({ values: blocks }) => {
      const own = texts(blocks);
      return (
        own.length > 0 &&
        own.every(
          (block) => cidrProblem(block) === undefined && sources.some((source) => contains(source, block)),
        )
      );
    })
  );
}

/** Whether a rule refuses what the wanted one does, at its place. */
function refuses(rule: Resource, wanted: ListenerRule): boolean {
  const { body } = rule;
  const actions = nested(body, "action");
  return (
    body.count === undefined &&
    body.for_each === undefined &&
    !isDynamic(body, "condition") &&
    !isDynamic(body, "action") &&
    Number(body.priority) === wanted.priority &&
    sameRequests(requestsOf(rule), wanted) &&
    values(body, "source_ip").length === 0 &&
    nested(body, "condition").every((condition) =>
      Object.keys(condition).every((kind) => ["host_header", "path_pattern"].includes(kind)),
    ) &&
    actions.length === 1 &&
    nested(actions, "fixed_response").some(({ status_code: code }) => String(code) === "403")
  );
}
