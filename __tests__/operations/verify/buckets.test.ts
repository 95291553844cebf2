// Whether a bucket for files still keeps everybody outside out, as S3 answers.
import { AwsFailure } from "../../../src/operations/aws/failure";
import { checkBuckets } from "../../../src/operations/verify/buckets";
import { allOptions } from "../../support/all-options";

const NOT_ALLOWED = new AwsFailure("The IAM action s3:GetBucketPublicAccessBlock is missing.", {
  kind: "not-allowed",
});

const ALL = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

/** What is said of the bucket `media` where S3 gives this answer, or this error. */
async function said(answer: object | Error, failure?: AwsFailure) {
  const asked: string[] = [];
  const checks = await checkBuckets(allOptions.names, {
    accountId: "123456789012",
    explain: () => failure,
    blockOf: async (bucket) => {
      asked.push(bucket);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { asked, checks, media: checks.find(({ id }) => id === "bucket:media") };
}

const named = (name: string) => Object.assign(new Error(name), { name });

it("asks for each bucket of the environment, by its name in this account alone", async () => {
  const { asked, checks } = await said(ALL);
  expect(asked).toEqual(["all-options-media-123456789012", "all-options-scratch-123456789012"]);
  expect(checks.map(({ id, title, status }) => [id, title, status])).toEqual([
    [
      "bucket:media",
      "The bucket all-options-media-123456789012 blocks public access in all four ways",
      "pass",
    ],
    [
      "bucket:scratch",
      "The bucket all-options-scratch-123456789012 blocks public access in all four ways",
      "pass",
    ],
  ]);
});

it("fails where one of the four ways is open, or all of them", async () => {
  const { media } = await said({ ...ALL, BlockPublicPolicy: false, RestrictPublicBuckets: undefined });
  expect(media).toMatchObject({
    status: "fail",
    detail: "BlockPublicPolicy, RestrictPublicBuckets not set: apply django, which sets all four",
  });
  const without = await said(named("NoSuchPublicAccessBlockConfiguration"));
  expect(without.media?.detail).toMatch(
    /^BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets not set/,
  );
});

it("is skipped before the bucket is there, and fails where S3 does not let it ask", async () => {
  expect((await said(named("NoSuchBucket"))).media).toMatchObject({
    status: "skipped",
    detail: "not deployed yet",
  });
  expect((await said(named("AccessDenied"), NOT_ALLOWED)).media).toMatchObject({
    status: "fail",
    detail: "It could not be checked. The IAM action s3:GetBucketPublicAccessBlock is missing.",
  });
  await expect(said(named("TimeoutError"))).rejects.toThrow("TimeoutError");
});
