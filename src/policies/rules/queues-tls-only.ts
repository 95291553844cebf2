// The policy `queues-tls-only`: every queue refuses calls without TLS.
import { finding, type Policy } from "../policy";
import { deniesPlainHttp } from "../reading/plain-http";

const queuesTlsOnly: Policy = {
  id: "queues-tls-only",
  severity: "medium",
  rule: "Every queue refuses calls without TLS.",
  reason: "SQS answers plain HTTP, too, to clients that are set up so.",
  remedy: "Add a queue policy that denies sqs:* where aws:SecureTransport is false.",
  *check({ resources }) {
    for (const queue of resources.of("aws_sqs_queue")) {
      const policies = [queue, ...resources.attached("aws_sqs_queue_policy", "queue_url", queue, "url")];
      if (!policies.some((holder) => deniesPlainHttp(resources, holder))) {
        yield finding(queue, "It takes calls without TLS");
      }
    }
  },
};

export default queuesTlsOnly;
