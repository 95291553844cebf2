// Stacks for the policies on load balancers.
import type { JsonObject } from "../../../src/reachability/terraform-config";
import type { Firing, PolicyCases } from "./policy-case";

function listener(body: JsonObject): JsonObject {
  return { resource: { aws_lb_listener: { web: body } } };
}

function rule(protocol: string, action: JsonObject): JsonObject {
  return {
    resource: {
      aws_lb_listener: { web: { protocol, default_action: [TO_HTTPS] } },
      aws_lb_listener_rule: { api: { listener_arn: "${aws_lb_listener.web.arn}", action: [action] } },
    },
  };
}

/** A listener that forwards by default, and its rules: priority, hosts, and whether it forwards. */
function hosts(
  ...rules: readonly (readonly [number | string, readonly string[] | undefined, boolean])[]
): JsonObject {
  return {
    resource: {
      aws_lb_listener: { web: { protocol: "HTTPS", default_action: [FORWARD] } },
      aws_lb_listener_rule: Object.fromEntries(
        rules.map(([priority, values, forwards]) => [
          `rule_${priority}`,
          {
            listener_arn: "${aws_lb_listener.web.arn}",
            priority,
            condition: values
              ? [{ host_header: { values: [...values] } }]
              : [{ path_pattern: { values: ["*"] } }],
            action: [forwards ? FORWARD : { type: "fixed-response", fixed_response: { status_code: "421" } }],
          },
        ]),
      ),
    },
  };
}

const OPEN = "It forwards requests for hosts that the environment does not declare";
const TO_HTTPS = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } };
const FORWARD = { type: "forward", target_group_arn: "${aws_lb_target_group.web.arn}" };
const ANSWERS = "It answers plain HTTP with something else than a redirect to HTTPS";
const LISTENER = "aws_lb_listener.web";

const TO_FLOWER = { type: "forward", target_group_arn: "${aws_lb_target_group.flower.arn}" };
const SERVICE = { image: "shop/web:1.0.0", cpu: 256, memory: 512 } as const;

/** A listener with a route for an office, and the rule behind it that refuses everybody else. */
function office({
  conditions = [{ source_ip: [{ values: ["203.0.113.0/24"] }] }],
  byDefault = TO_HTTPS,
  more = {},
  ...given
}: {
  readonly conditions?: readonly JsonObject[];
  readonly refusal?: JsonObject | undefined;
  readonly byDefault?: JsonObject;
  readonly more?: Readonly<Record<string, JsonObject>>;
}): JsonObject {
  const host = { host_header: [{ values: ["flower.example.com"] }] };
  const refusal = {
    priority: 11,
    condition: [host],
    action: [{ type: "fixed-response", fixed_response: [{ status_code: "403" }] }],
    ...given.refusal,
  };
  const rules = {
    flower_10: { priority: 10, condition: [host, ...conditions], action: [TO_FLOWER] },
    ...("refusal" in given && given.refusal === undefined ? {} : { flower_10_part_2: refusal }),
    ...more,
  };
  return {
    resource: {
      aws_lb_target_group: { web: { name: "shop-web" }, flower: { name: "shop-flower" } },
      aws_lb_listener: { web: { protocol: "HTTPS", default_action: [byDefault] } },
      aws_lb_listener_rule: Object.fromEntries(
        Object.entries(rules).map(([name, rule]) => [
          name,
          { listener_arn: "${aws_lb_listener.web.arn}", ...rule },
        ]),
      ),
    },
  };
}

