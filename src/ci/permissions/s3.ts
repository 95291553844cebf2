// S3: the bucket of the access logs, and the environment's own. Its name is all that IAM knows of a bucket.
import { accessLogsBucket, bucketName } from "../../model/names/buckets";
import { actions, type PermissionsOf } from "../grant";

export const s3: PermissionsOf = ({ environment, account }) => {
  const { loadBalancer, names, production } = environment;
  const arn = (name: string) => `arn:aws:s3:::${name}`;
  const logs = loadBalancer ? [arn(accessLogsBucket(names.accessLogsPrefix, account))] : [];
  const files = Object.values(names.buckets).map((naming) => arn(bucketName(naming, account)));
  const buckets = [...logs, ...files];
  if (buckets.length === 0) {
    return undefined;
  }
  // Files in production are nobody's to delete but the services' and a person's.
  const emptied = [...logs, ...(production ? [] : files)];
  return {
    grants: [
      {
        sid: "ReadBuckets",
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
        resources: buckets,
      },
      {
        sid: "OwnBuckets",
        access: "write",
        actions: actions("s3", [
          "CreateBucket",
          "DeleteBucket",
          "DeleteBucketPolicy",
          ...(files.length > 0 ? ["PutBucketCORS"] : []),
          "PutBucketOwnershipControls",
          "PutBucketPolicy",
          "PutBucketPublicAccessBlock",
          "PutBucketTagging",
          ...(files.length > 0 ? ["PutBucketVersioning"] : []),
          "PutEncryptionConfiguration",
          "PutLifecycleConfiguration",
          "TagResource",
          "UntagResource",
        ]),
        resources: buckets,
      },
      ...(emptied.length > 0
        ? [
            {
              // Where deletion protection is off, a destroy empties the bucket first.
              sid: "EmptyBuckets",
              access: "write" as const,
              actions: actions("s3", ["DeleteObject", "DeleteObjectVersion", "ListBucketVersions"]),
              resources: emptied.flatMap((bucket) => [bucket, `${bucket}/*`]),
            },
          ]
        : []),
    ],
    own: buckets.map((bucket) => `${bucket}*`),
  };
};
