// The policy `buckets-tls-only`: every bucket refuses calls without TLS.
import { finding, type Policy } from "../policy";
import { deniesPlainHttp } from "../reading/plain-http";

const bucketsTlsOnly: Policy = {
  id: "buckets-tls-only",
  severity: "medium",
  rule: "Every bucket refuses calls without TLS.",
  reason: "S3 answers plain HTTP, too, to clients that are set up so.",
  remedy: "Add a bucket policy that denies s3:* where aws:SecureTransport is false.",
  *check({ resources }) {
    for (const bucket of resources.of("aws_s3_bucket")) {
      const policies = [bucket, ...resources.attached("aws_s3_bucket_policy", "bucket", bucket, "bucket")];
      if (!policies.some((holder) => deniesPlainHttp(resources, holder))) {
        yield finding(bucket, "It takes calls without TLS");
      }
    }
  },
};

export default bucketsTlsOnly;
