// The EventBridge rules that tell the alarms' topic of what GuardDuty and Security Hub find.
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { findingsRule } from "../model/names/monitoring";
import { FINDING_SEVERITIES, type FindingSeverity } from "../schema/account-security";

/** The section of the runbook. */
export const FINDINGS_RUNBOOK = "findings";

/** From which number on GuardDuty means a severity: "Severity levels for GuardDuty findings", GuardDuty user guide. */
const GUARD_DUTY_SEVERITY: Readonly<Record<FindingSeverity, number>> = {
  LOW: 1,
  MEDIUM: 4,
  HIGH: 7,
  CRITICAL: 9,
};

export interface FindingsProps {
  /** Base of the rules' names. */
  readonly base: string;
  /** The AWS region, such as `us-east-1`. */
  readonly region: string;
  /** The least severity that is told of. */
  readonly severity: FindingSeverity;
  /** Which of the two find anything in this account, as far as the stack turns them on. */
  readonly from: { readonly guardDuty: boolean; readonly securityHub: boolean };
  /** The topic that is told. */
  readonly topicArn: string;
  /** The page that has a section for each alarm. */
  readonly runbookUrl: string;
}

/** What of an event is told: the path of each part, and the sentence that they stand in as `<part>`. */
interface Message {
  readonly paths: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * A rule for each of the two. Security Hub repeats what GuardDuty finds: where that has a rule of its own, which is sooner, Security
 * Hub's passes its findings over.
 */
export class Findings extends Construct {
  constructor(scope: Construct, id: string, props: FindingsProps) {
    super(scope, id);
    const { region, severity, from } = props;
    if (from.guardDuty) {
      this.tell(
        "guardduty",
        "GuardDuty has found something",
        props,
        {
          source: ["aws.guardduty"],
          "detail-type": ["GuardDuty Finding"],
          detail: { severity: [{ numeric: [">=", GUARD_DUTY_SEVERITY[severity]] }] },
        },
        {
          paths: {
            title: "$.detail.title",
            severity: "$.detail.severity",
            type: "$.detail.type",
            finding: "$.detail.id",
            account: "$.detail.accountId",
            region: "$.detail.region",
          },
          text: "GuardDuty, severity <severity>: <title> (<type>), in account <account>, <region>. Finding <finding>.",
        },
      );
    }
    if (from.securityHub) {
      const guardDuty = `arn:aws:securityhub:${region}::product/aws/guardduty`;
      this.tell(
        "security-hub",
        "Security Hub has found something",
        props,
        {
          source: ["aws.securityhub"],
          "detail-type": ["Security Hub Findings - Imported"],
          detail: {
            findings: {
              ...(from.guardDuty && { ProductArn: [{ "anything-but": guardDuty }] }),
              RecordState: ["ACTIVE"],
              Severity: { Label: FINDING_SEVERITIES.slice(FINDING_SEVERITIES.indexOf(severity)) },
              // Whoever looks after a finding says so in Security Hub; before that, each update of it is told of.
              Workflow: { Status: ["NEW"] },
            },
          },
        },
        {
          paths: {
            title: "$.detail.findings[0].Title",
            severity: "$.detail.findings[0].Severity.Label",
            resource: "$.detail.findings[0].Resources[0].Id",
            finding: "$.detail.findings[0].Id",
            account: "$.detail.findings[0].AwsAccountId",
            region: "$.region",
          },
          text: "Security Hub, severity <severity>: <title>, at <resource>, in account <account>, <region>. Finding <finding>.",
        },
      );
    }
  }

  private tell(
    service: "guardduty" | "security-hub",
    description: string,
    { base, topicArn, runbookUrl }: FindingsProps,
    pattern: object,
    { paths, text }: Message,
  ): void {
    const name = findingsRule(base, service);
    const rule = new CloudwatchEventRule(this, `${service}-rule:${service}-findings`, {
      name,
      description,
      eventPattern: JSON.stringify(pattern),
      tags: { Name: name },
    });
    new CloudwatchEventTarget(this, `${service}-target:${service}-findings`, {
      rule: rule.name,
      targetId: "topic",
      arn: topicArn,
      inputTransformer: {
        inputPaths: paths,
        inputTemplate: JSON.stringify(`${text} Runbook: ${runbookUrl}#${FINDINGS_RUNBOOK}`),
      },
    });
  }
}
