// What S3 says of a bucket: who is let in, how it is encrypted, what becomes of its objects, which websites call it.
import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CREDENTIALS, REGION } from "./child-environment";

/** A bucket as S3 describes it. */
export async function readBucket(endpoint: string, name: string) {
  const client = new S3Client({ endpoint, region: REGION, credentials: CREDENTIALS, forcePathStyle: true });
  const question = { Bucket: name };
  try {
    const { PublicAccessBlockConfiguration } = await client.send(new GetPublicAccessBlockCommand(question));
    const { OwnershipControls } = await client.send(new GetBucketOwnershipControlsCommand(question));
    const { Policy = "{}" } = await client.send(new GetBucketPolicyCommand(question));
    const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand(question));
    const { Status } = await client.send(new GetBucketVersioningCommand(question));
    const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand(question));
    const cors = await client.send(new GetBucketCorsCommand(question)).catch((error: Error) => error.name);
    return {
      publicAccess: PublicAccessBlockConfiguration,
      ownership: OwnershipControls?.Rules,
      policy: JSON.parse(Policy).Statement,
      encryption: ServerSideEncryptionConfiguration?.Rules,
      versioning: Status,
      lifecycle: Rules,
      cors: typeof cors === "string" ? cors : cors.CORSRules,
    };
  } finally {
    client.destroy();
  }
}

export type ReadBucket = Awaited<ReturnType<typeof readBucket>>;
