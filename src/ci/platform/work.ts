// What the platform's own roles may do at their work: read parameters, start tasks, tell of traces and metrics, and what services say themselves.
import type { Statement } from "../../iam/document";
import { restartedServices } from "../../model/database-login";
import { databaseRestart } from "../../model/names/data-stores";
import { namesOfService } from "../../model/names/resolved";
import { oneOffFamily, scheduledRun, undeliveredSchedules } from "../../model/names/services";
import { isTraced, SEND_TRACES } from "../../model/open-telemetry";
import { distinctPermissions } from "../../model/permissions";
import { schedulesOf } from "../../model/schedules";
import { readSharedSecrets } from "../../model/secrets";
import type { Scope } from "../grant";
import { existingParameterArns } from "../permissions/ssm";
import { allow } from "../statements";

/** ECS asks for several at once, code that reads one itself for that one. */
export function parameters(scope: Scope): Statement[] {
  const existing = existingParameterArns(scope);
  const isRead = Object.values(scope.environment.services).some(
    (service) => readSharedSecrets(service).length > 0,
  );
  return existing.length > 0
    ? [allow("ReadParameters", ["ssm:GetParameters", ...(isRead ? ["ssm:GetParameter"] : [])], existing)]
    : [];
}

/** What follows a change of the password: new tasks of the environment's own services. */
export function restart({ environment, arn }: Scope): Statement[] {
  const { name, names } = environment;
  return restartedServices(environment).length > 0
    ? [
        allow(
          "RestartServices",
          ["ecs:DescribeServices", "ecs:UpdateService"],
          [arn("ecs", `service/${names.cluster}/*`)],
        ),
        allow(
          "StartRestart",
          ["states:StartExecution"],
          [arn("states", `stateMachine:${databaseRestart(name)}`)],
        ),
      ]
    : [];
}

/** What runs by the clock: tasks of the environment's own families, in its own cluster, with the roles of its own services. */
export function schedules({ environment, account, arn }: Scope): Statement[] {
  const { name, names, services } = environment;
  const scheduled = schedulesOf(services);
  if (scheduled.length === 0) {
    return [];
  }
  const keys = [...new Set(scheduled.map(({ service }) => service))];
  const inCluster = { ArnLike: { "ecs:cluster": arn("ecs", `cluster/${names.cluster}`) } };
  const ofServices = keys.map((key) => namesOfService(names, key));
  return [
    allow(
      "RunScheduled",
      ["ecs:RunTask"],
      ofServices.map(({ taskDefinition }) =>
        arn("ecs", `task-definition/${oneOffFamily(taskDefinition, "*")}`),
      ),
      inCluster,
    ),
    allow("WatchScheduled", ["ecs:DescribeTasks", "ecs:ListTasks", "ecs:StopTask"], ["*"], inCluster),
    allow(
      "PassScheduled",
      ["iam:PassRole"],
      ofServices.flatMap(({ executionRole, taskRole }) =>
        [executionRole, taskRole].map((role) => `arn:aws:iam::${account}:role/${role}`),
      ),
      { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    ),
    allow(
      "StartScheduled",
      ["states:StartExecution"],
      keys.map((key) => arn("states", `stateMachine:${scheduledRun(name, key, "*")}`)),
    ),
    allow("KeepUndelivered", ["sqs:SendMessage"], [arn("sqs", undeliveredSchedules(name))]),
  ];
}

/** X-Ray's traces are of no resource that IAM knows. */
export function traces({ environment }: Scope): Statement[] {
  return isTraced(environment.services) ? [allow("SendTraces", [...SEND_TRACES], ["*"])] : [];
}

/** What services may publish, in all of their namespaces together. */
export function publishedMetrics({ environment }: Scope): Statement[] {
  const namespaces = Object.values(environment.services).flatMap(({ publishesMetrics }) => publishesMetrics);
  return namespaces.length > 0
    ? [
        allow("PublishMetrics", ["cloudwatch:PutMetricData"], ["*"], {
          StringEquals: { "cloudwatch:namespace": [...new Set(namespaces)] },
        }),
      ]
    : [];
}

/** What policies of a team's own may allow the platform's roles, and what services say themselves. */
export function ownPermissions({ environment }: Scope): Statement[] {
  const roles = environment.ci?.own.roles ?? [];
  return [
    ...roles.map(({ actions, resources }, index) => allow(`Own${index + 1}`, actions, resources)),
    ...distinctPermissions(environment.services),
  ];
}
