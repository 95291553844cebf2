// S3: the bucket of the access logs. Its name is all that IAM knows of a bucket.
import { accessLogsBucket } from "../../model/names/buckets";
import { actions, type PermissionsOf } from "../grant";

export const s3: PermissionsOf = ({ environment, account }) => {
  if (!environment.loadBalancer) {
    return undefined;
  }
  const bucket = `arn:aws:s3:::${accessLogsBucket(environment.names.accessLogsPrefix, account)}`;
  return {
    grants: [
      {
        sid: "ReadAccessLogsBucket",
        access: "read",
        // The provider reads every setting of a bucket, those too that nobody has set.
        actions: actions("s3", [
          "GetAccelerateConfiguration",
          "GetBucketAcl",
          "GetBucketCORS",
          "GetBucketLogging",
          "GetBucketObjectLockConfiguration",
          "GetBucketOwnershipControls",
          "GetBucketPolicy",
          "GetBucketPublicAccessBlock",
          "GetBucketRequestPayment",
          "GetBucketTagging",
          "GetBucketVersioning",
          "GetBucketWebsite",
          "GetEncryptionConfiguration",
          "GetLifecycleConfiguration",
          "GetReplicationConfiguration",
          "ListBucket",
          "ListTagsForResource",
        ]),
        resources: [bucket],
      },
      {
        sid: "OwnAccessLogsBucket",
        access: "write",
        actions: actions("s3", [
          "CreateBucket",
          "DeleteBucket",
          "DeleteBucketPolicy",
          "PutBucketOwnershipControls",
          "PutBucketPolicy",
          "PutBucketPublicAccessBlock",
          "PutBucketTagging",
          "PutEncryptionConfiguration",
          "PutLifecycleConfiguration",
          "TagResource",
          "UntagResource",
        ]),
        resources: [bucket],
      },
      {
        // Where deletion protection is off, a destroy empties the bucket first.
        sid: "EmptyAccessLogsBucket",
        access: "write",
        actions: actions("s3", ["DeleteObject", "DeleteObjectVersion", "ListBucketVersions"]),
        resources: [bucket, `${bucket}/*`],
      },
    ],
    own: [`${bucket}*`],
  };
};
