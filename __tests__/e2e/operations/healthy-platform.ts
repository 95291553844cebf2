// What AWS answers about a healthy platform where the emulator has nothing to say.
import { type AwsProxy, jsonAnswer, xmlAnswer } from "../support/aws-proxy";

/** Takes back all other answers, and gives these. */
export function beHealthy(proxy: AwsProxy): void {
  proxy.forget();
  // The emulator starts no tasks, so nothing registers with a target group.
  proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["healthy", "healthy"]));
  let container: unknown;
  proxy.answer("ecs:RunTask", ({ body }) => {
    container = JSON.parse(body).overrides?.containerOverrides?.[0]?.name;
    return jsonAnswer({ tasks: [{ taskArn: TASK }], failures: [] });
  });
  proxy.answer("ecs:DescribeTasks", () =>
    stoppedTask({ exitCode: 0, ...(container ? { name: container } : {}) }),
  );
  proxy.answer("ecs:StopTask", () => jsonAnswer({ task: { taskArn: TASK } }));
  proxy.answer("logs:GetLogEvents", () => logEvents("System check identified no issues (0 silenced)."));
}

/** The task that RunTask starts. */
export const TASK = "arn:aws:ecs:us-east-1:123456789012:task/lightwave-prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** DescribeTasks' answer for a task that has ended; without an exit code its container never started. */
export function stoppedTask(container: {
  readonly exitCode?: number;
  readonly reason?: string;
  readonly name?: unknown;
}) {
  return jsonAnswer({
    tasks: [
      {
        taskArn: TASK,
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
