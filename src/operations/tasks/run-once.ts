// Runs one command in a task like a service's own, waits for its end, and leaves nothing running whatever happens.
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  type Service,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { createWaiter, WaiterState } from "@smithy/core/client";
import { AwsFailure } from "../aws/failure";
import type { AwsSession } from "../aws/session";
import { type LogStream, logStreamOf } from "./log-stream";
import { lastLines } from "./task-log";

export interface RunOnceProps {
  /** The cluster's name. */
  readonly cluster: string;
  /** The service whose network, security groups and capacity the task gets. */
  readonly service: Service;
  /** What it is made from: a family, for the newest of its revisions. Default: the service's own. */
  readonly taskDefinition?: string;
  /** The name of the container that runs the command. */
  readonly container: string;
  /** Default: what the task definition says. */
  readonly command?: readonly string[];
  /** Who started it, as ECS shows it: 128 characters at most (RunTask API reference). */
  readonly startedBy: string;
  /** Seconds after which it is stopped. Default: a day; the session's own deadline comes first. */
  readonly longest?: number;
  /** Hears what the task is doing, in ECS's words. */
  readonly says: (state: string) => void;
}

/** How it ended. */
export type RanOnce =
  /** ECS started no task, and says why. */
  | { readonly started: false; readonly reason: string }
  | {
      readonly started: true;
      /** The container's; `undefined` where it never ran. */
      readonly exitCode: number | undefined;
      /** Why ECS stopped the task, and what it says of the container. */
      readonly reason: string;
      /** The last lines that it logged; none where it logs elsewhere than in CloudWatch Logs. */
      readonly log: readonly string[];
      /** Whether it had to be stopped, since it took longer than it may. */
      readonly isOverdue?: true;
    };

/** Seconds between two looks at a task, which takes about a minute to start: at first, and later on. */
const DELAY = { minDelay: 2, maxDelay: 5 } as const;

/** Seconds that a task may take where nothing else is said. */
const A_DAY = 86_400;

/** Milliseconds for a call that must not be cut short: to start a task, since it would go on unseen, or to stop it. */
const OWN_DEADLINE = 30_000;

/** @throws AwsFailure; also when the session is interrupted or its time is up, and then the task is stopped first */
export async function runOnce(aws: AwsSession, props: RunOnceProps): Promise<RanOnce> {
  const { service, container, longest = A_DAY, says } = props;
  const wanted = props.taskDefinition ?? service.taskDefinition;
  const client = aws.client(ECSClient);
  const { taskDefinition } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: wanted }));
  const definition = taskDefinition?.containerDefinitions?.find(({ name }) => name === container);
  if (definition === undefined) {
    return { started: false, reason: `${wanted} has no container named ${container}` };
  }
  says("starting");
  const started = await start(aws, props);
  if ("reason" in started) {
    return { started: false, reason: started.reason };
  }
  const { taskArn } = started;
  let stopped: Task | undefined;
  let status = "";
  try {
    aws.signal.throwIfAborted();
    stopped = await untilStopped(
      aws,
      {
        ...props,
        longest,
        says: (state) => {
          status = state;
          says(state);
        },
      },
      taskArn,
    );
  } finally {
    if (stopped === undefined) {
      await stop(aws, props, taskArn);
    }
  }
  const stream = logStreamOf(definition, taskArn);
  if (stopped === undefined) {
    const log = stream ? await logOf(aws, stream) : [];
    const reason = `did not end within ${longest} seconds, and was ${status} until then`;
    return { started: true, exitCode: undefined, reason, log, isOverdue: true };
  }
  const ran = stopped.containers?.find(({ name }) => name === container);
  return {
    started: true,
    exitCode: ran?.exitCode,
    reason: [...new Set([stopped.stoppedReason, ran?.reason])].filter(Boolean).join("; "),
    // A container that never ran has written nothing that could be waited for.
    log: stream === undefined || ran?.exitCode === undefined ? [] : await logOf(aws, stream),
  };
}

/** A log that AWS does not show changes nothing about how the task has ended. */
async function logOf(aws: AwsSession, stream: LogStream): Promise<string[]> {
  try {
    return await lastLines(aws, stream);
  } catch (error) {
    const failure = aws.explain(error);
    if (failure?.kind === "not-allowed" || failure?.kind === "rejected") {
      return [`(${failure.message})`];
    }
    throw error;
  }
}

async function start(
  aws: AwsSession,
  { cluster, service, taskDefinition = service.taskDefinition, container, command, startedBy }: RunOnceProps,
): Promise<{ readonly taskArn: string } | { readonly reason: string }> {
  const { capacityProviderStrategy = [], enableECSManagedTags, launchType = "FARGATE" } = service;
  const deadline = AbortSignal.timeout(OWN_DEADLINE);
  const call = aws.client(ECSClient).send(
    new RunTaskCommand({
      cluster,
      taskDefinition,
      networkConfiguration: service.networkConfiguration,
      platformVersion: service.platformVersion,
      // ECS takes one of them.
      ...(capacityProviderStrategy.length > 0 ? { capacityProviderStrategy } : { launchType }),
      ...(command && { overrides: { containerOverrides: [{ name: container, command: [...command] }] } }),
      enableECSManagedTags,
      startedBy,
      count: 1,
    }),
    { abortSignal: deadline },
  );
  const { tasks = [], failures = [] } = await call.catch((error: unknown) => {
    throw deadline.aborted
      ? new AwsFailure(
          `AWS is not reachable: ECS RunTask was not answered within ${OWN_DEADLINE / 1000} seconds. A task may have ` +
            `started all the same: aws ecs list-tasks --cluster ${cluster} --started-by ${startedBy}`,
          { kind: "unreachable", call: "ECS RunTask", iamAction: "ecs:RunTask" },
        )
      : error;
  });
  const taskArn = tasks[0]?.taskArn;
  return taskArn === undefined
    ? {
        reason:
          failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(": ")).join("; ") ||
          "ECS gives no reason",
      }
    : { taskArn };
}

/** The task as it ended; `undefined` where it takes longer than it may. */
async function untilStopped(
  aws: AwsSession,
  { cluster, longest, says }: RunOnceProps & { readonly longest: number },
  taskArn: string,
): Promise<Task | undefined> {
  const client = aws.client(ECSClient);
  const { final } = await createWaiter<ECSClient, string, Task>(
    { client, ...DELAY, maxWaitTime: longest, abortSignal: aws.signal },
    taskArn,
    async () => {
      // The waiter itself looks once more after it was told to stop.
      if (aws.signal.aborted) {
        return { state: WaiterState.ABORTED };
      }
      const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));
      // A task that was just started may not be known everywhere yet.
      const [task] = tasks;
      says((task?.lastStatus ?? "PROVISIONING").toLowerCase());
      return task?.lastStatus === "STOPPED"
        ? { state: WaiterState.SUCCESS, reason: task }
        : { state: WaiterState.RETRY };
    },
  );
  aws.signal.throwIfAborted();
  return final;
}

async function stop(
  aws: AwsSession,
  { cluster, startedBy, says }: RunOnceProps,
  task: string,
): Promise<void> {
  try {
    await aws.client(ECSClient).send(
      new StopTaskCommand({
        cluster,
        task,
        reason: `${startedBy} ${aws.signal.aborted ? "was interrupted" : "waits no longer"}`,
      }),
      { abortSignal: AbortSignal.timeout(OWN_DEADLINE) },
    );
    says("stopped");
  } catch {
    // What interrupted it is the failure to report; this one only leaves something to do.
    says(`still runs, since it could not be stopped: aws ecs stop-task --cluster ${cluster} --task ${task}`);
  }
}