export const loadBalancerCases: PolicyCases = {
  "firewall-attached": {
    fires: [
      { web_acl_arn: "${aws_wafv2_web_acl.main.arn}", resource_arn: "${aws_lb.other.arn}" },
      { web_acl_arn: "${var.acl}", resource_arn: "${aws_lb.web.arn}" },
      { web_acl_arn: "${aws_wafv2_web_acl.main.arn}", resource_arn: "${aws_lb.web.arn}", count: "${var.on}" },
    ].map((association) => [
      {
        resource: {
          aws_lb: { web: {} },
          aws_wafv2_web_acl: { main: {} },
          aws_wafv2_web_acl_association: { main: association },
        },
      },
      ["aws_lb.web", "No web ACL of these stacks stands before it"],
    ]),
    silent: [
      {
        resource: {
          aws_lb: { web: {}, inside: { internal: true }, network: { load_balancer_type: "network" } },
          aws_wafv2_web_acl: { main: {} },
          aws_wafv2_web_acl_association: {
            main: { web_acl_arn: "${aws_wafv2_web_acl.main.arn}", resource_arn: "${aws_lb.web.arn}" },
          },
        },
      },
    ],
  },
  "http-redirects": {
    fires: [
      [listener({ protocol: "HTTP", default_action: [FORWARD] }), [LISTENER, ANSWERS]],
      [
        listener({
          protocol: "HTTP",
          default_action: [{ type: "redirect", redirect: [{ protocol: "HTTP", port: "8080" }] }],
        }),
        [LISTENER, ANSWERS],
      ],
      // Left out, the protocol of a redirect is that of the request.
      [listener({ default_action: { type: "redirect", redirect: { port: "443" } } }), [LISTENER, ANSWERS]],
      [listener({ protocol: "HTTP", dynamic: { default_action: {} } }), [LISTENER, ANSWERS]],
      [
        rule("HTTP", FORWARD),
        [
          "aws_lb_listener_rule.api",
          "It answers plain HTTP, as far as can be read, with something else than a redirect",
        ],
      ],
      // Nobody knows which listener it is.
      [
        {
          resource: { aws_lb_listener_rule: { api: { listener_arn: "${var.listener}", action: [FORWARD] } } },
        },
        [
          "aws_lb_listener_rule.api",
          "It answers plain HTTP, as far as can be read, with something else than a redirect",
        ],
      ],
    ],
    silent: [
      listener({ protocol: "HTTP", default_action: [TO_HTTPS] }),
      listener({ protocol: "HTTPS", default_action: [FORWARD] }),
      rule("HTTPS", FORWARD),
      rule("HTTP", TO_HTTPS),
    ],
  },
  "hosts-declared": {
    environment: { dns: { domain: "shop.example.com", alternativeNames: ["*.shop.example.com"] } },
    fires: [
      [
        hosts([49_999, ["shop.example.com"], true]),
        ["aws_lb_listener.web", "It forwards requests for any host, and no rule refuses them before"],
      ],
      [
        listener({ protocol: "HTTPS", default_action: [FORWARD] }),
        ["aws_lb_listener.web", "It forwards requests for any host, and no rule refuses them before"],
      ],
      // One that takes any host, and one that takes a stranger's, too.
      [hosts([10, undefined, true], [50_000, undefined, false]), ["aws_lb_listener_rule.rule_10", OPEN]],
      [
        hosts([10, ["shop.example.com", "example.org"], true], [50_000, undefined, false]),
        ["aws_lb_listener_rule.rule_10", OPEN],
      ],
      [
        hosts([10, ["${var.host}"], true], [50_000, undefined, false]),
        ["aws_lb_listener_rule.rule_10", OPEN],
      ],
      [hosts([10, ["*"], true], [50_000, undefined, false]), ["aws_lb_listener_rule.rule_10", OPEN]],
      [
        {
          resource: { aws_lb_listener_rule: { api: { listener_arn: "${var.listener}", action: [FORWARD] } } },
        },
        ["aws_lb_listener_rule.api", OPEN],
      ],
      // A host condition without hosts that can be read.
      ...[
        {},
        { values: [] },
        { regex_values: [".*"] },
        { values: ["shop.example.com"], regex_values: [".*"] },
      ].map(
        (condition): Firing => [
          {
            resource: {
              aws_lb_listener_rule: {
                api: {
                  listener_arn: "${var.listener}",
                  action: [FORWARD],
                  condition: [{ host_header: [condition] }],
                },
              },
            },
          },
          ["aws_lb_listener_rule.api", OPEN],
        ],
      ),
      // Where it stands among the others, nobody knows.
      [
        hosts(["${var.place}", undefined, false]),
        ["aws_lb_listener.web", "It forwards requests for any host, and no rule refuses them before"],
      ],
    ],
    silent: [
      hosts([10, ["Shop.example.com", "api.shop.example.com"], true], [50_000, undefined, false]),
      // Nobody asks what comes after it.
      hosts([10, ["*.shop.example.com"], true], [20, undefined, false], [30, ["example.org"], true]),
      listener({ protocol: "HTTP", default_action: [TO_HTTPS] }),
      listener({ protocol: "HTTPS", default_action: [{ type: "fixed-response" }] }),
      listener({ protocol: "TCP", default_action: [FORWARD] }),
      {
        resource: {
          aws_lb: { inside: { internal: true } },
          aws_lb_listener: {
            web: { protocol: "HTTP", default_action: [FORWARD], load_balancer_arn: "${aws_lb.inside.arn}" },
          },
        },
      },
    ],
  },
  "sources-held": {
    environment: {
      services: {
        web: { ...SERVICE, port: 8000 },
        flower: {
          ...SERVICE,
          port: 5555,
          routes: [
            { priority: 10, hosts: ["flower.example.com"], sourceCidrs: ["203.0.113.0/24"] },
            { priority: 20, hosts: ["status.example.com"] },
          ],
        },
      },
    },
    fires: [
      // The condition is gone, or wider, or cannot be read, or is for others.
      ...[
        [],
        [{ source_ip: [{ values: ["0.0.0.0/0"] }] }],
        [{ source_ip: [{ values: ["203.0.113.0/24", "198.51.100.0/24"] }] }],
        [{ source_ip: [{ values: ["203.0.112.0/23"] }] }],
        [{ source_ip: [{ values: ["${var.office}"] }] }],
        [{ source_ip: [{ values: [] }] }],
        [{ http_header: [{ http_header_name: "Office", values: ["yes"] }] }],
      ].map(
        (conditions): Firing => [
          office({ conditions }),
          [
            "aws_lb_listener_rule.flower_10",
            "It forwards requests to flower from other addresses than those in its routes",
          ],
        ],
      ),
      // Nobody is refused behind it, or somewhere else, or with something else, or only under a condition.
      ...[
        undefined,
        { priority: 12 },
        { priority: "${var.place}" },
        { action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.web.arn}" }] },
        { action: [{ type: "fixed-response", fixed_response: [{ status_code: "200" }] }] },
        { count: "${var.closed}" },
        {
          condition: [
            { host_header: [{ values: ["flower.example.com"] }] },
            { http_header: [{ http_header_name: "X", values: ["y"] }] },
          ],
        },
      ].map(
        (refusal): Firing => [
          office({ refusal }),
          [
            "aws_lb_listener.web",
            "It has no rule of priority 11 that refuses all others for flower.example.com",
          ],
        ],
      ),
      // Another door: a rule of one's own, a target group that cannot be read, a listener's default.
      [
        office({ more: { own: { priority: 5, condition: [], action: [TO_FLOWER] } } }),
        [
          "aws_lb_listener_rule.own",
          "It forwards requests to flower from other addresses than those in its routes",
        ],
      ],
      [
        office({
          more: {
            own: { priority: 5, action: [{ type: "forward", target_group_arn: "${var.target_group_arn}" }] },
          },
        }),
        [
          "aws_lb_listener_rule.own",
          "It forwards requests to flower from other addresses than those in its routes",
        ],
      ],
      [
        office({ byDefault: TO_FLOWER }),
        ["aws_lb_listener.web", "It forwards whatever no rule takes to flower, from any address"],
      ],
      [
        office({
          byDefault: {
            type: "forward",
            forward: [{ target_group: [{ arn: "${aws_lb_target_group.flower.arn}" }] }],
          },
        }),
        ["aws_lb_listener.web", "It forwards whatever no rule takes to flower, from any address"],
      ],
    ],
    silent: [
      office({}),
      // Fewer addresses, and what the file says itself is for everybody.
      office({ conditions: [{ source_ip: [{ values: ["203.0.113.0/25"] }] }] }),
      office({
        more: {
          flower_20: {
            priority: 20,
            condition: [{ host_header: [{ values: ["status.example.com"] }] }],
            action: [TO_FLOWER],
          },
          web: {
            priority: 30,
            action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.web.arn}" }],
          },
        },
      }),
    ],
  },
  "tls-floor": {
    fires: [
      [listener({ protocol: "HTTPS" }), [LISTENER, "Its policy (the default) takes TLS older than 1.2"]],
      [
        listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-2016-08" }),
        [LISTENER, "Its policy ELBSecurityPolicy-2016-08 takes TLS older than 1.2"],
      ],
      [
        listener({ protocol: "TLS", ssl_policy: "ELBSecurityPolicy-TLS13-1-1-2021-06" }),
        [LISTENER, "Its policy ELBSecurityPolicy-TLS13-1-1-2021-06 takes TLS older than 1.2"],
      ],
    ],
    silent: [
      listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" }),
      listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-FS-1-2-Res-2020-10" }),
      listener({ protocol: "HTTP" }),
    ],
  },
  "load-balancer-logged": {
    fires: [
      [{ resource: { aws_lb: { web: {} } } }, ["aws_lb.web", "It keeps no access logs"]],
      [
        { resource: { aws_lb: { web: { access_logs: { bucket: "logs", enabled: false } } } } },
        ["aws_lb.web", "It keeps no access logs"],
      ],
    ],
    silent: [{ resource: { aws_lb: { web: { access_logs: { bucket: "logs", enabled: true } } } } }],
  },
  "load-balancer-headers": {
    fires: [[{ resource: { aws_lb: { web: {} } } }, ["aws_lb.web", "It passes invalid headers on"]]],
    silent: [
      { resource: { aws_lb: { web: { drop_invalid_header_fields: true } } } },
      { resource: { aws_lb: { web: { load_balancer_type: "network" } } } },
    ],
  },
};
