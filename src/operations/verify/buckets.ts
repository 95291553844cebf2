// Whether each bucket for the application's files is there, and nobody outside can be let in.
import {
  GetPublicAccessBlockCommand,
  type PublicAccessBlockConfiguration,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Environment } from "../../model/environment";
import { bucketName } from "../../model/names/buckets";
import type { AwsSession } from "../aws/session";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { notMade } from "./unread";

/** What S3 says of a bucket's block of public access: `undefined` where it has none. */
type Block = PublicAccessBlockConfiguration | undefined;

const WAYS = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"] as const;

/** Who is asked. */
export interface BucketQuestions extends Pick<AwsSession, "accountId" | "explain"> {
  /** Throws S3's error where it has no such bucket, or no block of it. */
  blockOf(bucket: string): Promise<Block>;
}

/** `bucket:*`, one check for each bucket of the environment. Its calls: see `PERMISSIONS.verify`. */
export function bucketChecks(
  aws: AwsSession,
  { names, region }: Pick<Environment, "names" | "region">,
): Promise<VerifyCheck[]> {
  const client = aws.client(S3Client, region);
  return checkBuckets(names, {
    accountId: aws.accountId,
    explain: (error) => aws.explain(error),
    blockOf: async (Bucket) => {
      const question = { Bucket, ExpectedBucketOwner: aws.accountId };
      return (await client.send(new GetPublicAccessBlockCommand(question))).PublicAccessBlockConfiguration;
    },
  });
}

/** The same, of whoever answers. */
export function checkBuckets(
  { buckets }: Pick<Environment["names"], "buckets">,
  { accountId, explain, blockOf }: BucketQuestions,
): Promise<VerifyCheck[]> {
  return Promise.all(
    Object.entries(buckets).map(async ([key, naming]): Promise<VerifyCheck> => {
      const name = bucketName(naming, accountId);
      const about = {
        id: `bucket:${key}`,
        title: `The bucket ${name} blocks public access in all four ways`,
      };
      try {
        return { ...about, ...judgeBlock(await blockOf(name)) };
      } catch (error) {
        const { name: kind } = Object(error);
        if (kind === "NoSuchBucket") return { ...about, status: "skipped", detail: NOT_DEPLOYED };
        if (kind === "NoSuchPublicAccessBlockConfiguration") return { ...about, ...judgeBlock(undefined) };
        const failure = explain(error);
        if (failure?.kind !== "not-allowed" && failure?.kind !== "rejected") throw error;
        return { ...about, status: "fail", detail: notMade(failure) };
      }
    }),
  );
}

/** Whether a block is whole. */
function judgeBlock(block: Block): Pick<VerifyCheck, "status" | "detail"> {
  const open = WAYS.filter((way) => block?.[way] !== true);
  return open.length === 0
    ? { status: "pass", detail: "no ACL and no policy makes it public" }
    : { status: "fail", detail: `${open.join(", ")} not set: apply django, which sets all four` };
}
