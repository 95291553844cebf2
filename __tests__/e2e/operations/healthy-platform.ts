// What AWS answers about a healthy platform where the emulator has nothing to say.
import { type AwsProxy, jsonAnswer, xmlAnswer } from "../support/aws-proxy";

/** Takes back all other answers, and gives these. */
export function beHealthy(proxy: AwsProxy): void {
  proxy.forget();
  // The emulator starts no tasks, so nothing registers with a target group.
  proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["healthy", "healthy"]));
  const tasks = new Map<string, StartedTask>();
  proxy.answer("ecs:RunTask", ({ body }) => {
    const task = startedTask(body);
    const arn = tasks.has(task.arn) ? `${task.arn.slice(0, -2)}${tasks.size + 10}` : task.arn;
    tasks.set(arn, task);
    return taskStarted(arn);
  });
  proxy.answer("ecs:DescribeTasks", ({ body }) => {
    const [arn = TASK]: string[] = JSON.parse(body).tasks;
    const { container = "django", isProbe = arn === PROBE_TASK } = tasks.get(arn) ?? {};
    return stoppedTask({ exitCode: isProbe ? REACHED : 0, name: container }, arn);
  });
  proxy.answer("ecs:StopTask", () => jsonAnswer({ task: { taskArn: TASK } }));
  proxy.answer("logs:GetLogEvents", () => logEvents("System check identified no issues (0 silenced)."));
}

/** The exit code by which the probe says that a store is reached. */
const REACHED = 80;

/** What RunTask is asked to start. */
export interface StartedTask {
  /** Of a task of that kind: `TASK` or `PROBE_TASK`. */
  readonly arn: string;
  readonly container: string | undefined;
  /** Whether it runs the probe's script. */
  readonly isProbe: boolean;
}

/** @param body RunTask's */
export function startedTask(body: string): StartedTask {
  const { name, command = [] }: { name?: string; command?: readonly string[] } = Object(
    JSON.parse(body).overrides?.containerOverrides?.[0],
  );
  const isProbe = command[1] === "-c";
  return { arn: isProbe ? PROBE_TASK : TASK, container: name, isProbe };
}

/** RunTask's answer. */
export function taskStarted(taskArn = TASK) {
  return jsonAnswer({ tasks: [{ taskArn }], failures: [] });
}

/** The task that RunTask starts where it is told to run the probe's script. */
export const PROBE_TASK =
  "arn:aws:ecs:us-east-1:123456789012:task/lightwave-prod/9a8b7c6d5e4f39281706f5e4d3c2b1a0";

/** The task that RunTask starts otherwise. */
export const TASK = "arn:aws:ecs:us-east-1:123456789012:task/lightwave-prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** DescribeTasks' answer for a task that has ended; without an exit code its container never started. */
export function stoppedTask(
  container: {
    readonly exitCode?: number;
    readonly reason?: string;
    readonly name?: unknown;
  },
  taskArn = TASK,
) {
  return jsonAnswer({
    tasks: [
      {
        taskArn,
        lastStatus: "STOPPED",
        stoppedReason: "Essential container in task exited",
        containers: [{ name: "django", ...container }],
      },
    ],
    failures: [],
  });
}

/** GetLogEvents' answer with these lines. */
export function logEvents(...lines: readonly string[]) {
  return jsonAnswer({ events: lines.map((message) => ({ message })) });
}

/** DescribeTargetHealth's answer for targets in these states. */
export function targetHealth(states: readonly string[], reason = "Target.ResponseCodeMismatch") {
  const members = states.map(
    (state, index) =>
      `<member><Target><Id>10.0.128.${index + 10}</Id><Port>8000</Port></Target><TargetHealth><State>${state}</State>${
        state === "healthy"
          ? ""
          : `<Reason>${reason}</Reason><Description>Health checks failed with these codes: [500]</Description>`
      }</TargetHealth></member>`,
  );
  return xmlAnswer(
    `<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetHealthResult><TargetHealthDescriptions>${members.join("")}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`,
  );
}
