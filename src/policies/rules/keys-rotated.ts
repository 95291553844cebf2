// The policy `keys-rotated`: every KMS key that AWS can rotate is rotated by it.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isTrue } from "../reading/values";

const keysRotated: Policy = {
  id: "keys-rotated",
  severity: "medium",
  rule: "Every KMS key is rotated by AWS.",
  reason: "A key that never changes protects years of data, and so is worth years of effort.",
  remedy: "Set enable_key_rotation to true.",
  *check({ resources }) {
    for (const key of resources.of("aws_kms_key")) {
      const { customer_master_key_spec: spec, enable_key_rotation: rotates } = key.body;
      if ([undefined, "SYMMETRIC_DEFAULT"].includes(asText(spec)) && !isTrue(rotates)) {
        yield finding(key, "It is never rotated");
      }
    }
  },
};

export default keysRotated;
