// Which services are asked about their database, and what a task's end says.

import { logStreamOf } from "../../../src/operations/tasks/log-stream";
import { databaseServices, judgeDatabase } from "../../../src/operations/verify/database";
import { systems } from "../../support/systems";

describe("the check from inside", () => {
  it.each([
    ["lightwave-prod", ["django"]],
    // The frontend connects to the database, too, and has no manage.py.
    ["pdf-excel-prod", ["backend"]],
    ["helloapi", ["api"]],
    ["ecs-webapp", []],
    ["realtime-platform", []],
  ])("of %s asks %j", (environment, services) => {
    expect(databaseServices(systems.load(environment))).toEqual(services);
  });

  const AT = "2026-11-22T08:00:00.000Z";

  it("passes with exit code 0 alone", () => {
    const ended = (exitCode: number | undefined) =>
      judgeDatabase(
        { started: true, exitCode, reason: "Essential container in task exited", log: ["line"] },
        AT,
      );
    expect(ended(0)).toEqual({
      status: "pass",
      detail: "exit code 0 from the task started at 2026-11-22T08:00:00.000Z",
      exitCode: 0,
      log: ["line"],
      startedAt: AT,
    });
    expect(ended(137)).toMatchObject({
      status: "fail",
      detail:
        "exit code 137 from the task started at 2026-11-22T08:00:00.000Z (Essential container in task exited)",
      exitCode: 137,
    });
    expect(ended(undefined)).toMatchObject({ status: "fail", exitCode: null });
    expect(judgeDatabase({ started: false, reason: "RESOURCE:ENI" }, AT)).toEqual({
      status: "fail",
      detail: "ECS started no task: RESOURCE:ENI",
    });
  });
});

describe("a container's log stream", () => {
  const arn = "arn:aws:ecs:us-east-1:123456789012:task/lightwave-prod/0f1e";
  const options = { "awslogs-group": "/ecs/app", "awslogs-stream-prefix": "ecs" };

  it("is named after prefix, container and task", () => {
    const container = { name: "django", logConfiguration: { logDriver: "awslogs" as const, options } };
    expect(logStreamOf(container, arn)).toEqual({ group: "/ecs/app", stream: "ecs/django/0f1e" });
  });

  it("is unknown where the container logs elsewhere, or under a name that Docker chooses", () => {
    const elsewhere = { name: "django", logConfiguration: { logDriver: "awsfirelens" as const, options } };
    expect(logStreamOf(elsewhere, arn)).toBeUndefined();
    const unnamed = {
      name: "django",
      logConfiguration: { logDriver: "awslogs" as const, options: { "awslogs-group": "/ecs/app" } },
    };
    expect(logStreamOf(unnamed, arn)).toBeUndefined();
    expect(logStreamOf({ name: "django" }, arn)).toBeUndefined();
  });
});
