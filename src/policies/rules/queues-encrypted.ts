// Every queue is encrypted: what waits in it is unreadable without its key.
import { finding, type Policy } from "../policy";
import { isTrue } from "../reading/values";

const queuesEncrypted: Policy = {
  id: "queues-encrypted",
  severity: "medium",
  rule: "Every queue is encrypted.",
  reason: "Messages hold what users have sent, and wait for days if no worker takes them.",
  remedy: "Set sqs_managed_sse_enabled to true, or give a KMS key.",
  *check({ resources }) {
    for (const queue of resources.of("aws_sqs_queue")) {
      if (!isTrue(queue.body.sqs_managed_sse_enabled) && queue.body.kms_master_key_id === undefined) {
        yield finding(queue, "It is not encrypted");
      }
    }
  },
};

export default queuesEncrypted;
