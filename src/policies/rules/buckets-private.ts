// The policy `buckets-private`: every bucket blocks public access in all four ways.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isTrue } from "../reading/values";

const WAYS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** ACLs that let no one in but the owner and AWS's own log delivery. */
const PRIVATE_ACLS = ["private", "log-delivery-write", "bucket-owner-full-control"];

const bucketsPrivate: Policy = {
  id: "buckets-private",
  severity: "critical",
  rule: "Every bucket blocks public access in all four ways.",
  reason: "A bucket becomes public by one wrong policy or ACL, unless the bucket itself refuses it.",
  remedy: "Add an aws_s3_bucket_public_access_block with all four arguments true.",
  *check({ resources }) {
    for (const bucket of resources.of("aws_s3_bucket")) {
      const blocks = resources.attached("aws_s3_bucket_public_access_block", "bucket", bucket, "bucket");
      if (!blocks.some(({ body }) => WAYS.every((way) => isTrue(body[way])))) {
        yield finding(bucket, "It does not block public access in all four ways");
      }
    }
    for (const acl of resources.of("aws_s3_bucket_acl", "aws_s3_bucket")) {
      if (acl.body.acl !== undefined && !PRIVATE_ACLS.includes(asText(acl.body.acl) ?? "")) {
        yield finding(acl, `Its ACL is ${String(acl.body.acl)}`);
      }
    }
  },
};

export default bucketsPrivate;
