// The firewall before a load balancer: its rules in order, what blocks and what counts, and what its log leaves out.
import { TerraformOutput } from "cdktf";
import type { z } from "zod";
import { wafSchema } from "../../src/schema/waf";
import { Waf } from "../../src/waf/waf";
import { blocks, output } from "../load-balancer/fixtures";
import { synthScope } from "../support/synth-scope";

function synth(settings: z.input<typeof wafSchema> = {}): string {
  return synthScope((scope) => {
    const { node, ...results } = new Waf(scope, "waf", {
      names: { webAcl: "shop", blockedAddresses: "shop-blocked", wafLogs: "aws-waf-logs-shop" },
      settings: wafSchema.parse(settings),
      loadBalancerArn: "arn:alb",
    });
    new TerraformOutput(scope, "results", { value: results, staticId: true });
  });
}

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: object;
  readonly override_action?: object;
  readonly statement: Readonly<Record<string, object>>;
}

function rules(settings: z.input<typeof wafSchema> = {}): readonly Rule[] {
  const [acl] = Object.values<{ rule: Rule[] }>(JSON.parse(synth(settings)).resource.aws_wafv2_web_acl);
  return acl?.rule ?? [];
}

function rule(name: string, settings: z.input<typeof wafSchema> = {}): Rule | undefined {
  return rules(settings).find((one) => one.name === name);
}

const startsWith = (path: string) => ({
  byte_match_statement: {
    field_to_match: { uri_path: {} },
    positional_constraint: "STARTS_WITH",
    search_string: path,
    text_transformation: [{ priority: 0, type: "URL_DECODE" }],
  },
});

describe("the web ACL", () => {
  it("lets through what no rule blocks, and is measured but not sampled", () => {
    expect(blocks(synth(), "aws_wafv2_web_acl")).toEqual({
      load_balancer: {
        name: "shop",
        description: "Firewall of the load balancer",
        scope: "REGIONAL",
        default_action: { allow: {} },
        rule: expect.any(Array),
        visibility_config: {
          cloudwatch_metrics_enabled: true,
          metric_name: "shop",
          sampled_requests_enabled: false,
        },
        tags: { Name: "shop" },
      },
    });
  });

  it("asks about blocked addresses, then rates, then AWS's groups, each measured under its name", () => {
    expect(
      rules().map(({ name, priority, action, override_action, ...others }) => [
        priority,
        name,
        action ?? override_action,
        others,
      ]),
    ).toEqual(
      [
        [0, "blocked-addresses", { block: {} }],
        [1, "rate-limit", { block: {} }],
        [2, "sensitive-paths", { block: {} }],
        [3, "ip-reputation", { none: {} }],
        [4, "known-bad-inputs", { none: {} }],
        [5, "sql-injection", { none: {} }],
        [6, "common", { none: {} }],
      ].map(([priority, name, action]) => [
        priority,
        name,
        action,
        {
          statement: expect.anything(),
          visibility_config: {
            cloudwatch_metrics_enabled: true,
            metric_name: name,
            sampled_requests_enabled: false,
          },
        },
      ]),
    );
  });

  it("is on the load balancer", () => {
    expect(blocks(synth(), "aws_wafv2_web_acl_association")).toEqual({
      load_balancer: { web_acl_arn: `\${aws_wafv2_web_acl.load_balancer.arn}`, resource_arn: "arn:alb" },
    });
  });

  it("tells alarms its metrics, and its log", () => {
    const names = ["blocked-addresses", "rate-limit", "sensitive-paths"];
    const groups = ["ip-reputation", "known-bad-inputs", "sql-injection", "common"];
    expect(output(synth(), "results")).toEqual({
      webAclArn: `\${aws_wafv2_web_acl.load_balancer.arn}`,
      metricName: "shop",
      ruleMetricNames: [...names, ...groups],
      logGroupName: `\${aws_cloudwatch_log_group.web_acl.name}`,
    });
    expect(output(synth({ sensitivePaths: { prefixes: [] } }), "results")).toMatchObject({
      ruleMetricNames: ["blocked-addresses", "rate-limit", ...groups],
    });
  });
});

describe("blocked addresses", () => {
  it.each([[[]], [["203.0.113.0/24", "198.51.100.7/32"]]])("are an IP set: %j", (blockedCidrs) => {
    expect(blocks(synth({ blockedCidrs }), "aws_wafv2_ip_set")).toEqual({
      blocked_addresses: {
        name: "shop-blocked",
        description: "Addresses that the environment blocks",
        scope: "REGIONAL",
        ip_address_version: "IPV4",
        addresses: blockedCidrs,
        tags: { Name: "shop-blocked" },
      },
    });
  });

  it("are what the first rule looks for", () => {
    expect(rule("blocked-addresses")?.statement).toEqual({
      ip_set_reference_statement: { arn: `\${aws_wafv2_ip_set.blocked_addresses.arn}` },
    });
  });
});

