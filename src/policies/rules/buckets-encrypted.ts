// The policy `buckets-encrypted`: every bucket says how it is encrypted.
import { asList } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { nested } from "../reading/values";

const bucketsEncrypted: Policy = {
  id: "buckets-encrypted",
  severity: "high",
  rule: "Every bucket says how it is encrypted.",
  reason: "S3 encrypts by itself today, but only what is written down can be checked and is kept.",
  remedy: "Add an aws_s3_bucket_server_side_encryption_configuration.",
  *check({ resources }) {
    for (const bucket of resources.of("aws_s3_bucket")) {
      const configurations = [
        ...resources
          .attached("aws_s3_bucket_server_side_encryption_configuration", "bucket", bucket, "bucket")
          .map(({ body }) => body),
        ...nested(bucket.body, "server_side_encryption_configuration"),
      ];
      const algorithms = configurations
        .flatMap((body) => nested(body, "rule"))
        .flatMap((rule) => nested(rule, "apply_server_side_encryption_by_default"))
        .flatMap(({ sse_algorithm: algorithm }) => asList(algorithm));
      if (algorithms.length === 0) {
        yield finding(bucket, "It has no encryption configuration");
      }
    }
  },
};

export default bucketsEncrypted;
