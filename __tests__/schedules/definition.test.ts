// What a scheduled run does: its state machine is run here with the answers that ECS would give, on a clock of its own.
import { type RunDefinition, runDefinition } from "../../src/schedules/definition";
import { type Aws, type Machine, run, type Values } from "../support/state-machine";

const TASK = "arn:aws:ecs:eu-west-1:111122223333:task/shop/0123";

/** How ECS shows a task that has ended. */
const ended = (
  exitCode: number | undefined,
  stoppedReason = "Essential container in task exited",
): Values => ({
  LastStatus: "STOPPED",
  StoppedReason: stoppedReason,
  Containers: [
    { Name: "proxy", ExitCode: 0 },
    {
      Name: "web",
      ...(exitCode === undefined ? { Reason: "CannotPullContainerError" } : { ExitCode: exitCode }),
    },
  ],
});

interface Cluster {
  /** Tasks of the family that run already. */
  readonly running?: number;
  /** Seconds that each task runs, and how it ends then; `undefined` for one that ECS does not start. */
  readonly tasks?: readonly ({ readonly seconds: number; readonly end: Values } | undefined)[];
}

/** Runs the machine, and says what it asked of ECS, when. */
async function runs(
  schedule: Partial<RunDefinition["schedule"]>,
  { running = 0, tasks = [{ seconds: 90, end: ended(0) }] }: Cluster,
  input: Values = { scheduledAt: "2026-03-03T02:30:00Z" },
) {
  const machine: Machine = runDefinition({
    schedule: { overlap: "forbidden", timeLimitMinutes: 60, retries: 0, ...schedule },
    clusterName: "shop",
    family: "shop-web-sweep",
    container: "web",
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupIds: ["sg-1"],
    assignPublicIp: false,
    startedBy: "schedule/sweep",
    token: "0123456789abcdef",
  });
  const clock = { now: 1_000_000 };
  const calls: { readonly call: string; readonly args: Values }[] = [];
  let started = 0;
  let startedAt = 0;
  let stopped = false;
  const aws: Aws = (call, args) => {
    calls.push({ call, args });
    switch (call) {
      case "ecs:listTasks":
        return { TaskArns: Array.from({ length: running }, (_, index) => `${TASK}${index}`) };
      case "ecs:runTask":
        startedAt = clock.now;
        return tasks[started++] === undefined
          ? { Tasks: [], Failures: [{ Reason: "Capacity is unavailable at this time" }] }
          : { Tasks: [{ TaskArn: `${TASK}-${started}` }], Failures: [] };
      case "ecs:describeTasks": {
        const task = tasks[started - 1];
        const isOver = task !== undefined && clock.now - startedAt >= task.seconds * 1000;
        const state = isOver ? task.end : { LastStatus: "RUNNING", Containers: [{ Name: "web" }] };
        return { Tasks: [{ TaskArn: `${TASK}-${started}`, ...state }] };
      }
      case "ecs:stopTask":
        stopped = true;
        return {};
      default:
        throw new Error(`Not expected: ${call}`);
    }
  };
  const context = { Execution: { Name: "by-hand-1", Input: input } };
  const output = await run(machine, aws, input, { context, clock }).catch((error: unknown) => String(error));
  return {
    output,
    started,
    stopped,
    seconds: (clock.now - 1_000_000) / 1000,
    looks: calls.filter(({ call }) => call === "ecs:describeTasks").length,
    starts: calls.filter(({ call }) => call === "ecs:runTask").map(({ args }) => args),
  };
}

describe("A scheduled run", () => {
  it("starts one task in the service's network, and ends well with it", async () => {
    const { output, started, stopped, starts, seconds } = await runs({}, {});
    expect(output).toEqual({ outcome: "succeeded" });
    expect({ started, stopped }).toEqual({ started: 1, stopped: false });
    expect(seconds).toBeLessThan(120);
    expect(starts).toEqual([
      {
        Cluster: "shop",
        TaskDefinition: "shop-web-sweep",
        LaunchType: "FARGATE",
        Count: 1,
        StartedBy: "schedule/sweep",
        ClientToken: "0123456789abcdef-2026-03-03T02:30:00Z-1",
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: ["subnet-1", "subnet-2"],
            SecurityGroups: ["sg-1"],
            AssignPublicIp: "DISABLED",
          },
        },
      },
    ]);
  });

  it("is left out while a task of the command runs, unless that is allowed", async () => {
    const cluster = { running: 1 };
    expect(await runs({}, cluster)).toMatchObject({
      started: 0,
      output: { outcome: "left out: a task of the command still runs" },
    });
    expect(await runs({ overlap: "allowed" }, cluster)).toMatchObject({
      started: 1,
      output: { outcome: "succeeded" },
    });
  });

  it.each([
    [ended(3), "exit code 3"],
    [ended(undefined, "Task failed to start"), "Task failed to start; CannotPullContainerError"],
    [ended(137, "OutOfMemoryError"), "OutOfMemoryError; exit code 137"],
  ])("fails where the service's own container does, and says why: %j", async (end, why) => {
    const { output, started } = await runs({}, { tasks: [{ seconds: 30, end }] });
    expect(output).toContain(why);
    expect(output).toContain(`${TASK}-1`);
    expect(started).toBe(1);
  });

  it("fails where ECS starts no task, and says why", async () => {
    const { output } = await runs({}, { tasks: [undefined] });
    expect(output).toContain("No task was started: Capacity is unavailable at this time");
  });

  it("starts anew what has failed, as often as it may, by another token each time", async () => {
    const failing = { seconds: 30, end: ended(1) };
    const well = { seconds: 30, end: ended(0) };
    const second = await runs({ retries: 2 }, { tasks: [failing, undefined, well] });
    expect(second).toMatchObject({ output: { outcome: "succeeded" }, started: 3 });
    expect(second.starts.map(({ ClientToken }) => String(ClientToken).at(-1))).toEqual(["1", "2", "3"]);
    const never = await runs({ retries: 2 }, { tasks: [failing, failing, failing, well] });
    expect(never.started).toBe(3);
    expect(never.output).toContain("exit code 1");
  });

  it("stops a task that takes too long, and starts no other", async () => {
    const tasks = [{ seconds: 100_000, end: ended(0) }];
    const { output, stopped, started, seconds } = await runs({ timeLimitMinutes: 90, retries: 3 }, { tasks });
    expect(output).toContain("The task ran longer than 90 minutes, and was stopped");
    expect({ stopped, started }).toEqual({ stopped: true, started: 1 });
    expect(seconds).toBeGreaterThan(5400);
    expect(seconds).toBeLessThan(5400 + 60);
  });

  it("looks so seldom at a run of a day that its history has room for six of them", async () => {
    const { looks, stopped } = await runs(
      { timeLimitMinutes: 1440 },
      { tasks: [{ seconds: 86_000, end: ended(0) }] },
    );
    expect(stopped).toBe(false);
    // Nine events a look (two of a wait, five of a call, two of a choice), of the 25,000 that an execution may have.
    expect(looks * 9 * 6).toBeLessThan(25_000);
  });

  it("tells one that is started by hand by its own name", async () => {
    const { starts } = await runs({}, {}, {});
    expect(starts[0]?.ClientToken).toBe("0123456789abcdef-by-hand-1-1");
  });
});
