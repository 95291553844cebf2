// Buckets, whose names are unique across all accounts, and the trail of an account, which writes into one.

/** The load balancer's access logs. @param prefix the environment's name for it */
export function accessLogsBucket(prefix: string, accountId: string): string {
  return `${prefix}-${accountId}`;
}

/** What the name of the load balancer's access logs begins with. */
export function accessLogsPrefix(base: string): string {
  return `${base}-alb-logs`;
}

/** What decides the name of one of the environment's own buckets. */
export interface BucketNaming {
  /** The name, or what it begins with. */
  readonly name: string;
  /** Whether the account's number is added: S3 has each name once in the world. */
  readonly withAccount: boolean;
}

/** How one of the environment's own buckets is named. @param own the name that the environment gives it itself */
export function bucketNaming(base: string, key: string, own: string | undefined): BucketNaming {
  return own === undefined
    ? { name: `${base}-${key}`, withAccount: true }
    : { name: own, withAccount: false };
}

/** The name of one of the environment's own buckets. */
export function bucketName({ name, withAccount }: BucketNaming, accountId: string): string {
  return withAccount ? `${name}-${accountId}` : name;
}

/** What the name of the state's logs' bucket adds to that of the state's. */
const STATE_LOGS_SUFFIX = "-logs";

/** The access logs of a state bucket. */
export function stateLogsBucket(bucket: string): string {
  return `${bucket}${STATE_LOGS_SUFFIX}`;
}

export function trailName(base: string): string {
  return `${base}-trail`;
}

/** The Name tag of the bucket of CloudTrail and AWS Config. */
export function auditBucketTag(base: string): string {
  return `${base}-audit`;
}

/** The bucket of CloudTrail and AWS Config. */
export function auditBucket(base: string, accountId: string): string {
  return `${auditBucketTag(base)}-${accountId}`;
}

/** The access logs of that bucket. */
export function auditLogsBucket(base: string, accountId: string): string {
  return `${base}-s3-logs-${accountId}`;
}
