// What is synthesized of an environment's monitoring: alarms, the topic that they tell, log metrics, the dashboard.

import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import type { EnvironmentInput } from "../../src/schema/environment";
import { DjangoStack } from "../../src/stacks/django";
import { annotations } from "../../src/terraform/annotations";
import { defineEnvironment } from "../../src/validation/define-environment";
import { statementsIn } from "../support/policy-document";
import { resources, type Synthesized, synthesized } from "../support/synthesized";
import { systems } from "../support/systems";

const stack = new DjangoStack(Testing.app(), "django", { model: modelOf(systems.load("lightwave-prod")) });
const lightwave = synthesized(stack);

const shopStack = (changes: Partial<EnvironmentInput>) =>
  new DjangoStack(Testing.app(), "django", {
    model: modelOf(
      defineEnvironment({
        name: "shop",
        region: "eu-west-1",
        network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
        services: { jobs: { image: "shop/jobs:1.0.0", cpu: 256, memory: 512 } },
        ...changes,
      }),
    ),
  });

/** The only resource of its type: its address and its arguments. */
function only(config: Synthesized, type: string) {
  const [[name, block] = ["(none)", {}], ...others] = resources(config, type);
  expect(others).toEqual([]);
  return { address: `${type}.${name}`, block };
}

describe("a cache whose node type is not known", () => {
  const warnings = (nodeType: string) => {
    const shop = shopStack({ cache: { nodeType } });
    synthesized(shop);
    return annotations(shop).filter(({ message }) => message.includes("vCPUs"));
  };

  it("is said, with what is watched", () => {
    expect(warnings("cache.x9.large")).toMatchObject([
      { level: "warn", message: expect.stringContaining("cache.x9.large has is not known here") },
    ]);
    expect(warnings("cache.t4g.small")).toEqual([]);
  });
});

