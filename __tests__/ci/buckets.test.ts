// What the deploy role may do with the buckets for an application's files: all of their settings, and in production none of the files.
import { isAllowed } from "../support/iam-evaluator";
import { ACCOUNT, ciPolicies, REGION, shopInput } from "./fixtures";

const FILES = `arn:aws:s3:::shop-media-${ACCOUNT}`;
const LOGS = `arn:aws:s3:::shop-alb-logs-${ACCOUNT}`;

/** Whether the deploy role may, in its boundary. */
function deploys(production: boolean) {
  const policies = ciPolicies({ ...shopInput, production, buckets: { media: {} } });
  return (action: string, resource: string) =>
    isAllowed(
      { action, resource, context: { "aws:RequestedRegion": REGION } },
      policies.deploy,
      policies.deployBoundary,
    );
}

describe.each([
  ["in production", true],
  ["elsewhere", false],
])("%s", (_, production) => {
  const may = deploys(production);

  it.each([
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:GetBucketCORS",
    "s3:PutBucketCORS",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
  ])("the deploy role may %s, of this bucket alone", (action) => {
    expect(may(action, FILES)).toBe(true);
    expect(may(action, `arn:aws:s3:::shop-others-${ACCOUNT}`)).toBe(false);
  });

  it("it empties the access logs, and the files only where it is not production", () => {
    for (const action of ["s3:DeleteObject", "s3:DeleteObjectVersion"]) {
      expect([action, may(action, `${LOGS}/key`)]).toEqual([action, true]);
      expect([action, may(action, `${FILES}/key`)]).toEqual([action, !production]);
    }
  });

  it("it neither reads nor writes a file", () => {
    expect(["s3:GetObject", "s3:PutObject"].map((action) => may(action, `${FILES}/key`))).toEqual([
      false,
      false,
    ]);
  });
});
