// What one service runs by the clock: a state machine for each of its schedules, the role that they share, and what starts them.
import { createHash } from "node:crypto";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, trustDocument } from "../iam/policy-document";
import { scheduledRun, scheduleRole } from "../model/names/services";
import { SCHEDULES_RESOURCE, scheduleResource } from "../model/names/terraform";
import { commandOf } from "../model/schedules";
import type { Schedule } from "../schema/schedules";
import type { Service } from "../service/service";
import { accountIdOf } from "../terraform/account";
import { runDefinition } from "./definition";
import type { ScheduleStart } from "./schedule-start";

/** What EventBridge Scheduler tells a run: the moment that it is for ("Adding context attributes", user guide). */
const INPUT = '{"scheduledAt":"<aws.scheduler.scheduled-time>"}';

/** Scheduler's own number, and its most: how long it goes on, `startWithinMinutes` says. */
const START_ATTEMPTS = 185;

export interface ServiceSchedulesProps {
  /** The environment's name: the base of all names here. */
  readonly base: string;
  readonly region: string;
  /** The service whose commands are run. */
  readonly service: Pick<Service, "key" | "oneOffTasks" | "executionRole" | "taskRole" | "securityGroupId">;
  /** By key. */
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly subnetIds: readonly string[];
  /** Whether tasks get a public address: only where there is no NAT gateway. */
  readonly assignPublicIp: boolean;
  readonly start: ScheduleStart;
}

export class ServiceSchedules extends Construct {
  /** The ARNs of the state machines by the schedules' keys: what their metrics are counted by. */
  readonly machineArns: Readonly<Record<string, string>>;

  /** Throws where a schedule names no command of the service. */
  constructor(scope: Construct, id: string, props: ServiceSchedulesProps) {
    super(scope, id);
    const { base, service, clusterName } = props;
    const scheduled = Object.entries(props.schedules)
      .map(([key, schedule]) => ({ key, schedule, family: familyOf(service, key, schedule) }))
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    const { role, permissions } = this.role(props, [...new Set(scheduled.map(({ family }) => family))]);
    this.machineArns = Object.fromEntries(
      scheduled.map(({ key, schedule, family }) => {
        const name = scheduledRun(base, service.key, key);
        const resourceName = scheduleResource(service.key, key);
        const machine = new SfnStateMachine(this, `machine:${resourceName}`, {
          name,
          roleArn: role.arn,
          definition: Fn.jsonencode(
            runDefinition({
              schedule,
              clusterName,
              family,
              container: service.key,
              subnetIds: props.subnetIds,
              securityGroupIds: [service.securityGroupId],
              assignPublicIp: props.assignPublicIp,
              startedBy: `schedule/${key}`,
              token: createHash("sha256").update(name).digest("hex").slice(0, 16),
            }),
          ),
          tags: { Name: name },
          dependsOn: [permissions],
        });
        this.schedule(resourceName, name, machine.arn, schedule, props.start);
        return [key, machine.arn];
      }),
    );
  }

  private schedule(
    resourceName: string,
    name: string,
    machineArn: string,
    { expression, timeZone, enabled, startWithinMinutes }: Schedule,
    start: ScheduleStart,
  ): void {
    new SchedulerSchedule(this, `schedule:${resourceName}`, {
      name,
      groupName: start.groupName,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      state: enabled ? "ENABLED" : "DISABLED",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: machineArn,
        roleArn: start.roleArn,
        input: INPUT,
        deadLetterConfig: { arn: start.undeliveredArn },
        retryPolicy: {
          maximumEventAgeInSeconds: startWithinMinutes * 60,
          maximumRetryAttempts: START_ATTEMPTS,
        },
      },
      dependsOn: [start.permissions],
    });
  }

  /** Runs the service's own commands, as the service, and nothing else. */
  private role(props: ServiceSchedulesProps, families: readonly string[]) {
    const { base, region, service, clusterName, clusterArn } = props;
    const accountId = accountIdOf(this);
    const name = scheduleRole(base, service.key);
    const inCluster = { ArnLike: { "ecs:cluster": clusterArn } };
    const resourceName = scheduleResource(service.key, SCHEDULES_RESOURCE);
    const role = new IamRole(this, `role:${resourceName}`, {
      name,
      description: `Runs commands of the service ${service.key} by the clock`,
      assumeRolePolicy: trustDocument({
        principal: { Service: "states.amazonaws.com" },
        // Without it, another account's state machine could be made to use the role ("confused deputy").
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      }),
      tags: { Name: name },
    });
    const permissions = new IamRolePolicy(this, `policy:${resourceName}`, {
      name: "run",
      role: role.name,
      policy: policyDocument([
        {
          sid: "RunCommands",
          actions: ["ecs:RunTask"],
          // By the family alone, and by what ECS makes of it.
          resources: families.flatMap((family) => {
            const arn = `arn:aws:ecs:${region}:${accountId}:task-definition/${family}`;
            return [arn, `${arn}:*`];
          }),
          conditions: inCluster,
        },
        {
          sid: "WatchTasks",
          actions: ["ecs:DescribeTasks", "ecs:StopTask"],
          resources: [`arn:aws:ecs:${region}:${accountId}:task/${clusterName}/*`],
          conditions: inCluster,
        },
        // IAM knows no tasks as its resource: "Service Authorization Reference".
        { sid: "FindTasks", actions: ["ecs:ListTasks"], resources: ["*"], conditions: inCluster },
        {
          sid: "PassRoles",
          actions: ["iam:PassRole"],
          resources: [service.executionRole.arn, service.taskRole.arn],
          conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        },
      ]),
    });
    return { role, permissions };
  }
}

function familyOf(
  { key: service, oneOffTasks }: ServiceSchedulesProps["service"],
  key: string,
  schedule: Schedule,
): string {
  const command = commandOf(key, schedule);
  const task = oneOffTasks[command];
  if (task === undefined) {
    throw new Error(`The schedule "${key}" names "${command}", which is no one-off command of "${service}".`);
  }
  return task.family;
}
