// A queue with its dead letters, and the rights that go with each of its two ends.
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { TerraformOutput, Testing } from "cdktf";
import { queueUrlVariable } from "../../src/model/handover";
import { Queue } from "../../src/queue/queue";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

describe("Queue", () => {
  const synth = synthScope((scope) => {
    const queue = new Queue(scope, "jobs", {
      resourceName: "jobs",
      name: "shop-jobs",
      queue: { visibilityTimeoutSeconds: 900, maxReceiveCount: 3, retentionSeconds: 86_400 },
      region: "eu-west-1",
    });
    for (const statement of [...queue.consumeStatements, ...queue.sendStatements]) {
      new TerraformOutput(scope, statement.sid, { value: statement });
    }
  });

  it("hands messages that no worker manages to its dead-letter queue", () => {
    expect(synth).toHaveResourceWithProperties(SqsQueue, {
      name: "shop-jobs",
      visibility_timeout_seconds: 900,
      message_retention_seconds: 86_400,
      receive_wait_time_seconds: 20,
      sqs_managed_sse_enabled: true,
      redrive_policy: expect.stringMatching(
        /"deadLetterTargetArn" = aws_sqs_queue\.jobs_dead_letters\.arn, "maxReceiveCount" = 3/,
      ),
    });
    expect(synth).toHaveResourceWithProperties(SqsQueue, {
      name: "shop-jobs-dlq",
      message_retention_seconds: 1_209_600,
      sqs_managed_sse_enabled: true,
    });
    expect(synth).toHaveResourceWithProperties(SqsQueueRedriveAllowPolicy, {
      redrive_allow_policy: expect.stringContaining('"redrivePermission" = "byQueue"'),
    });
  });

  it("refuses plain HTTP at both queues", () => {
    const policies = Object.values<{ policy: string }>(JSON.parse(synth).resource.aws_sqs_queue_policy);
    expect(policies).toHaveLength(2);
    for (const { policy } of policies) {
      expect(policy).toMatch(/"Effect" = "Deny".*"aws:SecureTransport" = "false"/);
    }
  });

  it("gives each end its own rights, on this queue alone", () => {
    const outputs: Record<string, { value: { actions: string[]; resources: string[] } }> =
      JSON.parse(synth).output;
    expect(outputs.consumeshop_x2djobs?.value.actions).toEqual([
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
    ]);
    expect(outputs.sendshop_x2djobs?.value.actions).toEqual([
      "sqs:SendMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
    ]);
    for (const { value } of Object.values(outputs)) {
      expect(value.resources).toEqual(["${aws_sqs_queue.jobs.arn}"]);
    }
  });

  it("gives the statements of no two queues the same Sid", () => {
    const names = ["a-b", "ab", "a_b", "aX2db", "a-X", "AB"];
    const sids: string[] = [];
    synthScope((scope) => {
      for (const [index, name] of names.entries()) {
        const { consumeStatements } = new Queue(scope, name, {
          resourceName: `queue-${index}`,
          name,
          queue: { visibilityTimeoutSeconds: 1, maxReceiveCount: 1, retentionSeconds: 60 },
          region: "eu-west-1",
        });
        sids.push(...consumeStatements.map(({ sid }) => sid));
      }
    });
    expect(new Set(sids).size).toBe(names.length);
    expect(sids.every((sid) => /^[A-Za-z0-9]+$/.test(sid))).toBe(true);
  });

  describe("with a KMS key", () => {
    const withKey = synthScope((scope) => {
      const queue = new Queue(scope, "jobs", {
        resourceName: "jobs",
        name: "jobs",
        queue: { visibilityTimeoutSeconds: 900, maxReceiveCount: 3, retentionSeconds: 86_400 },
        region: "eu-west-1",
        kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
      });
      for (const statement of [...queue.consumeStatements, ...queue.sendStatements]) {
        new TerraformOutput(scope, statement.sid, { value: statement });
      }
    });

    it("encrypts both queues with it, instead of with SQS's own", () => {
      const queues = Object.values<Record<string, unknown>>(JSON.parse(withKey).resource.aws_sqs_queue);
      expect(queues).toHaveLength(2);
      for (const queue of queues) {
        expect(queue.kms_master_key_id).toBe("arn:aws:kms:eu-west-1:111122223333:key/1");
        expect(queue).not.toHaveProperty("sqs_managed_sse_enabled");
      }
    });

    it("lets each end use the key through SQS: a consumer to decrypt, a sender to encrypt", () => {
      const { decryptjobs: Decryptjobs, encryptjobs: Encryptjobs } = JSON.parse(withKey).output;
      const conditions = { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } };
      const resources = ["arn:aws:kms:eu-west-1:111122223333:key/1"];
      expect(Decryptjobs.value).toEqual({
        sid: "Decryptjobs",
        actions: ["kms:Decrypt"],
        resources,
        conditions,
      });
      expect(Encryptjobs.value).toEqual({
        sid: "Encryptjobs",
        actions: ["kms:GenerateDataKey", "kms:Decrypt"],
        resources,
        conditions,
      });
    });
  });

  it("names its variable after the queue", () => {
    expect(queueUrlVariable("send-mail")).toBe("SEND_MAIL_QUEUE_URL");
  });
});
