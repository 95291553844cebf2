// Lookups of secrets and buckets: names that stay taken longer, or wider, than one would think.
import { GetBucketTaggingCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Environment } from "../../../model/environment";
import { unlessAbsent } from "../../live/absent";
import { type Lookup, tagsOf } from "./lookup";

/** A deleted secret can be restored for up to 30 days, and holds its name as long. */
export const secret: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(SecretsManagerClient).send(new DescribeSecretCommand({ SecretId: name })),
    "ResourceNotFoundException",
  );
  if (answer === undefined) {
    return [];
  }
  const { ARN = "", Tags, DeletedDate } = answer;
  const at = `--region ${aws.region} --secret-id ${name}`;
  const leaving =
    `It is scheduled for deletion: give its name free with "aws secretsmanager delete-secret ${at} ` +
    `--force-delete-without-recovery", or take it back with "aws secretsmanager restore-secret ${at}" and import it.`;
  return [{ arn: ARN, tags: tagsOf(Tags), leaving: DeletedDate && leaving }];
};

/** Bucket names are unique across all accounts. */
export const bucket: Lookup = async (aws, name, environment) => {
  const client = aws.client(S3Client, regionOf(name, environment));
  const question = { Bucket: name, ExpectedBucketOwner: aws.accountId };
  const arn = `arn:aws:s3:::${name}`;
  try {
    await client.send(new HeadBucketCommand(question));
  } catch (error) {
    // HEAD is answered without words, so that only the status tells what is meant.
    switch (statusOf(error)) {
      case 404:
        return [];
      case 301:
        return [{ arn, tags: {}, remark: "it is in another region." }];
      case 403:
        return [
          {
            arn,
            tags: {},
            remark: "it is another account's, or the credentials lack the IAM action s3:ListBucket.",
          },
        ];
      default:
        throw error;
    }
  }
  const tagging = await unlessAbsent(client.send(new GetBucketTaggingCommand(question)), "NoSuchTagSet");
  return [{ arn, tags: tagsOf(tagging?.TagSet) }];
};

/** The bucket of the state may be in a region of its own. */
function regionOf(name: string, { state, region }: Environment): string {
  return state.backend === "s3" && state.bucket === name ? state.region : region;
}

function statusOf(error: unknown): number | undefined {
  const { $metadata }: { $metadata?: { httpStatusCode?: number } } = Object(error);
  return $metadata?.httpStatusCode;
}
