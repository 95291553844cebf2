// The account's block of public access to S3: it holds for every bucket, also for one that somebody makes by hand
// tomorrow.
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { Construct } from "constructs";

/** All four switches of S3 Block Public Access, for the whole account. */
export class S3PublicAccessBlock extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new S3AccountPublicAccessBlock(this, "block:account", {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }
}
