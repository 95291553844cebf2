// Which findings a stack is said to have, and what scanners are told of them.
import { type Accepted, acceptedIn } from "../../src/scanners/accepted";
import { scannerComments } from "../../src/scanners/comments";
import {
  filesBucketWithout,
  isOfFilesBucket,
  isPlainHttp,
  isReachedByRules,
  under,
  unreferredBy,
  without,
  withoutValue,
} from "../../src/scanners/conditions";
import { ACCEPTED } from "../../src/scanners/list";

const row = (addresses: string, more: Partial<Accepted> = {}): Accepted => ({
  scanner: "checkov",
  check: "CKV_1",
  asks: "more",
  reason: "enough",
  addresses,
  ...more,
});

const RESOURCES = {
  aws_s3_bucket: { logs: { bucket: "logs" }, logs_of_others: { bucket: "others", kms: "key" } },
  aws_s3_bucket_policy: { logs: { bucket: "${aws_s3_bucket.logs.id}" } },
};

const found = (list: readonly Accepted[]) => [...acceptedIn(list, RESOURCES).keys()];

it("finds a row by the address, and by the type", () => {
  expect(found([row("aws_s3_bucket.logs")])).toEqual(["aws_s3_bucket.logs"]);
  expect(found([row("aws_s3_bucket")])).toEqual(["aws_s3_bucket.logs", "aws_s3_bucket.logs_of_others"]);
  expect(found([row("aws_s3_bucket.log"), row("aws_s3")])).toEqual([]);
});

it("finds it only where its condition holds", () => {
  expect(found([row("aws_s3_bucket", { where: without("kms") })])).toEqual(["aws_s3_bucket.logs"]);
  expect(found([row("aws_s3_bucket", { where: withoutValue("key") })])).toEqual(["aws_s3_bucket.logs"]);
  expect(found([row("aws_s3_bucket", { where: withoutValue("ke") })])).toHaveLength(2);
  expect(found([row("aws_s3_bucket", { where: unreferredBy("aws_s3_bucket_policy") })])).toEqual([
    "aws_s3_bucket.logs_of_others",
  ]);
});

it("knows a bucket for files by its rules, and what it lacks", () => {
  const rule = [{ id: "expire-old-versions" }, { id: "abort-unfinished-uploads" }];
  const resources = {
    aws_s3_bucket: { media: {}, theirs: {} },
    aws_s3_bucket_lifecycle_configuration: { media: { rule }, theirs: { rule: rule.slice(1) } },
    aws_s3_bucket_versioning: { media: { versioning_configuration: { status: "Suspended" } } },
  };
  const of = (name: string) => ({ address: `aws_s3_bucket.${name}`, body: {}, resources });
  expect(["media", "theirs"].map((name) => isOfFilesBucket(of(name)))).toEqual([true, false]);
  const lacks = (value: string) => filesBucketWithout("aws_s3_bucket_versioning", value);
  expect([lacks("Enabled")(of("media")), lacks("Suspended")(of("media"))]).toEqual([true, false]);
  expect(lacks("Enabled")(of("theirs"))).toBe(false);
});

it("finds logs that are kept for less than a year", () => {
  const of = (retention_in_days: number) => ({
    address: "aws_cloudwatch_log_group.web",
    body: { retention_in_days },
    resources: {},
  });
  expect([30, 365, 400].map((days) => under("retention_in_days", 365)(of(days)))).toEqual([
    true,
    false,
    false,
  ]);
});

describe("listeners", () => {
  const forward = (target: string) => [
    { type: "forward", target_group_arn: `\${aws_lb_target_group.${target}.arn}` },
  ];
  const group = (name: string, listeners: Parameters<typeof isPlainHttp>[0]["resources"]) => ({
    address: `aws_lb_target_group.${name}`,
    body: {},
    resources: { aws_lb_listener: listeners },
  });
  const http = { http: { protocol: "HTTP", default_action: forward("web") } };
  const both = { ...http, https: { protocol: "HTTPS", default_action: forward("web") } };

  it("are plain HTTP where none has TLS", () => {
    expect(isPlainHttp(group("web", http))).toBe(true);
    expect(isPlainHttp(group("web", both))).toBe(false);
  });

  it("have target groups that only rules lead to", () => {
    expect(isReachedByRules(group("web", http))).toBe(true);
    expect(isReachedByRules(group("web", both))).toBe(false);
    expect(isReachedByRules(group("web_api", both))).toBe(true);
  });
});

it("tells each scanner in its own words, with the reason", () => {
  expect(
    scannerComments([
      row("a.b"),
      row("a.b", { scanner: "trivy", check: "AWS-1", reason: "as it should" }),
      row("a.b", { scanner: "tflint", check: "terraform_x" }),
    ]),
  ).toEqual({
    above: ["#trivy:ignore:AWS-1 as it should"],
    beside: " # tflint-ignore: terraform_x",
    inside: ["#checkov:skip=CKV_1: enough"],
  });
});

it("says nothing in HCL of what is found in JSON alone", () => {
  expect(scannerComments([row("a.b", { scanner: "trivy", only: "json" })])).toEqual({
    above: [],
    beside: "",
    inside: [],
  });
});

it("has each finding of a scanner once, with a reason that fits on a line and on the page", () => {
  const keys = ACCEPTED.map(({ scanner, check, addresses, only }) =>
    [scanner, check, addresses, only].join(" "),
  );
  expect(new Set(keys).size).toBe(keys.length);
  // With its indent and the scanner's words before it, 160 characters are a line.
  expect(ACCEPTED.filter(({ reason }) => reason.length > 120 || /[|\n]/.test(reason))).toEqual([]);
});
