// The reasons that a person reads: the newest first, a line each, and no more than somebody reads.
import {
  dataStoreEventTexts,
  serviceEventTexts,
  stoppedTaskTexts,
  targetTexts,
} from "../../../src/operations/wait/texts";

const minute = (number: number) => new Date(Date.UTC(2026, 0, 31, 12, number));

it("tells a service's five newest events, whatever their order", () => {
  const events = [3, 1, 6, 2, 5, 4].map((number) => ({
    createdAt: minute(number),
    message: `(service web) event ${number}.`,
  }));
  expect(serviceEventTexts(events)).toEqual([
    "2026-01-31T12:06:00Z (service web) event 6.",
    "2026-01-31T12:05:00Z (service web) event 5.",
    "2026-01-31T12:04:00Z (service web) event 4.",
    "2026-01-31T12:03:00Z (service web) event 3.",
    "2026-01-31T12:02:00Z (service web) event 2.",
  ]);
});

it("tells the events of a data store, each on one line", () => {
  expect(
    dataStoreEventTexts([
      { Message: "of no known time" },
      { Date: minute(1), Message: "Parameter\n  is not valid." },
    ]),
  ).toEqual(["2026-01-31T12:01:00Z Parameter is not valid.", "(no time) of no known time"]);
});

it("tells why the three newest stopped tasks stopped, with every container that has something to say", () => {
  const stopped = (number: number) => ({
    taskArn: `arn:aws:ecs:us-east-1:123456789012:task/web/task${number}`,
    stoppedAt: minute(number),
  });
  expect(
    stoppedTaskTexts([
      { ...stopped(1), stoppedReason: "too old to be told" },
      {
        ...stopped(2),
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
        containers: [{ name: "web", exitCode: 137, reason: "OutOfMemoryError: killed" }, { name: "silent" }],
      },
      { ...stopped(3), stopCode: "UserInitiated", containers: [{ name: "web", exitCode: 0 }] },
      stopped(4),
    ]),
  ).toEqual([
    "2026-01-31T12:04:00Z task task4 stopped: no reason given",
    "2026-01-31T12:03:00Z task task3 stopped: UserInitiated; container web: exit code 0",
    "2026-01-31T12:02:00Z task task2 stopped: EssentialContainerExited: Essential container in task exited; " +
      "container web: exit code 137, OutOfMemoryError: killed",
  ]);
});

it("tells every target's state", () => {
  expect(
    targetTexts([
      { Target: { Id: "10.0.0.1", Port: 8000 }, TargetHealth: { State: "healthy" } },
      {
        Target: { Id: "10.0.0.2", Port: 8000 },
        TargetHealth: { State: "unhealthy", Reason: "Target.Timeout", Description: "Request timed out" },
      },
    ]),
  ).toEqual(["10.0.0.1:8000 healthy", "10.0.0.2:8000 unhealthy (Target.Timeout: Request timed out)"]);
});
