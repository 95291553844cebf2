// The state machine of a schedule, in Amazon States Language: it starts a task, watches it to its end, stops one that takes too
// long, and starts one anew that has failed.
//
// It looks at the task itself, instead of having Step Functions do so (runTask.sync): of a task that takes too long, that would only
// end the wait. docs/decisions/schedules-watch-their-task.md.
import type { Schedule } from "../schema/schedules";

/** Seconds from one look at a task to the next, at first; later on, a twentieth of how long it has run. */
const FIRST_LOOK_SECONDS = 15;
const LAST_LOOK_SECONDS = 300;
const SHARE_OF_RUN = 20;

/** Seconds beside those of its tasks after which an execution counts as failed. */
const SLACK_SECONDS = 900;

/** What AWS may be asked again: it was busy, or did not answer. */
const RETRY = [{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }];

/** Which scheduled moment it is, or for one that is started by hand, the execution's own name. */
const OCCASION =
  "$exists($states.context.Execution.Input.scheduledAt) ? $states.context.Execution.Input.scheduledAt " +
  ": $substring($states.context.Execution.Name, 0, 40)";

/** What of the task's arguments Terraform fills in. */
export interface RunDefinition {
  readonly schedule: Pick<Schedule, "overlap" | "timeLimitMinutes" | "retries">;
  readonly clusterName: string;
  /** The family of the command: its newest revision is run. */
  readonly family: string;
  /** The container whose exit code counts. */
  readonly container: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly assignPublicIp: boolean;
  /** Who started it, as ECS shows it: 128 characters at most (RunTask API reference). */
  readonly startedBy: string;
  /**
   * What tells this schedule from all others, 16 characters: EventBridge Scheduler may deliver a moment twice, and by one token ECS
   * starts one task.
   */
  readonly token: string;
}

/** The definition as a value; whatever Terraform fills in later is a token. */
export function runDefinition(definition: RunDefinition) {
  const { schedule, clusterName, family, container, startedBy, token } = definition;
  const { overlap, timeLimitMinutes, retries } = schedule;
  const ecs = (action: string, args: Readonly<Record<string, unknown>>) => ({
    Type: "Task",
    Resource: `arn:aws:states:::aws-sdk:ecs:${action}`,
    Arguments: { Cluster: clusterName, ...args },
    Retry: RETRY,
  });
  return {
    Comment: "Runs a command in a task, and watches it to its end",
    QueryLanguage: "JSONata",
    TimeoutSeconds: (timeLimitMinutes * 60 + SLACK_SECONDS) * (retries + 1),
    StartAt: overlap === "forbidden" ? "Running tasks" : "First attempt",
    States: {
      ...(overlap === "forbidden" && {
        "Running tasks": {
          ...ecs("listTasks", { Family: family, DesiredStatus: "RUNNING" }),
          Output: { running: "{% $count($states.result.TaskArns) %}" },
          Next: "Does one still run",
        },
        "Does one still run": {
          Type: "Choice",
          Choices: [{ Condition: "{% $states.input.running > 0 %}", Next: "Left out" }],
          Default: "First attempt",
        },
        "Left out": { Type: "Succeed", Output: { outcome: "left out: a task of the command still runs" } },
      }),
      "First attempt": { Type: "Pass", Assign: { attempt: 1 }, Next: "Start" },
      Start: {
        ...ecs("runTask", {
          TaskDefinition: family,
          LaunchType: "FARGATE",
          Count: 1,
          StartedBy: startedBy,
          ClientToken: `{% '${token}-' & (${OCCASION}) & '-' & $string($attempt) %}`,
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              Subnets: definition.subnetIds,
              SecurityGroups: definition.securityGroupIds,
              AssignPublicIp: definition.assignPublicIp ? "ENABLED" : "DISABLED",
            },
          },
        }),
        Assign: {
          task: "{% $exists($states.result.Tasks[0].TaskArn) ? $states.result.Tasks[0].TaskArn : '' %}",
          startedAt: "{% $millis() %}",
          reason:
            "{% 'No task was started: ' & $join($states.result.Failures.(Reason & ' ' & Detail), '; ') %}",
        },
        Next: "Is there a task",
      },
      "Is there a task": {
        Type: "Choice",
        Choices: [{ Condition: "{% $task = '' %}", Next: "Is there another attempt" }],
        Default: "Wait",
      },
      Wait: { Type: "Wait", Seconds: untilNextLook(timeLimitMinutes), Next: "Look" },
      Look: {
        ...ecs("describeTasks", { Tasks: ["{% $task %}"] }),
        Output: outcome(container, timeLimitMinutes),
        Assign: { reason: reason(container) },
        Next: "How is it",
      },
      "How is it": {
        Type: "Choice",
        Choices: [
          { Condition: "{% $states.input.outcome = 'succeeded' %}", Next: "Succeeded" },
          { Condition: "{% $states.input.outcome = 'failed' %}", Next: "Is there another attempt" },
          { Condition: "{% $states.input.outcome = 'overdue' %}", Next: "Stop" },
        ],
        Default: "Wait",
      },
      Stop: {
        ...ecs("stopTask", { Task: "{% $task %}", Reason: `It ran longer than ${timeLimitMinutes} minutes` }),
        Next: "Took too long",
      },
      "Took too long": {
        Type: "Fail",
        Error: "TookTooLong",
        Cause: `The task ran longer than ${timeLimitMinutes} minutes, and was stopped`,
      },
      "Is there another attempt": {
        Type: "Choice",
        Choices: [{ Condition: `{% $attempt <= ${retries} %}`, Next: "Another attempt" }],
        Default: "Failed",
      },
      "Another attempt": { Type: "Pass", Assign: { attempt: "{% $attempt + 1 %}" }, Next: "Start" },
      Failed: { Type: "Fail", Error: "Failed", Cause: "{% $reason %}" },
      Succeeded: { Type: "Succeed" },
    },
  };
}

/** Never long after the time is up. */
function untilNextLook(timeLimitMinutes: number): string {
  return (
    `{% ($run := ($millis() - $startedAt) / 1000; $left := ${timeLimitMinutes * 60} - $run; ` +
    `$ceil($max([${FIRST_LOOK_SECONDS}, $min([${LAST_LOOK_SECONDS}, $run / ${SHARE_OF_RUN}, $left])]))) %}`
  );
}

/** Every value that it takes is a text: of what is not there, Step Functions would make an error. */
function outcome(container: string, timeLimitMinutes: number) {
  return {
    outcome:
      "{% ($seen := $states.result.Tasks[0]; " +
      `$code := $seen.Containers[Name = '${container}'][0].ExitCode; ` +
      "$seen.LastStatus = 'STOPPED' ? ($exists($code) and $code = 0 ? 'succeeded' : 'failed') " +
      `: $millis() - $startedAt > ${timeLimitMinutes * 60_000} ? 'overdue' : 'running') %}`,
  };
}

/** Why a task has ended, in ECS's words. */
function reason(container: string): string {
  return (
    "{% ($seen := $states.result.Tasks[0]; " +
    `$container := $seen.Containers[Name = '${container}'][0]; ` +
    "$seen.TaskArn & ': ' & $seen.StoppedReason & ($exists($container.ExitCode) ? '; exit code ' & $string($container.ExitCode) : '') " +
    "& ($exists($container.Reason) ? '; ' & $container.Reason : '')) %}"
  );
}
