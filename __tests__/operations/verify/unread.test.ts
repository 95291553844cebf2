// Where AWS refuses a part: the checks that need it have failed, and all others are as they are.
import { AwsFailure } from "../../../src/operations/aws/failure";
import type { VerifyCheck } from "../../../src/operations/verify/check";
import { PartReader, withUnread } from "../../../src/operations/verify/unread";
import { model } from "./fixtures";

const refusal = new AwsFailure("AWS does not allow RDS DescribeDBInstances.", { kind: "not-allowed" });

const checks = [
  "resource:postgres",
  "resource:redis",
  "group:postgres",
  "flow:postgres-from-django-5432-tcp",
  "flow:redis-from-django-6379-tcp",
  "undeclared:postgres",
  "acl:data",
  "internet:443",
  "targets:django",
].map((id): VerifyCheck => ({ id, title: id, status: "skipped", detail: "not deployed yet" }));

it.each([
  [
    "postgres",
    ["resource:postgres", "group:postgres", "flow:postgres-from-django-5432-tcp", "undeclared:postgres"],
  ],
  ["network-acls", ["acl:data"]],
  ["listeners", ["internet:443"]],
  ["targets", ["targets:django"]],
] as const)("without %s", (part, failed) => {
  const judged = withUnread(checks, new Map([[part, refusal]]), model);
  expect(judged.filter(({ status }) => status === "fail").map(({ id }) => id)).toEqual(failed);
  expect(judged.find(({ status }) => status === "fail")).toEqual({
    id: failed[0],
    title: failed[0],
    status: "fail",
    detail: "It could not be checked. AWS does not allow RDS DescribeDBInstances.",
  });
  expect(judged.filter(({ status }) => status === "skipped")).toHaveLength(checks.length - failed.length);
});

it.each([
  ["not-allowed", true],
  ["rejected", true],
  ["unreachable", false],
  ["throttled", false],
  ["interrupted", false],
] as const)("a failure that is %s is one of the part alone: %s", async (kind, isTolerated) => {
  const failure = new AwsFailure("No.", { kind });
  const reader = new PartReader({ explain: () => failure });
  const read = reader.read("targets", Promise.reject(failure), "nothing");
  if (isTolerated) {
    expect(await read).toBe("nothing");
    expect(reader.unread.get("targets")).toBe(failure);
  } else {
    await expect(read).rejects.toBe(failure);
  }
});
