// Who is told of findings: from which severity on, once for each, and by which sentence.
import { Findings, type FindingsProps } from "../../src/account-security/findings";
import { synthScope } from "../support/synth-scope";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop-alarms";

function synth(props: Partial<FindingsProps> = {}) {
  const text = synthScope((scope) => {
    new Findings(scope, "findings", {
      base: "shop",
      region: "eu-west-1",
      severity: "HIGH",
      from: { guardDuty: true, securityHub: true },
      topicArn: TOPIC,
      runbookUrl: "docs/monitoring.md",
      ...props,
    });
  });
  const { aws_cloudwatch_event_rule: rules = {}, aws_cloudwatch_event_target: targets = {} } =
    JSON.parse(text).resource;
  const pattern = (name: string) => rules[name] && JSON.parse(rules[name].event_pattern);
  return { rules, targets, pattern };
}

const hub = (labels: readonly string[], more: object = {}) => ({
  source: ["aws.securityhub"],
  "detail-type": ["Security Hub Findings - Imported"],
  detail: {
    findings: {
      RecordState: ["ACTIVE"],
      Severity: { Label: labels },
      Workflow: { Status: ["NEW"] },
      ...more,
    },
  },
});

const detector = (least: number) => ({
  source: ["aws.guardduty"],
  "detail-type": ["GuardDuty Finding"],
  detail: { severity: [{ numeric: [">=", least] }] },
});

const NOT_GUARDDUTY = {
  ProductArn: [{ "anything-but": "arn:aws:securityhub:eu-west-1::product/aws/guardduty" }],
};

it("each finding is told of by one rule: Security Hub's passes over what GuardDuty's tells", () => {
  const { rules, pattern } = synth();
  expect(Object.values(rules)).toEqual([
    expect.objectContaining({ name: "shop-guardduty-findings" }),
    expect.objectContaining({ name: "shop-security-hub-findings" }),
  ]);
  expect(pattern("guardduty_findings")).toEqual(detector(7));
  expect(pattern("security_hub_findings")).toEqual(hub(["HIGH", "CRITICAL"], NOT_GUARDDUTY));
});

it.each([
  ["LOW", 1, ["LOW", "MEDIUM", "HIGH", "CRITICAL"]],
  ["MEDIUM", 4, ["MEDIUM", "HIGH", "CRITICAL"]],
  ["HIGH", 7, ["HIGH", "CRITICAL"]],
  ["CRITICAL", 9, ["CRITICAL"]],
] as const)("%s means %d on for GuardDuty", (severity, least, labels) => {
  const { pattern } = synth({ severity });
  expect(pattern("guardduty_findings")).toEqual(detector(least));
  expect(pattern("security_hub_findings")).toEqual(hub(labels, NOT_GUARDDUTY));
});

it("Security Hub tells GuardDuty's, too, where that runs elsewhere", () => {
  const { rules, pattern } = synth({ from: { guardDuty: false, securityHub: true } });
  expect(Object.keys(rules)).toEqual(["security_hub_findings"]);
  expect(pattern("security_hub_findings")).toEqual(hub(["HIGH", "CRITICAL"]));
});

it("says in a sentence what was found, how bad it is, and what to read", () => {
  const { targets } = synth();
  expect(targets.guardduty_findings).toMatchObject({
    arn: TOPIC,
    input_transformer: {
      input_paths: { title: "$.detail.title", severity: "$.detail.severity", finding: "$.detail.id" },
      input_template:
        '"GuardDuty, severity <severity>: <title> (<type>), in account <account>, <region>. Finding <finding>. ' +
        'Runbook: docs/monitoring.md#findings"',
    },
  });
  expect(targets.security_hub_findings.input_transformer.input_paths).toMatchObject({
    title: "$.detail.findings[0].Title",
    severity: "$.detail.findings[0].Severity.Label",
    resource: "$.detail.findings[0].Resources[0].Id",
  });
  // Each part that a sentence names has a path, and the other way round.
  for (const {
    input_transformer: { input_paths, input_template },
  } of Object.values<{
    input_transformer: { input_paths: Record<string, string>; input_template: string };
  }>(targets)) {
    const named = [...input_template.matchAll(/<(\w+)>/g)].map(([, part]) => part);
    expect(named.sort()).toEqual(Object.keys(input_paths).sort());
  }
});
