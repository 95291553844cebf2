// What the stack account-security tells whoever investigates: where records and findings are.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { AccessAnalyzer } from "../account-security/access-analyzer";
import type { Audit } from "../account-security/audit";
import type { SecurityHub } from "../account-security/security-hub";
import type { ThreatDetector } from "../account-security/threat-detector";

/** What of the stack has outputs. */
export interface AccountSecurityParts {
  readonly audit: Audit | undefined;
  readonly threatDetector: ThreatDetector | undefined;
  readonly securityHub: SecurityHub | undefined;
  readonly accessAnalyzer: AccessAnalyzer | undefined;
  readonly findingsTopicArn: string | undefined;
}

/** Adds the outputs; what it does not turn on has none. */
export function addOutputs(scope: Construct, parts: AccountSecurityParts): void {
  const output = (id: string, description: string, value: string | undefined) => {
    if (value !== undefined) {
      new TerraformOutput(scope, id, { value, description });
    }
  };
  const { audit, threatDetector, securityHub, accessAnalyzer, findingsTopicArn } = parts;
  output("trail_arn", "ARN of the trail", audit?.trailArn);
  output("trail_key_arn", "KMS key that the trail's files are encrypted with", audit?.trailKeyArn);
  output("audit_bucket", "Bucket with the files of CloudTrail and AWS Config", audit?.bucketName);
  output("guardduty_detector_id", "ID of GuardDuty's detector", threatDetector?.id);
  output("security_hub_arn", "ARN of Security Hub", securityHub?.arn);
  output("access_analyzer_arn", "ARN of IAM Access Analyzer", accessAnalyzer?.arn);
  output("findings_topic_arn", "SNS topic that is told of findings", findingsTopicArn);
}