describe("an alarm", () => {
  const alarms = lightwave.resource?.aws_cloudwatch_metric_alarm ?? {};
  const topic = `\${${only(lightwave, "aws_sns_topic_policy").address}.arn}`;

  it("on one metric names it, its threshold, and whom it tells when it begins and ends", () => {
    expect(alarms.django_cpu).toMatchObject({
      alarm_name: "lightwave-django-prod/django/cpu",
      alarm_description:
        "django: average CPU above 85 percent for 15 minutes. See whether autoscaling is at its maximum, and raise it or " +
        "give tasks more CPU. Runbook: docs/monitoring.md#service-cpu",
      namespace: "AWS/ECS",
      metric_name: "CPUUtilization",
      dimensions: {
        ClusterName: "${aws_ecs_cluster.cluster.name}",
        ServiceName: "${aws_ecs_service.django.name}",
      },
      statistic: "Average",
      period: 300,
      evaluation_periods: 3,
      comparison_operator: "GreaterThanThreshold",
      threshold: 85,
      treat_missing_data: "missing",
      alarm_actions: [topic],
      ok_actions: [topic],
      tags: { Name: "lightwave-django-prod/django/cpu" },
    });
  });

  it("compares as its definition says", () => {
    expect(alarms.django_unhealthy_targets?.comparison_operator).toBe("GreaterThanOrEqualToThreshold");
    expect(alarms.postgres_free_storage?.comparison_operator).toBe("LessThanThreshold");
  });

  it("on a percentile leaves out what too few requests say", () => {
    expect(alarms.django_latency).toMatchObject({
      extended_statistic: "p95",
      evaluate_low_sample_count_percentiles: "ignore",
      dimensions: {
        LoadBalancer: expect.stringMatching(/^\$\{aws_lb\.[\w-]+\.arn_suffix\}$/),
        TargetGroup: expect.stringMatching(/^\$\{aws_lb_target_group\.[\w-]+\.arn_suffix\}$/),
      },
    });
    expect(alarms.django_latency).not.toHaveProperty("statistic");
  });

  it("on several metrics returns what its expression makes of them", () => {
    expect(alarms.django_missing_tasks?.metric_query).toEqual([
      { id: "result", expression: "desired - FILL(running, 0)", label: "missing tasks", return_data: true },
      ...["desired", "running"].map((id) => ({
        id,
        metric: {
          namespace: "ECS/ContainerInsights",
          metric_name: id === "desired" ? "DesiredTaskCount" : "RunningTaskCount",
          dimensions: {
            ClusterName: "${aws_ecs_cluster.cluster.name}",
            ServiceName: "${aws_ecs_service.django.name}",
          },
          period: 60,
          stat: "Average",
        },
      })),
    ]);
    expect(alarms.django_missing_tasks).not.toHaveProperty("metric_name");
  });

  it("on the cache looks at each node, whatever their order", () => {
    const { address } = only(lightwave, "aws_elasticache_replication_group");
    expect(JSON.stringify(alarms.redis_cpu?.metric_query).match(/element\([^"]*/g)).toEqual([
      `element(sort(tolist(${address}.member_clusters)), 0)}`,
      `element(sort(tolist(${address}.member_clusters)), 1)}`,
    ]);
  });

  it("on the firewall looks at what all its rules block", () => {
    expect(alarms.waf_blocked_requests).toMatchObject({
      namespace: "AWS/WAFV2",
      metric_name: "BlockedRequests",
      dimensions: { WebACL: "lightwave-django-prod", Rule: "ALL", Region: "us-east-1" },
    });
  });

  it("is there for each definition", () => {
    expect(Object.keys(alarms)).toHaveLength(20);
  });
});

describe("the topic", () => {
  const { block: key, address } = only(lightwave, "aws_kms_key");
  const { block: topic } = only(lightwave, "aws_sns_topic");
  const { block: policy } = only(lightwave, "aws_sns_topic_policy");
  const account = expect.stringMatching(/^\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}$/);

  it("is encrypted with a key of its own, which is rotated", () => {
    expect(topic).toMatchObject({
      name: "lightwave-django-prod-alarms",
      kms_master_key_id: `\${${address}.arn}`,
    });
    expect(key).toMatchObject({ enable_key_rotation: true, tags: { Name: "lightwave-django-prod-alarms" } });
  });

  it("has a key that alarms and rules can use, and only the account administers", () => {
    const use = { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" };
    expect(statementsIn(key.policy)).toEqual([
      {
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: expect.stringMatching(/^arn:aws:iam::\$\{data\..*account_id\}:root$/) },
        Action: "kms:*",
        Resource: "*",
      },
      {
        ...use,
        Sid: "CloudWatchPublishes",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
      // A condition on the source would silently keep EventBridge out.
      { ...use, Sid: "EventBridgePublishes", Principal: { Service: "events.amazonaws.com" } },
    ]);
  });

  it("lets alarms of this account and rules on events publish, and nobody without TLS", () => {
    const publish = {
      Action: "sns:Publish",
      Resource: `\${${only(lightwave, "aws_sns_topic").address}.arn}`,
    };
    expect(statementsIn(policy.policy)).toEqual([
      {
        ...publish,
        Sid: "CloudWatchPublishes",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
      // Any condition would silently keep EventBridge out, here as well.
      {
        ...publish,
        Sid: "EventBridgePublishes",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
      },
      {
        ...publish,
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("tells each address, and warns where there is none", () => {
    const told = shopStack({ monitoring: { emails: ["ops@example.com", "dev@example.com"] } });
    const { resource, variable } = synthesized(told);
    expect(resource?.aws_sns_topic_subscription).toMatchObject({
      alarms: {
        for_each: "${toset(var.alarm_email_addresses)}",
        protocol: "email",
        endpoint: "${each.value}",
      },
    });
    expect(variable?.alarm_email_addresses).toMatchObject({
      type: "list(string)",
      default: ["ops@example.com", "dev@example.com"],
      nullable: false,
    });
    const warnings = (of: DjangoStack) =>
      annotations(of).filter(({ message }) => message.startsWith("Nobody is told of alarms"));
    expect(warnings(told)).toEqual([]);
    expect(warnings(shopStack({}))).toMatchObject([{ level: "warn", path: "django/alarm-topic" }]);
  });
});

describe("the variable alarm_email_addresses", () => {
  function rules(emails: string[]): { condition: string; error_message: string }[] {
    const { variable } = synthesized(shopStack({ monitoring: { emails } }));
    return Object(variable?.alarm_email_addresses).validation;
  }

  it.each([
    ["ops@example.com", true],
    ["o'neill+alarms_1@mail-1.example.co.uk", true],
    ["a.b.c@example.com", true],
    [".ops@example.com", false],
    ["a..b@example.com", false],
    ["ops", false],
    ["ops@example", false],
    ["@example.com", false],
    ["ops@-example.com", false],
    ["Ops <ops@example.com>", false],
    ["ops@example.com,dev@example.com", false],
    ["", false],
  ])("takes %j: %p", (address, taken) => {
    const [{ condition = "", error_message = "" } = {}] = rules([]);
    const [, pattern = "no pattern"] =
      /^\$\{alltrue\(\[for address in var\.alarm_email_addresses : can\(regex\("(.*)", address\)\)\]\)\}$/.exec(
        condition,
      ) ?? [];
    expect(new RegExp(pattern).test(address)).toBe(taken);
    expect(error_message).toBe("Give e-mail addresses such as ops@example.com.");
  });

  it("takes each address once, and none at all only where the environment names nobody", () => {
    const once = {
      condition: "${length(distinct(var.alarm_email_addresses)) == length(var.alarm_email_addresses)}",
      error_message: "Name each address once.",
    };
    expect(rules([]).slice(1)).toEqual([once]);
    expect(rules(["ops@example.com"]).slice(1)).toEqual([
      once,
      {
        condition: "${length(var.alarm_email_addresses) > 0}",
        error_message: "Name an address at least: nobody would be told of alarms.",
      },
    ]);
  });
});

describe("log metrics", () => {
  it("count errors of every service, and failed log-ins of those that can be reached", () => {
    expect(lightwave.resource?.aws_cloudwatch_log_metric_filter).toMatchObject({
      django_errors: {
        name: "lightwave-django-prod-django-errors",
        log_group_name: "${aws_cloudwatch_log_group.service_django.name}",
        pattern: 'ERROR -"Invalid HTTP_HOST header" -"Control server error"',
        metric_transformation: {
          namespace: "lightwave-django-prod",
          name: "django-errors",
          value: "1",
          default_value: "0",
        },
      },
      // The same metric: no line is one of both.
      django_errors_critical: {
        name: "lightwave-django-prod-django-errors-critical",
        pattern: 'CRITICAL -ERROR -"Invalid HTTP_HOST header" -"Control server error"',
        metric_transformation: { namespace: "lightwave-django-prod", name: "django-errors" },
      },
      django_failed_logins: {
        name: "lightwave-django-prod-django-failed-logins",
        pattern: '"Login failed" -"AXES:"',
        metric_transformation: { namespace: "lightwave-django-prod", name: "django-failed-logins" },
      },
      django_failed_logins_axes: {
        pattern: '"login failure" -"after repeated login failures"',
        metric_transformation: { namespace: "lightwave-django-prod", name: "django-failed-logins-axes" },
      },
    });
    const worker = synthesized(shopStack({}));
    expect(Object.keys(worker.resource?.aws_cloudwatch_log_metric_filter ?? {})).toEqual([
      "jobs_errors",
      "jobs_errors_critical",
    ]);
  });
});

describe("a change of a security group", () => {
  const rule = lightwave.resource?.aws_cloudwatch_event_rule?.security_group_changes ?? {};
  const target = lightwave.resource?.aws_cloudwatch_event_target?.security_group_changes;

  it("is recognised by the call that CloudTrail records", () => {
    expect(rule.name).toBe("lightwave-django-prod-security-group-changes");
    expect(JSON.parse(String(rule.event_pattern))).toEqual({
      source: ["aws.ec2"],
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: {
        eventSource: ["ec2.amazonaws.com"],
        eventName: [
          "AuthorizeSecurityGroupEgress",
          "AuthorizeSecurityGroupIngress",
          "CreateSecurityGroup",
          "DeleteSecurityGroup",
          "ModifySecurityGroupRules",
          "RevokeSecurityGroupEgress",
          "RevokeSecurityGroupIngress",
        ],
      },
    });
  });

  it("is told in one sentence: who, what, to which group, from where, when", () => {
    expect(target).toMatchObject({
      rule: "${aws_cloudwatch_event_rule.security_group_changes.name}",
      arn: `\${${only(lightwave, "aws_sns_topic_policy").address}.arn}`,
      input_transformer: {
        input_paths: {
          who: "$.detail.userIdentity.arn",
          from: "$.detail.sourceIPAddress",
          what: "$.detail.eventName",
          group: "$.detail.requestParameters.groupId",
          changed: "$.detail.requestParameters.ModifySecurityGroupRulesRequest.GroupId",
          made: "$.detail.requestParameters.groupName",
          error: "$.detail.errorCode",
          when: "$.detail.eventTime",
          account: "$.account",
          region: "$.region",
        },
        input_template:
          '"<who> called <what> <group><changed><made> from <from> at <when> in account <account>, <region>. <error> ' +
          'Runbook: docs/monitoring.md#security-group-changes"',
      },
    });
  });

  it("has a rule whose name fits into EventBridge's 64 characters for every environment", () => {
    const config = synthesized(shopStack({ name: "a".repeat(40) }));
    expect(String(only(config, "aws_cloudwatch_event_rule").block.name).length).toBeLessThanOrEqual(64);
  });
});

describe("the dashboard", () => {
  interface Widget {
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: Readonly<Record<string, unknown>>;
  }

  function widgets(config: Synthesized): readonly Widget[] {
    const body: { widgets: Widget[] } = JSON.parse(
      String(only(config, "aws_cloudwatch_dashboard").block.dashboard_body),
    );
    return body.widgets;
  }

  it("shows the state of every alarm, and a graph of each", () => {
    const shown = widgets(lightwave);
    expect(only(lightwave, "aws_cloudwatch_dashboard").block.dashboard_name).toBe("lightwave-django-prod");
    const [states] = shown;
    expect(states?.properties.alarms).toHaveLength(20);
    expect(shown.filter(({ type }) => type === "text").map(({ properties }) => properties.markdown)).toEqual([
      "## alb",
      "## waf",
      "## django",
      "## postgres",
      "## redis",
    ]);
    expect(shown.filter(({ type }) => type === "metric").map(({ properties }) => properties.title)).toEqual([
      "server-errors",
      "rejected-connections",
      "requests",
      "blocked-requests",
      "missing-tasks",
      "cpu",
      "memory",
      "unhealthy-targets",
      "latency",
      "errors",
      "failed-logins",
      "failed-logins-axes",
      "cpu",
      "free-storage",
      "connections",
      "cpu-credits",
      "restart",
      "cpu",
      "memory",
      "evictions",
      "cpu-credits",
    ]);
  });

  it("draws the metric with the alarm's statistic and threshold", () => {
    const [latency] = widgets(lightwave).filter(({ properties }) => properties.title === "latency");
    expect(latency?.properties).toEqual({
      title: "latency",
      region: "us-east-1",
      view: "timeSeries",
      period: 300,
      metrics: [
        [
          "AWS/ApplicationELB",
          "TargetResponseTime",
          "LoadBalancer",
          expect.stringMatching(/arn_suffix/),
          "TargetGroup",
          expect.stringMatching(/arn_suffix/),
          { stat: "p95" },
        ],
      ],
      annotations: { horizontal: [{ label: "alarm: above", value: 2 }] },
    });
  });

  /** 32 services without a port, with four alarms each. */
  const many = synthesized(
    shopStack({
      services: Object.fromEntries(
        Array.from({ length: 32 }, (_, index) => [
          `jobs${index}`,
          { image: "shop/jobs:1.0.0", cpu: 256, memory: 512 },
        ]),
      ),
    }),
  );

  it("shows no more alarms in one widget than CloudWatch takes, and leaves none out", () => {
    const states = widgets(many).filter(({ type }) => type === "alarm");
    expect(states.map(({ properties }) => [properties.alarms].flat().length)).toEqual([100, 28]);
  });

  it.each([
    ["lightwave-prod", lightwave],
    ["an environment with many services", many],
  ])("of %s has no two widgets in one place, and none beyond its edge", (_name, config) => {
    const taken = new Set<string>();
    let area = 0;
    for (const { x, y, width, height } of widgets(config)) {
      expect(x + width).toBeLessThanOrEqual(24);
      area += width * height;
      for (let column = x; column < x + width; column += 1) {
        for (let row = y; row < y + height; row += 1) {
          taken.add(`${column} ${row}`);
        }
      }
    }
    expect(taken.size).toBe(area);
  });

  it("can be left out by itself", () => {
    const config = synthesized(shopStack({ monitoring: { dashboard: false } }));
    expect(config.resource).not.toHaveProperty("aws_cloudwatch_dashboard");
    expect(resources(config, "aws_cloudwatch_metric_alarm")).toHaveLength(4);
  });
});

describe("an environment that is not watched", () => {
  it.each<[string, Partial<EnvironmentInput>]>([
    ["because it says so", { monitoring: false }],
    ["because it is no production", { production: false }],
  ])("has nothing of it, %s", (_why, changes) => {
    const config = synthesized(shopStack(changes));
    expect(
      Object.keys(config.resource ?? {}).filter((type) => /alarm|dashboard|sns|kms|event/.test(type)),
    ).toEqual([]);
    expect(config.output).not.toHaveProperty("alarm_topic_arn");
  });
});
