// What the schedules of an environment share: their group, the role that starts runs, and the queue for those that AWS could not
// start.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, trustDocument } from "../iam/policy-document";
import { denyPlainHttp, keyStatements } from "../iam/statements";
import { scheduleStarter, undeliveredSchedules } from "../model/names/services";
import { SCHEDULES_RESOURCE, UNDELIVERED_RESOURCE } from "../model/names/terraform";
import { accountIdOf } from "../terraform/account";

/** SQS's longest retention: 14 days in seconds, SetQueueAttributes API reference, "MessageRetentionPeriod". */
const LONGEST_RETENTION = 1_209_600;

export interface ScheduleStartProps {
  /** The environment's name: the base of all names here. */
  readonly base: string;
  readonly region: string;
  /** The names of the state machines that are started. */
  readonly machines: readonly string[];
  /** The KMS key of the queue. Default: SQS's own keys. */
  readonly kmsKeyArn?: string | undefined;
}

export class ScheduleStart extends Construct {
  /** The name of the group that all schedules are in. */
  readonly groupName: string;
  /** The role by which EventBridge Scheduler starts runs. */
  readonly roleArn: string;
  /** What must be there before a schedule can start anything. */
  readonly permissions: ITerraformDependable;
  /** The queue for runs that could not be started. */
  readonly undeliveredArn: string;
  readonly undeliveredName: string;

  constructor(scope: Construct, id: string, { base, region, machines, kmsKeyArn }: ScheduleStartProps) {
    super(scope, id);
    const accountId = accountIdOf(this);
    const group = new SchedulerScheduleGroup(this, `group:${SCHEDULES_RESOURCE}`, {
      name: base,
      tags: { Name: base },
    });
    const queueName = undeliveredSchedules(base);
    const queue = new SqsQueue(this, `queue:${UNDELIVERED_RESOURCE}`, {
      name: queueName,
      messageRetentionSeconds: LONGEST_RETENTION,
      ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
      tags: { Name: queueName },
    });
    new SqsQueuePolicy(this, `queue-policy:${UNDELIVERED_RESOURCE}`, {
      queueUrl: queue.url,
      policy: policyDocument([denyPlainHttp("DenyPlainHttp", "sqs:*", [queue.arn])]),
    });
    const roleName = scheduleStarter(base);
    const role = new IamRole(this, `role:${SCHEDULES_RESOURCE}`, {
      name: roleName,
      description: `Starts what ${base} runs by the clock`,
      assumeRolePolicy: trustDocument({
        principal: { Service: "scheduler.amazonaws.com" },
        // Without it, another account's schedule could be made to use the role ("confused deputy").
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      }),
      tags: { Name: roleName },
    });
    this.permissions = new IamRolePolicy(this, `policy:${SCHEDULES_RESOURCE}`, {
      name: "start",
      role: role.name,
      policy: policyDocument([
        {
          sid: "StartRuns",
          actions: ["states:StartExecution"],
          // Spelled out from what is known before: the role must stand before the schedules, and the machines change without it.
          resources: machines.map(
            (machine) => `arn:aws:states:${region}:${accountId}:stateMachine:${machine}`,
          ),
        },
        { sid: "KeepUndelivered", actions: ["sqs:SendMessage"], resources: [queue.arn] },
        // "Configure KMS permissions for Amazon SQS", SQS developer guide: who sends also decrypts, to check the data key.
        ...keyStatements(
          "EncryptUndelivered",
          kmsKeyArn,
          ["kms:GenerateDataKey", "kms:Decrypt"],
          `sqs.${region}`,
        ),
      ]),
    });
    this.groupName = group.name;
    this.roleArn = role.arn;
    this.undeliveredArn = queue.arn;
    this.undeliveredName = queue.name;
  }
}
