// SQS: each queue and its dead-letter queue; no message is read or sent.
import { actions, type PermissionsOf } from "../grant";

export const sqs: PermissionsOf = ({ environment, arn }) => {
  const queues = Object.values(environment.names.queues).flatMap((name) =>
    [name, `${name}-dlq`].map((queue) => arn("sqs", queue)),
  );
  if (queues.length === 0) {
    return undefined;
  }
  return {
    grants: [
      {
        sid: "ReadQueues",
        access: "read",
        actions: actions("sqs", ["GetQueueAttributes", "GetQueueUrl", "ListQueueTags"]),
        resources: queues,
      },
      {
        sid: "OwnQueues",
        access: "write",
        actions: actions("sqs", [
          "CreateQueue",
          "DeleteQueue",
          "SetQueueAttributes",
          "TagQueue",
          "UntagQueue",
        ]),
        resources: queues,
      },
    ],
    own: [arn("sqs", `${environment.name}-*`), ...queues],
  };
};
