// The stack account-security: what an account has one of each, however many platforms run in it. It needs no other stack.
import type { Construct } from "constructs";
import { AccessAnalyzer } from "../account-security/access-analyzer";
import { Audit } from "../account-security/audit";
import { EbsEncryption } from "../account-security/ebs-encryption";
import { S3PublicAccessBlock } from "../account-security/s3-public-access-block";
import { SecurityHub } from "../account-security/security-hub";
import { ThreatDetector } from "../account-security/threat-detector";
import type { AccountSecurity } from "../schema/account-security";
import { DeletionProtection } from "../terraform/deletion-protection";
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
    if (accountSecurity.accessAnalyzer) {
      this.accessAnalyzer = new AccessAnalyzer(this, "access-analyzer", { name });
    }
    if (accountSecurity.ebsEncryption) {
      this.ebsEncryption = new EbsEncryption(this, "ebs-encryption");
    }
    if (accountSecurity.s3PublicAccessBlock) {
      this.s3PublicAccessBlock = new S3PublicAccessBlock(this, "s3-public-access-block");
    }
  }
}
