// The stack account-security: what an account has one of each, however many platforms run in it. It needs no other stack.
import type { Construct } from "constructs";
import { AccessAnalyzer } from "../account-security/access-analyzer";
import { Audit } from "../account-security/audit";
import { EbsEncryption } from "../account-security/ebs-encryption";
import { Findings } from "../account-security/findings";
import { S3PublicAccessBlock } from "../account-security/s3-public-access-block";
import { SecurityHub } from "../account-security/security-hub";
import { ThreatDetector } from "../account-security/threat-detector";
import { toldSeverity } from "../model/findings";
import { alarmTopic } from "../model/names/monitoring";
import type { AccountSecurity } from "../schema/account-security";
import { accountIdOf } from "../terraform/account";
import { DeletionProtection } from "../terraform/deletion-protection";
import { addOutputs } from "./account-security-outputs";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

export interface AccountSecurityStackProps extends EnvironmentStackProps {
  /** The environment's section of that name. */
  readonly accountSecurity: AccountSecurity;
}

/** The stack `account-security`: each part is there where the environment asks for it. */
export class AccountSecurityStack extends EnvironmentStack {
  /** CloudTrail and AWS Config, and where they write. */
  readonly audit: Audit | undefined;
  readonly threatDetector: ThreatDetector | undefined;
  readonly securityHub: SecurityHub | undefined;
  readonly accessAnalyzer: AccessAnalyzer | undefined;
  readonly ebsEncryption: EbsEncryption | undefined;
  readonly s3PublicAccessBlock: S3PublicAccessBlock | undefined;
  /** The topic that is told of findings; none where nobody is told. */
  readonly findingsTopicArn: string | undefined;

  constructor(scope: Construct, id: string, { environment, accountSecurity }: AccountSecurityStackProps) {
    super(scope, id, { environment });
    const { name, region } = environment;
    const { cloudTrail, configRecorder, guardDuty, securityHub } = accountSecurity;
    if (cloudTrail || configRecorder) {
      this.audit = new Audit(this, "audit", {
        base: name,
        region,
        settings: accountSecurity,
        deletionProtection: new DeletionProtection(this, "deletion-protection", {
          enabled: environment.deletionProtection,
          of: "the buckets of logs",
        }).value,
      });
    }
    if (guardDuty) {
      this.threatDetector = new ThreatDetector(this, "threat-detector", { name, ...guardDuty });
    }
    if (securityHub) {
      this.securityHub = new SecurityHub(this, "security-hub", { region, ...securityHub });
    }
    const severity = toldSeverity(accountSecurity, environment.monitoring);
    if (severity && environment.monitoring) {
      // By its name: the topic is the stack django's, which this one does not wait for.
      this.findingsTopicArn = `arn:aws:sns:${region}:${accountIdOf(this)}:${alarmTopic(name)}`;
      new Findings(this, "findings", {
        base: name,
        region,
        severity,
        from: { guardDuty: guardDuty !== false, securityHub: securityHub !== false },
        topicArn: this.findingsTopicArn,
        runbookUrl: environment.monitoring.runbookUrl,
      });
    }
    if (accountSecurity.accessAnalyzer) {
      this.accessAnalyzer = new AccessAnalyzer(this, "access-analyzer", { name });
    }
    if (accountSecurity.ebsEncryption) {
      this.ebsEncryption = new EbsEncryption(this, "ebs-encryption");
    }
    if (accountSecurity.s3PublicAccessBlock) {
      this.s3PublicAccessBlock = new S3PublicAccessBlock(this, "s3-public-access-block");
    }
    addOutputs(this, this);
  }
}
