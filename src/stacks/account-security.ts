// The stack account-security: what an account has one of each, however many platforms run in it. It needs no other stack.
import type { Construct } from "constructs";
import { AccessAnalyzer } from "../account-security/access-analyzer";
import { Audit } from "../account-security/audit";
import { EbsEncryption } from "../account-security/ebs-encryption";
import { S3PublicAccessBlock } from "../account-security/s3-public-access-block";
import { SecurityHub } from "../account-security/security-hub";
import { ThreatDetector } from "../account-security/threat-detector";
import type { AccountSecurity } from "../schema/account-security";
import { BaseStack } from "../terraform/base-stack";
import { DeletionProtection } from "../terraform/deletion-protection";
import { baseStackProps, type EnvironmentStackProps } from "./environment-stack";

export interface AccountSecurityStackProps extends EnvironmentStackProps {
  /** The environment's section of that name. */
  readonly accountSecurity: AccountSecurity;
}

export class AccountSecurityStack extends BaseStack {
  constructor(scope: Construct, id: string, { environment, accountSecurity }: AccountSecurityStackProps) {
    super(scope, id, baseStackProps(environment));
    const { name, region } = environment;
    const { cloudTrail, configRecorder, guardDuty, securityHub } = accountSecurity;
    if (cloudTrail || configRecorder) {
      new Audit(this, "audit", {
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
      new ThreatDetector(this, "threat-detector", { name, ...guardDuty });
    }
    if (securityHub) {
      new SecurityHub(this, "security-hub", { region, ...securityHub });
    }
    if (accountSecurity.accessAnalyzer) {
      new AccessAnalyzer(this, "access-analyzer", { name });
    }
    if (accountSecurity.ebsEncryption) {
      new EbsEncryption(this, "ebs-encryption");
    }
    if (accountSecurity.s3PublicAccessBlock) {
      new S3PublicAccessBlock(this, "s3-public-access-block");
    }
  }
}
