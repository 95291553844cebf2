// What watches the account and what it refuses by default: one resource or two each, with nothing left to chance.
import { AccessanalyzerAnalyzer } from "@cdktf/provider-aws/lib/accessanalyzer-analyzer";
import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubStandardsSubscription } from "@cdktf/provider-aws/lib/securityhub-standards-subscription";
import { Testing } from "cdktf";
import { AccessAnalyzer } from "../../src/account-security/access-analyzer";
import { EbsEncryption } from "../../src/account-security/ebs-encryption";
import { S3PublicAccessBlock } from "../../src/account-security/s3-public-access-block";
import { SecurityHub } from "../../src/account-security/security-hub";
import { ThreatDetector } from "../../src/account-security/threat-detector";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

it("GuardDuty is enabled, and publishes as often as it is told to", () => {
  const config = synthScope((scope) => {
    new ThreatDetector(scope, "detector", { name: "shop", findingPublishingFrequency: "ONE_HOUR" });
  });
  expect(config).toHaveResourceWithProperties(GuarddutyDetector, {
    enable: true,
    finding_publishing_frequency: "ONE_HOUR",
    tags: { Name: "shop" },
  });
});

describe("Security Hub", () => {
  const standards = ["aws-foundational-security-best-practices/v/1.0.0", "pci-dss/v/4.0.1"];
  const config = synthScope((scope) => {
    new SecurityHub(scope, "hub", { region: "eu-west-1", standards });
  });
  const [account] = Object.keys(JSON.parse(config).resource.aws_securityhub_account);

  it("is enabled without the standards that AWS adds by itself", () => {
    expect(config).toHaveResourceWithProperties(SecurityhubAccount, {
      enable_default_standards: false,
      auto_enable_controls: true,
      control_finding_generator: "SECURITY_CONTROL",
    });
  });

  it("subscribes to the given standards of its region, once it is there", () => {
    for (const standard of standards) {
      expect(config).toHaveResourceWithProperties(SecurityhubStandardsSubscription, {
        standards_arn: `arn:aws:securityhub:eu-west-1::standards/${standard}`,
        depends_on: [`aws_securityhub_account.${account}`],
      });
    }
    expect(Object.keys(JSON.parse(config).resource.aws_securityhub_standards_subscription)).toHaveLength(2);
  });
});

it("IAM Access Analyzer trusts the account and nobody else", () => {
  const config = synthScope((scope) => {
    new AccessAnalyzer(scope, "analyzer", { name: "shop" });
  });
  expect(config).toHaveResourceWithProperties(AccessanalyzerAnalyzer, {
    analyzer_name: "shop",
    type: "ACCOUNT",
  });
});

it("EBS encrypts by default", () => {
  const config = synthScope((scope) => {
    new EbsEncryption(scope, "encryption");
  });
  expect(config).toHaveResourceWithProperties(EbsEncryptionByDefault, { enabled: true });
});

it("S3 blocks public access in all four ways", () => {
  const config = synthScope((scope) => {
    new S3PublicAccessBlock(scope, "block");
  });
  expect(config).toHaveResourceWithProperties(S3AccountPublicAccessBlock, {
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
});
