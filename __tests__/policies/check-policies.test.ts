// What becomes of findings: all of them at once, the gravest first, less what the environment accepts with a reason.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import { checkPolicies, policyProblems, synthesizedPlatform } from "../../src/policies/check-policies";
import { finding, type Policy } from "../../src/policies/policy";
import { loadPolicies } from "../../src/policies/registry";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";

const base: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512 } },
};

type Suppressions = NonNullable<NonNullable<EnvironmentInput["policies"]>["suppress"]>;

/** Two policies: one looks at every bucket, the other at every queue, in production only. */
const policies: readonly Policy[] = [
  {
    id: "no-queues",
    severity: "medium",
    rule: "There are no queues.",
    reason: "Queues grow.",
    remedy: "Remove the queue.",
    production: true,
    check: ({ resources }) => resources.of("aws_sqs_queue").map((queue) => finding(queue, "It is a queue")),
  },
  {
    id: "no-buckets",
    severity: "critical",
    rule: "There are no buckets.",
    reason: "Buckets leak.",
    remedy: "Remove the bucket.",
    check: ({ resources }) =>
      resources.of("aws_s3_bucket").map((bucket) => finding(bucket, "It is a bucket")),
  },
];

const configs = {
  django: { resource: { aws_s3_bucket: { logs: {}, media: {} }, aws_sqs_queue: { jobs: {} } } },
  "state-bucket": { resource: { aws_s3_bucket: { state: {} } } },
};

function check(suppress: Suppressions = [], production = true) {
  const environment = defineEnvironment({ ...base, production, policies: { suppress } });
  return checkPolicies(synthesizedPlatform(modelOf(environment), Testing.app(), configs), [...policies]);
}

function found(suppress?: Suppressions, production?: boolean): string[] {
  return check(suppress, production).findings.map(
    ({ policy, stack, address }) => `${policy.id} ${stack}/${address}`,
  );
}

const reason = "It is a test.";

describe("findings", () => {
  it("are all there, the gravest first", () => {
    expect(found()).toEqual([
      "no-buckets django/aws_s3_bucket.logs",
      "no-buckets django/aws_s3_bucket.media",
      "no-buckets state-bucket/aws_s3_bucket.state",
      "no-queues django/aws_sqs_queue.jobs",
    ]);
  });

  it("say what is wrong where, what to do, and how to accept it", () => {
    expect(policyProblems(check())[0]).toBe(
      `[critical] no-buckets: django/aws_s3_bucket.logs: It is a bucket.
      Remove the bucket.
      To accept it, add to policies.suppress: { policy: "no-buckets", resource: "django/aws_s3_bucket.logs", reason: "..." }`,
    );
  });

  it("of a policy for production are none elsewhere", () => {
    expect(found([], false)).not.toContain("no-queues django/aws_sqs_queue.jobs");
    expect(found([], false)).toHaveLength(3);
  });
});

describe("a suppression", () => {
  it.each<[string, string | undefined, string[]]>([
    ["without an address covers all of a policy", undefined, []],
    ["covers one address in any stack", "aws_s3_bucket.logs", ["media", "state"]],
    ["covers one address of a stack", "django/aws_s3_bucket.logs", ["media", "state"]],
    ["covers all that begins like it", "django/*", ["state"]],
    ["covers all of a type", "aws_s3_bucket.*", []],
  ])("%s", (_what, resource, left) => {
    const suppression = { policy: "no-buckets", reason, ...(resource === undefined ? {} : { resource }) };
    const report = check([suppression]);
    const buckets = report.findings.filter(({ policy }) => policy.id === "no-buckets");
    expect(buckets.map(({ address }) => address.replace("aws_s3_bucket.", ""))).toEqual(left);
    expect(report.suppressed).toHaveLength(3 - left.length);
    expect(report.unused).toEqual([]);
    // The other policy's finding stays.
    expect(report.findings).toHaveLength(left.length + 1);
  });

  it("that suppresses nothing is a problem", () => {
    const problems = policyProblems(
      check([{ policy: "no-buckets", resource: "aws_s3_bucket.gone", reason }]),
    );
    expect(problems.at(-1)).toBe(
      'policies.suppress accepts "no-buckets" at aws_s3_bucket.gone, where it finds nothing: remove it, or it hides ' +
        "the next finding.",
    );
    expect(problems).toHaveLength(5);
  });

  it.each(["aws_s3_bucket.web_logs_0A1B2C3D", "django/aws_s3_bucket.web_logs*"])(
    "of the former address %s says the present one",
    (resource) => {
      const suppress = [{ policy: "no-buckets", resource, reason }];
      const environment = defineEnvironment({ ...base, policies: { suppress } });
      const moved = [{ from: "aws_s3_bucket.web_logs_0A1B2C3D", to: "aws_s3_bucket.logs" }];
      const written = { ...configs, django: { ...configs.django, moved } };
      const platform = synthesizedPlatform(modelOf(environment), Testing.app(), written);
      expect(policyProblems(checkPolicies(platform, [...policies])).at(-1)).toBe(
        `policies.suppress accepts "no-buckets" at ${resource}, which is called django/aws_s3_bucket.logs now: ` +
          "write that, or remove it if nothing is found there.",
      );
    },
  );

  it("for production only suppresses nothing elsewhere", () => {
    const accepted = [
      { policy: "no-queues", reason },
      { policy: "no-buckets", reason },
    ];
    expect(policyProblems(check(accepted))).toEqual([]);
    expect(policyProblems(check(accepted, false))).toEqual([
      'policies.suppress accepts "no-queues", where it finds nothing: remove it, or it hides the next finding.',
    ]);
  });

  it("of a policy that does not exist names those that do", () => {
    expect(policyProblems(check([{ policy: "no-bukets", reason }])).at(-1)).toBe(
      'policies.suppress names the policy "no-bukets", which does not exist. Known: no-queues, no-buckets.',
    );
  });
});

const scratch = mkdtempSync(join(tmpdir(), "policies-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the registry", () => {
  it("takes a policy from one new file", () => {
    writeFileSync(
      join(scratch, "no-topics.js"),
      `exports.default = { id: "no-topics", severity: "low", rule: "", reason: "", remedy: "", check: () => [] };`,
    );
    expect(loadPolicies(scratch).map(({ id }) => id)).toEqual(["no-topics"]);
  });

  it("refuses a file whose policy has another ID", () => {
    const folder = mkdtempSync(join(scratch, "wrong-"));
    writeFileSync(join(folder, "no-topics.js"), 'exports.default = { id: "no-topic" };');
    expect(() => loadPolicies(folder)).toThrow(
      'src/policies/rules/no-topics exports no policy with the ID "no-topics" as its default',
    );
  });
});
