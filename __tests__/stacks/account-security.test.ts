// The stack account-security: there for the environment that says so, with each part switched off by itself.
import { TerraformStack, Testing } from "cdktf";
import type { EnvironmentInput } from "../../src/schema/environment";
import { AccountSecurityStack } from "../../src/stacks/account-security";
import { addPlatform } from "../../src/stacks/platform";
import { defineEnvironment } from "../../src/validation/define-environment";
import { synthesized } from "../support/synthesized";
import { systems } from "../support/systems";

const base: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  account: "123456789012",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512 } },
  state: { backend: "s3", bucket: "shop-states", region: "eu-west-1" },
};

function synth(accountSecurity: EnvironmentInput["accountSecurity"]) {
  const environment = defineEnvironment({ ...base, accountSecurity });
  if (!environment.accountSecurity) {
    throw new Error("no section");
  }
  const settings = { environment, accountSecurity: environment.accountSecurity };
  return synthesized(new AccountSecurityStack(Testing.app(), "account-security", settings));
}

/** The types of resources that each part brings, beside the buckets and their policies. */
const TYPES = {
  cloudTrail: ["aws_cloudtrail", "aws_kms_alias", "aws_kms_key"],
  configRecorder: [
    "aws_config_configuration_recorder",
    "aws_config_configuration_recorder_status",
    "aws_config_delivery_channel",
    "aws_iam_service_linked_role",
  ],
  guardDuty: ["aws_guardduty_detector"],
  securityHub: ["aws_securityhub_account", "aws_securityhub_standards_subscription"],
  accessAnalyzer: ["aws_accessanalyzer_analyzer"],
  ebsEncryption: ["aws_ebs_encryption_by_default"],
  s3PublicAccessBlock: ["aws_s3_account_public_access_block"],
};
const ALL_TYPES = Object.values(TYPES).flat();

describe("findings", () => {
  const rules = (changes: Partial<EnvironmentInput>) => {
    const environment = defineEnvironment({ ...base, ...changes });
    const accountSecurity =
      environment.accountSecurity ?? defineEnvironment({ ...base, accountSecurity: {} }).accountSecurity;
    if (!accountSecurity) {
      throw new Error("no section");
    }
    const stack = new AccountSecurityStack(Testing.app(), "account-security", {
      environment,
      accountSecurity,
    });
    return Object.keys(synthesized(stack).resource?.aws_cloudwatch_event_rule ?? {});
  };
  const BOTH = ["guardduty_findings", "security_hub_findings"];

  it("are told where the environment has alarms, and does not say otherwise", () => {
    expect(rules({ accountSecurity: {} })).toEqual(BOTH);
    expect(rules({ accountSecurity: { findings: { severity: "LOW" } } })).toEqual(BOTH);
    expect(rules({ accountSecurity: { findings: false } })).toEqual([]);
    expect(rules({ accountSecurity: { guardDuty: false } })).toEqual(["security_hub_findings"]);
    expect(rules({ accountSecurity: { securityHub: false } })).toEqual(["guardduty_findings"]);
    expect(rules({ accountSecurity: {}, monitoring: false })).toEqual([]);
    expect(rules({ accountSecurity: {}, production: false })).toEqual([]);
  });

  it.each([
    ["monitoring is false", { monitoring: false }, 'Remove it, or switch "monitoring" on'],
    ["there is none by default", { production: false }, 'Remove it, or switch "monitoring" on'],
    [
      "nothing finds any",
      { accountSecurity: { findings: {}, guardDuty: false, securityHub: false } },
      "Remove it, or switch guardDuty or securityHub on",
    ],
  ] as const)("are refused where %s", (_what, changes, remedy) => {
    expect(() => defineEnvironment({ ...base, accountSecurity: { findings: {} }, ...changes })).toThrow(
      `accountSecurity.findings: {"severity":"HIGH"}\n    ${remedy}`,
    );
  });

  it("say from which severity on, in words that there are", () => {
    expect(() =>
      Reflect.apply(defineEnvironment, undefined, [
        { ...base, accountSecurity: { findings: { severity: "high" } } },
      ]),
    ).toThrow('Choose "LOW" or "MEDIUM" or "HIGH" or "CRITICAL".');
  });
});

it("says where records and findings are, and nothing of what is switched off", () => {
  const names = (accountSecurity: EnvironmentInput["accountSecurity"]) =>
    Object.keys(synth(accountSecurity).output ?? {});
  expect(names({})).toEqual([
    "access_analyzer_arn",
    "audit_bucket",
    "findings_topic_arn",
    "guardduty_detector_id",
    "security_hub_arn",
    "trail_arn",
    "trail_key_arn",
  ]);
  expect(names({ cloudTrail: false, guardDuty: false, accessAnalyzer: false, findings: false })).toEqual([
    "audit_bucket",
    "security_hub_arn",
  ]);
});

describe("the stack account-security", () => {
  it("has one of each", () => {
    const { resource = {} } = synth({});
    for (const type of ALL_TYPES) {
      expect({ type, count: Object.keys(resource[type] ?? {}).length }).toEqual({ type, count: 1 });
    }
  });

  it.each(Object.entries(TYPES))("lacks exactly %s where that is switched off", (part, types) => {
    const { resource = {} } = synth({ [part]: false });
    const there = ALL_TYPES.filter((type) => resource[type] !== undefined);
    expect(there).toEqual(ALL_TYPES.filter((type) => !types.includes(type)));
  });

  it("has no bucket and no protection where neither CloudTrail nor AWS Config writes", () => {
    const { resource = {}, variable } = synth({ cloudTrail: false, configRecorder: false });
    expect(Object.keys(resource).filter((type) => type.startsWith("aws_s3_bucket"))).toEqual([]);
    expect(variable).toBeUndefined();
    expect(synth({}).variable).toMatchObject({ deletion_protection: { default: true } });
  });

  it("has a state of its own, in the account and region of its environment", () => {
    const { terraform, provider } = synth({});
    expect(terraform).toMatchObject({ backend: { s3: { key: "shop/account-security.tfstate" } } });
    expect(provider).toMatchObject({ aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] });
  });
});

describe("a platform", () => {
  function stacksOf(input: EnvironmentInput): TerraformStack[] {
    const app = Testing.app();
    addPlatform(app, defineEnvironment(input));
    return app.node.children.filter(TerraformStack.isStack);
  }

  it("has the stack only where the environment has the section", () => {
    const ids = (input: EnvironmentInput) => stacksOf(input).map(({ node }) => node.id);
    expect(ids(base)).toEqual(["django", "security-group-rules"]);
    expect(ids({ ...base, accountSecurity: {} })).toEqual([
      "django",
      "security-group-rules",
      "account-security",
    ]);
  });

  it("needs no other stack for it, and no other stack needs it", () => {
    const stacks = stacksOf({ ...base, accountSecurity: {} });
    const needs = stacks.map(({ node, dependencies }) => [
      node.id,
      dependencies.map((other) => other.node.id),
    ]);
    expect(Object.fromEntries(needs)).toEqual({
      django: [],
      "security-group-rules": ["django"],
      "account-security": [],
    });
  });
});

it("is declared by one of the environments that may share an account", () => {
  const declaring = systems.names().filter((name) => systems.load(name).accountSecurity);
  expect(declaring).toEqual(["lightwave-prod"]);
});
