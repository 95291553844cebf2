// The account's security: everything on by default, each part off by a word, and nothing misspelt or pointless taken.

import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { problemsIn } from "../support/problems";

const valid: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512 } },
};

/** What is wrong with this section, as path and remedy. Environment files may hold values that are cast or computed. */
function problemsOf(accountSecurity: unknown): readonly (readonly [path: string, remedy: string])[] {
  return problemsIn({ ...valid, accountSecurity }).map(({ path, remedy }) => [path, remedy]);
}

describe("accountSecurity", () => {
  it("is not there unless an environment says so: an account has one of each", () => {
    expect(defineEnvironment(valid).accountSecurity).toBeUndefined();
  });

  it("turns everything on, and keeps the files for a year", () => {
    expect(defineEnvironment({ ...valid, accountSecurity: {} }).accountSecurity).toEqual({
      logRetentionDays: 365,
      cloudTrail: {},
      configRecorder: true,
      guardDuty: { findingPublishingFrequency: "FIFTEEN_MINUTES" },
      securityHub: { standards: ["aws-foundational-security-best-practices/v/1.0.0"] },
      accessAnalyzer: true,
      ebsEncryption: true,
      s3PublicAccessBlock: true,
    });
  });

  it("takes false for what an organisation runs centrally, and settings for the rest", () => {
    const key = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    const accountSecurity = {
      logRetentionDays: 90,
      cloudTrail: { kmsKeyArn: key },
      configRecorder: false,
      guardDuty: false,
      securityHub: { standards: ["cis-aws-foundations-benchmark/v/3.0.0", "pci-dss/v/4.0.1"] },
      accessAnalyzer: false,
      ebsEncryption: false,
      s3PublicAccessBlock: false,
    } as const;
    expect(problemsOf(accountSecurity)).toEqual([]);
    expect(
      problemsOf({ ...accountSecurity, cloudTrail: false, securityHub: false, ebsEncryption: true }),
    ).toEqual([]);
  });

  it.each<[section: unknown, path: string, remedy: RegExp]>([
    [true, "", /^Give an object here\.$/],
    [{ cloudtrail: false }, ".cloudtrail", /^Unknown field "cloudtrail"; did you mean "cloudTrail"\?$/],
    [{ logRetentionDays: 89 }, ".logRetentionDays", /^Give a whole number of days from 90 to 3650\.$/],
    [{ logRetentionDays: "365" }, ".logRetentionDays", /^Give a whole number of days from 90 to 3650\.$/],
    [{ cloudTrail: true }, ".cloudTrail", /^Write false to switch it off, or its settings: { kmsKeyArn }\.$/],
    [
      { guardDuty: null },
      ".guardDuty",
      /^Write false to switch it off, or its settings: { findingPublishingFrequency }/,
    ],
    [
      { cloudTrail: { kmsKeyArn: "alias/trail" } },
      ".cloudTrail.kmsKeyArn",
      /^Write the ARN of a KMS key, such as arn:/,
    ],
    [{ cloudTrail: { kmsKeyArn: 1 } }, ".cloudTrail.kmsKeyArn", /^Give a string here\.$/],
    [
      { cloudTrail: { bucket: "logs" } },
      ".cloudTrail.bucket",
      /^Unknown field "bucket": remove it; known here: kmsKeyArn\.$/,
    ],
    [
      { cloudTrail: { kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/abc" } },
      ".cloudTrail.kmsKeyArn",
      /^Name a key of the region eu-west-1, where the trail's bucket is\.$/,
    ],
    [
      { guardDuty: { findingPublishingFrequency: "DAILY" } },
      ".guardDuty.findingPublishingFrequency",
      /^Choose "FIFTEEN_MINUTES" or "ONE_HOUR" or "SIX_HOURS"\.$/,
    ],
    [
      { securityHub: { standards: [] } },
      ".securityHub.standards",
      /^Name at least one standard, or write securityHub/,
    ],
    [
      { securityHub: { standards: ["cis"] } },
      ".securityHub.standards[0]",
      /^Write the end of a standard's ARN, such/,
    ],
    [
      { securityHub: { standards: ["cis-aws-foundations-benchmark/v/1.2.0"] } },
      ".securityHub.standards[0]",
      /^Choose a newer version, such as 3\.0\.0: this one's ARN does not have `standards\/` in it\.$/,
    ],
    [
      { securityHub: { standards: ["pci-dss/v/4.0.1", "pci-dss/v/4.0.1"] } },
      ".securityHub.standards",
      /^Name each standard once\.$/,
    ],
    [{ accessAnalyzer: {} }, ".accessAnalyzer", /^Give true or false here\.$/],
    [
      {
        cloudTrail: false,
        configRecorder: false,
        guardDuty: false,
        securityHub: false,
        accessAnalyzer: false,
        ebsEncryption: false,
        s3PublicAccessBlock: false,
      },
      "",
      /^Leave out "accountSecurity": everything in it is switched off\.$/,
    ],
  ])("refuses %j", (section, path, remedy) => {
    const problems = problemsOf(section);
    expect(problems).toEqual([[`accountSecurity${path}`, expect.stringMatching(remedy)]]);
  });

  it("says everything that is wrong at once", () => {
    const problems = problemsOf({ logRetentionDays: 1, guardDuty: 1, securityHub: { standards: [] } });
    expect(problems.map(([path]) => path)).toEqual([
      "accountSecurity.logRetentionDays",
      "accountSecurity.guardDuty",
      "accountSecurity.securityHub.standards",
    ]);
  });
});
