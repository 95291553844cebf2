// The policy `topics-encrypted`: every SNS topic is encrypted.
import { finding, type Policy } from "../policy";

const topicsEncrypted: Policy = {
  id: "topics-encrypted",
  severity: "medium",
  rule: "Every SNS topic is encrypted.",
  reason: "Alarms tell what is wrong with the platform, and where.",
  remedy: "Give the topic a KMS key: kms_master_key_id.",
  *check({ resources }) {
    for (const topic of resources.of("aws_sns_topic")) {
      if (topic.body.kms_master_key_id === undefined) {
        yield finding(topic, "It is not encrypted");
      }
    }
  },
};

export default topicsEncrypted;
