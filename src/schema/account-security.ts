// The part of an environment that turns on AWS's audit and detection services for the whole account.
import { z } from "zod";
import { KMS_KEY_ARN, section, switchable, unique, wholeNumber } from "./fields";

/** CloudTrail shows as many days without any trail: "Working with CloudTrail event history", CloudTrail user guide. */
const EVENT_HISTORY_DAYS = 90;

/** The standard that AWS itself maintains, as its ARN ends: "AWS Foundational Security Best Practices standard". */
const FOUNDATIONAL_STANDARD = "aws-foundational-security-best-practices/v/1.0.0";

/** The only one whose ARN is of another form, `arn:aws:securityhub:::ruleset/...`: `aws_securityhub_standards_subscription`. */
const RULESET = "cis-aws-foundations-benchmark/v/1.2.0";

/** How bad a finding is, from the least on; what is only informational is told to nobody. */
export const FINDING_SEVERITIES = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;

export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** What can be switched off, where an organisation runs it centrally. */
const PARTS = [
  "cloudTrail",
  "configRecorder",
  "guardDuty",
  "securityHub",
  "accessAnalyzer",
  "ebsEncryption",
  "s3PublicAccessBlock",
] as const;

/**
 * An account has one of each of these, and a second environment that declares them in the same account and region would
 * fail on it or fight over it: declare the section in one environment of an account. Everything is on unless it says
 * `false`.
 */
export const accountSecuritySchema = section({
  /**
   * Days that the files of CloudTrail and AWS Config are kept in S3. Default: a year, which PCI DSS 4.0 asks for in
   * requirement 10.5.1.
   */
  logRetentionDays: wholeNumber(EVENT_HISTORY_DAYS, 3650, "days").default(365),
  /** A trail of every management event, in all regions. */
  cloudTrail: switchable({
    /**
     * The KMS key that encrypts the trail's files, in the environment's region; its policy has to let CloudTrail use
     * it. Default: a key of the trail's own, rotated every year.
     */
    kmsKeyArn: z
      .string()
      .regex(
        KMS_KEY_ARN,
        "Write the ARN of a KMS key, such as arn:aws:kms:us-east-1:123456789012:key/...: an alias may move to another key.",
      )
      .optional(),
  }).prefault({}),
  /** AWS Config's record of every resource, without which most of Security Hub's controls find nothing. */
  configRecorder: z.boolean().default(true),
  /** Threat detection from CloudTrail's events, VPC flow logs and DNS queries. */
  guardDuty: switchable({
    /**
     * How soon a finding that occurs again is published again; a new one always is within 5 minutes. Default: every
     * 15 minutes, at no extra cost.
     */
    findingPublishingFrequency: z
      .enum(["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"])
      .default("FIFTEEN_MINUTES"),
  }).prefault({}),
  /** Checks of every resource against security standards, and one list of all findings. */
  securityHub: switchable({
    /** The standards, as their ARNs end after `standards/`. Default: AWS's foundational one. */
    standards: z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9-]+\/v\/\d+(\.\d+)+$/,
            "Write the end of a standard's ARN, such as cis-aws-foundations-benchmark/v/3.0.0.",
          )
          .refine(
            (standard) => standard !== RULESET,
            "Choose a newer version, such as 3.0.0: this one's ARN does not have `standards/` in it.",
          ),
      )
      .min(1, "Name at least one standard, or write securityHub: false.")
      .refine(unique, "Name each standard once.")
      .default([FOUNDATIONAL_STANDARD]),
  }).prefault({}),
  /**
   * What GuardDuty and Security Hub find is told to the alarms' topic; `false` for nobody. Default: its own defaults where the
   * environment has `monitoring`, which has that topic; nobody elsewhere.
   */
  findings: switchable({
    /** The least severity that is told of. */
    severity: z.enum(FINDING_SEVERITIES).default("HIGH"),
  }).optional(),
  /** IAM Access Analyzer: what of the account is shared with somebody outside of it. */
  accessAnalyzer: z.boolean().default(true),
  /** Encryption of every new EBS volume and snapshot in the region. */
  ebsEncryption: z.boolean().default(true),
  /** No public bucket in the account, whatever a bucket's own settings say. */
  s3PublicAccessBlock: z.boolean().default(true),
}).refine((settings) => PARTS.some((part) => settings[part] !== false), {
  message: 'Leave out "accountSecurity": everything in it is switched off.',
});

export type AccountSecurity = z.output<typeof accountSecuritySchema>;
