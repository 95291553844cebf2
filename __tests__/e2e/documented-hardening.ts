// What guards and watches lightwave-prod, typed out from docs/edge.md and docs/monitoring.md: what the AWS APIs must report.

const HEADERS = {
  "server.enabled": "false",
  "x_content_type_options.header_value": "nosniff",
  "x_frame_options.header_value": "DENY",
};

const base64 = (text: string) => Buffer.from(text).toString("base64");

export const DOCUMENTED_ENTRANCE = {
  listeners: {
    80: { protocol: "HTTP", action: "redirect to HTTPS:443, HTTP_301", headers: HEADERS },
    443: {
      protocol: "HTTPS",
      tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      action: "forward",
      headers: { ...HEADERS, "strict_transport_security.header_value": "max-age=31536000" },
    },
  },
  firewall: {
    webAcl: {
      arn: expect.stringContaining(":regional/webacl/lightwave-django-prod/"),
      otherwise: "Allow",
      rules: [
        [
          0,
          "blocked-addresses",
          "Block",
          expect.stringContaining(":regional/ipset/lightwave-django-prod-blocked/"),
        ],
        [1, "rate-limit", "Block", 2000],
        [2, "sensitive-paths", "Block", 100],
        // "None" leaves it to AWS's groups, which block.
        [3, "ip-reputation", "None", "AWSManagedRulesAmazonIpReputationList"],
        [4, "known-bad-inputs", "None", "AWSManagedRulesKnownBadInputsRuleSet"],
        [5, "sql-injection", "None", "AWSManagedRulesSQLiRuleSet"],
        [6, "common", "None", "AWSManagedRulesCommonRuleSet"],
      ],
      rateLimits: [
        ["IP", 300],
        ["IP", 300],
      ],
      limitedPaths: [
        "/admin/login/",
        "/accounts/login/",
        "/accounts/password_reset/",
        "/accounts/password/reset/",
        "/api/token/",
        "/api-token-auth/",
        "/o/token/",
      ].map(base64),
      exceptions: [["SizeRestrictions_BODY", "Count"]],
    },
    log: {
      to: ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-lightwave-django-prod"],
      redacted: ["authorization", "cookie", "proxy-authorization", "x-api-key", "x-csrftoken"],
      logged: [["KEEP", ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"]]],
      otherwise: "DROP",
    },
  },
};

const ABOVE = "GreaterThanThreshold";
const AT_LEAST = "GreaterThanOrEqualToThreshold";
const BELOW = "LessThanThreshold";

const ALARMS: readonly (readonly [name: string, fires: string, threshold: number])[] = [
  ["alb/rejected-connections", AT_LEAST, 1],
  ["alb/server-errors", ABOVE, 5],
  ["django/cpu", ABOVE, 85],
  ["django/errors", ABOVE, 10],
  ["django/failed-logins", ABOVE, 50],
  ["django/failed-logins-axes", ABOVE, 50],
  ["django/latency", ABOVE, 2],
  ["django/memory", ABOVE, 90],
  ["django/missing-tasks", AT_LEAST, 1],
  ["django/unhealthy-targets", AT_LEAST, 1],
  ["postgres/connections", ABOVE, 315],
  ["postgres/cpu", ABOVE, 80],
  ["postgres/cpu-credits", BELOW, 10],
  // 10 GiB in bytes.
  ["postgres/free-storage", BELOW, 10_737_418_240],
  ["postgres/restart", AT_LEAST, 1],
  // AWS's threshold of 90 percent for one core, as a share of this node's two.
  ["redis/cpu", ABOVE, 45],
  ["redis/cpu-credits", BELOW, 10],
  ["redis/evictions", ABOVE, 100],
  ["redis/memory", ABOVE, 80],
  ["waf/blocked-requests", ABOVE, 1000],
];

export const DOCUMENTED_MONITORING = {
  alarms: {
    fire: ALARMS.map(([name, ...fires]) => [`lightwave-django-prod/${name}`, ...fires]),
    tellOthers: [],
    saidNothingOf: [],
  },
  topicKey: ["CUSTOMER", "Encrypts the topic lightwave-django-prod-alarms"],
  dashboards: ["lightwave-django-prod"],
  events: {
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
  },
  eventsTell: ["arn:aws:sns:us-east-1:123456789012:lightwave-django-prod-alarms"],
};
