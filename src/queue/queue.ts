// A queue between services: work that a request leaves behind for a worker, and a place for what no worker manages.

import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { RoleStatement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";
import { denyPlainHttp, keyStatements, sidOf } from "../iam/statements";
import { deadLetterQueue } from "../model/names/services";
import { deadLettersResource } from "../model/names/terraform";
import type { Queue as QueueConfig } from "../schema/data-stores";

/** SQS's longest retention: 14 days in seconds, SetQueueAttributes API reference, "MessageRetentionPeriod". */
const LONGEST_RETENTION = 1_209_600;
/** Seconds that a receive waits for a message, the longest: the same page, "ReceiveMessageWaitTimeSeconds". */
const LONG_POLLING = 20;

export interface QueueProps {
  /** What the queue is called in Terraform; its dead-letter queue adds `_dead_letters`. */
  readonly resourceName: string;
  /** The queue's name; its dead-letter queue adds `-dlq`. */
  readonly name: string;
  readonly queue: QueueConfig;
  /** The queue's region. */
  readonly region: string;
  /**
   * The KMS key of the messages.
   *
   * @default - SQS's own keys
   */
  readonly kmsKeyArn?: string | undefined;
}

/** An SQS queue with a dead-letter queue, both encrypted and closed to plain HTTP. */
export class Queue extends Construct {
  readonly name: string;
  /** What clients of SQS call it. */
  readonly url: string;
  readonly arn: string;
  /** What clients of SQS call the queue that takes what no worker manages. */
  readonly deadLettersUrl: string;
  /** The ARN of the queue that takes what no worker manages. */
  readonly deadLettersArn: string;
  /** What a service needs to take messages and to finish or return them. */
  readonly consumeStatements: readonly RoleStatement[];
  /** What a service needs to put messages in. */
  readonly sendStatements: readonly RoleStatement[];

  constructor(scope: Construct, id: string, { resourceName, name, queue, region, kmsKeyArn }: QueueProps) {
    super(scope, id);
    const encryption =
      kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn };
    const deadLettersName = deadLetterQueue(name);
    const deadLetters = new SqsQueue(this, `dead-letters:${deadLettersResource(resourceName)}`, {
      name: deadLettersName,
      messageRetentionSeconds: LONGEST_RETENTION,
      ...encryption,
      tags: { Name: deadLettersName },
    });
    const main = new SqsQueue(this, `queue:${resourceName}`, {
      name,
      visibilityTimeoutSeconds: queue.visibilityTimeoutSeconds,
      messageRetentionSeconds: queue.retentionSeconds,
      receiveWaitTimeSeconds: LONG_POLLING,
      ...encryption,
      redrivePolicy: Fn.jsonencode({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount: queue.maxReceiveCount,
      }),
      tags: { Name: name },
    });
    new SqsQueueRedriveAllowPolicy(this, `redrive-allow:${deadLettersResource(resourceName)}`, {
      queueUrl: deadLetters.url,
      redriveAllowPolicy: Fn.jsonencode({ redrivePermission: "byQueue", sourceQueueArns: [main.arn] }),
    });
    for (const [id, target] of [
      [`queue-policy:${resourceName}`, main],
      [`dead-letters-policy:${deadLettersResource(resourceName)}`, deadLetters],
    ] as const) {
      new SqsQueuePolicy(this, id, {
        queueUrl: target.url,
        policy: policyDocument([denyPlainHttp("DenyPlainHttp", "sqs:*", [target.arn])]),
      });
    }
    this.name = name;
    this.url = main.url;
    this.arn = main.arn;
    this.deadLettersUrl = deadLetters.url;
    this.deadLettersArn = deadLetters.arn;
    const sid = sidOf(name);
    // "Configure KMS permissions for Amazon SQS", SQS developer guide: who sends also decrypts, to check the data key.
    const key = (prefix: string, ...actions: string[]) =>
      keyStatements(`${prefix}${sid}`, kmsKeyArn, actions, `sqs.${region}`);
    this.consumeStatements = [
      {
        sid: `Consume${sid}`,
        actions: [
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:ChangeMessageVisibility",
          "sqs:GetQueueAttributes",
          "sqs:GetQueueUrl",
        ],
        resources: [main.arn],
      },
      ...key("Decrypt", "kms:Decrypt"),
    ];
    this.sendStatements = [
      {
        sid: `Send${sid}`,
        actions: ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
        resources: [main.arn],
      },
      ...key("Encrypt", "kms:GenerateDataKey", "kms:Decrypt"),
    ];
  }
}
