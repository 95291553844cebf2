// SQS: each queue and its dead-letter queue; no message is read or sent.

import { queueName } from "../../model/names/services";
import { wantedNames } from "../../model/names/wanted";
import { actions, type PermissionsOf } from "../grant";

export const sqs: PermissionsOf = ({ environment, account, arn }) => {
  const queues = wantedNames(environment, account).queue.map((queue) => arn("sqs", queue));
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
    own: [arn("sqs", queueName(environment.name, "*")), ...queues],
  };
};