describe("rate limits", () => {
  it("are 2,000 requests of an address in five minutes, or what the environment says", () => {
    const statement = (limit: number) => ({
      rate_based_statement: { limit, aggregate_key_type: "IP", evaluation_window_sec: 300 },
    });
    expect(rule("rate-limit")?.statement).toEqual(statement(2000));
    expect(rule("rate-limit", { rateLimit: 10_000 })?.statement).toEqual(statement(10_000));
  });

  it("are 100 where Django and its packages take passwords and tokens", () => {
    const paths = [
      "/admin/login/",
      "/accounts/login/",
      "/accounts/password_reset/",
      "/accounts/password/reset/",
      "/api/token/",
      "/api-token-auth/",
      "/o/token/",
    ];
    expect(rule("sensitive-paths")?.statement).toEqual({
      rate_based_statement: {
        limit: 100,
        aggregate_key_type: "IP",
        evaluation_window_sec: 300,
        scope_down_statement: { or_statement: { statement: paths.map(startsWith) } },
      },
    });
  });

  it("take one path, for which WAF has no 'or', and a limit of its own", () => {
    const sensitivePaths = { prefixes: ["/sign-in"], rateLimit: 20 };
    expect(rule("sensitive-paths", { sensitivePaths })?.statement).toMatchObject({
      rate_based_statement: { limit: 20, scope_down_statement: startsWith("/sign-in") },
    });
  });

  it("are one rule less without any path", () => {
    const left = rules({ sensitivePaths: { prefixes: [] } });
    expect(left.map(({ name, priority }) => [name, priority])).toEqual([
      ["blocked-addresses", 0],
      ["rate-limit", 1],
      ["ip-reputation", 3],
      ["known-bad-inputs", 4],
      ["sql-injection", 5],
      ["common", 6],
    ]);
  });
});

describe("AWS's rule groups", () => {
  const group = (name: string, ...counted: string[]) => ({
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name,
      ...(counted.length > 0 && {
        rule_action_override: counted.map((one) => ({ name: one, action_to_use: { count: {} } })),
      }),
    },
  });

  it("are these four, and only uploads are merely counted", () => {
    expect(rule("ip-reputation")?.statement).toEqual(group("AWSManagedRulesAmazonIpReputationList"));
    expect(rule("known-bad-inputs")?.statement).toEqual(group("AWSManagedRulesKnownBadInputsRuleSet"));
    expect(rule("sql-injection")?.statement).toEqual(group("AWSManagedRulesSQLiRuleSet"));
    expect(rule("common")?.statement).toEqual(group("AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY"));
  });

  it("block large bodies where the environment wants that", () => {
    expect(rule("common", { blockLargeBodies: true })?.statement).toEqual(
      group("AWSManagedRulesCommonRuleSet"),
    );
  });

  it("count single rules that the environment names, each in its group", () => {
    const count = ["SQLi_BODY", "CrossSiteScripting_BODY", "Log4JRCE_BODY"] as const;
    const statement = (name: string) => rule(name, { count: [...count] })?.statement;
    expect(statement("ip-reputation")).toEqual(group("AWSManagedRulesAmazonIpReputationList"));
    expect(statement("known-bad-inputs")).toEqual(
      group("AWSManagedRulesKnownBadInputsRuleSet", "Log4JRCE_BODY"),
    );
    expect(statement("sql-injection")).toEqual(group("AWSManagedRulesSQLiRuleSet", "SQLi_BODY"));
    expect(statement("common")).toEqual(
      group("AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY", "CrossSiteScripting_BODY"),
    );
  });
});

describe("count mode", () => {
  it.each(["blocked-addresses", "rate-limit", "sensitive-paths"] as const)(
    "makes %s count instead of block, and no other rule",
    (name) => {
      for (const one of rules({ count: [name] }).slice(0, 3)) {
        expect(one.action).toEqual(one.name === name ? { count: {} } : { block: {} });
        expect(one).not.toHaveProperty("override_action");
      }
    },
  );

  it.each(["ip-reputation", "known-bad-inputs", "sql-injection", "common"] as const)(
    "makes the whole group %s count, and no other",
    (name) => {
      for (const one of rules({ count: [name] }).slice(3)) {
        expect(one.override_action).toEqual(one.name === name ? { count: {} } : { none: {} });
        expect(one).not.toHaveProperty("action");
      }
    },
  );
});

describe("the log", () => {
  it("is kept for its days, under a name that WAF takes", () => {
    expect(blocks(synth({ logRetentionDays: 90 }), "aws_cloudwatch_log_group")).toEqual({
      web_acl: {
        name: "aws-waf-logs-shop",
        retention_in_days: 90,
        tags: { Name: "aws-waf-logs-shop" },
      },
    });
    expect(synth()).toContain('"retention_in_days": 30');
  });

  it("holds what was blocked or counted, without the headers that prove who somebody is", () => {
    const condition = (action: string) => ({ action_condition: { action } });
    expect(blocks(synth(), "aws_wafv2_web_acl_logging_configuration")).toEqual({
      load_balancer: {
        resource_arn: `\${aws_wafv2_web_acl.load_balancer.arn}`,
        log_destination_configs: [`\${aws_cloudwatch_log_group.web_acl.arn}`],
        redacted_fields: [
          { single_header: { name: "authorization" } },
          { single_header: { name: "cookie" } },
          { single_header: { name: "proxy-authorization" } },
          { single_header: { name: "x-api-key" } },
          { single_header: { name: "x-csrftoken" } },
        ],
        logging_filter: {
          default_behavior: "DROP",
          filter: [
            {
              behavior: "KEEP",
              requirement: "MEETS_ANY",
              condition: [condition("BLOCK"), condition("COUNT"), condition("EXCLUDED_AS_COUNT")],
            },
          ],
        },
      },
    });
  });
});
