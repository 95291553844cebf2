// What a service may scale by, and what is refused: all of it at once.
import type { EnvironmentInput } from "../../src/schema/environment";
import { problemsIn } from "../support/problems";

type ServiceInput = EnvironmentInput["services"][string];

const task = { image: "shop/web:1", cpu: 256, memory: 512 } as const;

function problemsOf(
  autoscaling: object,
  worker: Partial<ServiceInput> = {},
  services: Readonly<Record<string, ServiceInput>> = {},
): readonly string[] {
  const input: EnvironmentInput = {
    name: "shop",
    region: "us-east-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
    services: {
      worker: {
        ...task,
        consumesFrom: ["jobs"],
        autoscaling: { minimum: 1, maximum: 3, ...autoscaling },
        ...worker,
      },
      ...services,
    },
    queues: { jobs: {}, mails: {} },
  };
  return problemsIn(input).map(({ path, value, remedy }) => `${path}: ${value} ${remedy}`);
}

const depth = (queue: string) => ({ queueDepth: { queue, messagesPerTask: 10 } });
const backlog = { namespace: "Shop/Celery", name: "Backlog" };

it("takes a queue of the service, and a metric from outside", () => {
  expect(problemsOf(depth("jobs"))).toEqual([]);
  expect(problemsOf({ metric: { ...backlog, target: 5 } })).toEqual([]);
});

describe("a queue", () => {
  it("has to be there", () => {
    expect(problemsOf(depth("jops"))).toEqual([
      'services.worker.autoscaling.queueDepth.queue: "jops" There is no queue "jops"; did you mean "jobs"?',
    ]);
  });

  it("has to be one that the service takes messages from", () => {
    expect(problemsOf(depth("mails"))).toEqual([
      'services.worker.autoscaling.queueDepth.queue: "mails" Name a queue that "worker" takes messages from (consumesFrom: jobs): ' +
        "more tasks of it would work off nothing of this one.",
    ]);
  });
});

describe("a metric", () => {
  it("is held as it is, or for each task, and not both or neither", () => {
    const remedy =
      "Give target or targetPerTask: the value to hold as it is published, or divided by the running tasks.";
    expect(problemsOf({ metric: backlog })).toEqual([expect.stringContaining(remedy)]);
    expect(problemsOf({ metric: { ...backlog, target: 1, targetPerTask: 1 } })).toEqual([
      expect.stringContaining(remedy),
    ]);
  });

  it("is not looked for in a namespace that is almost one in which a service publishes", () => {
    const publisher = { beat: { ...task, publishesMetrics: ["Shop/Celery"] } };
    const metric = { ...backlog, target: 5 };
    expect(problemsOf({ metric }, {}, publisher)).toEqual([]);
    expect(problemsOf({ metric: { ...metric, namespace: "Shop/Celry" } }, {}, publisher)).toEqual([
      'services.worker.autoscaling.metric.namespace: "Shop/Celry" No service publishes metrics there; did you mean "Shop/Celery"?',
    ]);
  });
});

describe("no task at all", () => {
  const metric = { ...backlog, targetPerTask: 5 };

  it("is a minimum where what there is to do is counted elsewhere", () => {
    expect(problemsOf({ minimum: 0, ...depth("jobs") })).toEqual([]);
    expect(
      problemsOf({ minimum: 0, metric }, {}, { beat: { ...task, publishesMetrics: ["Shop/Celery"] } }),
    ).toEqual([]);
  });

  it("is none where only tasks would show that there is work", () => {
    const remedy =
      "services.worker.autoscaling.minimum: 0 Give 1 or more, or scale by queueDepth or by metric with targetPerTask: nothing else says " +
      "that there is work for a first task.";
    expect(problemsOf({ minimum: 0 })).toEqual([remedy]);
    expect(problemsOf({ minimum: 0, metric: { ...backlog, target: 5 } })).toEqual([remedy]);
    expect(problemsOf({ minimum: 0, metric }, { publishesMetrics: ["Shop/Celery"] })).toEqual([
      'services.worker.autoscaling.metric.namespace: "Shop/Celery" Let another service publish it, or give autoscaling.minimum 1: ' +
        'with no task, nothing of "worker" says that there is work.',
    ]);
  });

  it("never comes about while tasks' own use counts, nor serves requests: said at once", () => {
    expect(problemsOf({ minimum: 0, cpuPercent: 50, ...depth("jobs") }, { port: 8000 })).toEqual([
      "services.worker.autoscaling.minimum: 0 Give 1 or more: without a task, the load balancer answers 503, and no request starts one.",
      "services.worker.autoscaling.cpuPercent: 50 Remove it, or give autoscaling.minimum 1 or more: while it counts, the last task never leaves.",
    ]);
  });
});

it("goes by the time of answers only where the load balancer asks", () => {
  expect(problemsOf({ responseTime: { targetSeconds: 1 } })).toEqual([
    'services.worker.autoscaling.responseTime: {"targetSeconds":1} Give the service a port, or remove this: only a service with a ' +
      "port is asked by the load balancer.",
  ]);
});

it("is refused more at the minimum than at the maximum", () => {
  expect(problemsOf({ minimum: 4, maximum: 3 })).toEqual([
    expect.stringContaining("Write minimum <= maximum."),
  ]);
});

describe("a schedule", () => {
  const night = { time: "19:00", minimum: 0, maximum: 0 };
  const day = { time: "07:00", days: ["MON", "FRI"], timeZone: "Europe/Berlin", minimum: 1, maximum: 3 };
  const schedule = (times: object) => problemsOf({ schedule: times });

  it("stops a service and starts it again, a singleton, too", () => {
    expect(schedule({ night, day })).toEqual([]);
    const clock = { minimum: 1, maximum: 1, schedule: { night, day: { ...day, maximum: 1 } } };
    expect(problemsOf(clock, { singleton: true })).toEqual([]);
    expect(problemsOf({ ...clock, cpuPercent: 50 }, { singleton: true })).toEqual([
      expect.stringMatching(
        /^services\.worker\.autoscaling: .* Remove it: a singleton is one task at most\.$/,
      ),
    ]);
  });

  it("has to start what it stops, within what autoscaling allows, at times that are no other's: said at once", () => {
    expect(schedule({ night })).toEqual([
      expect.stringContaining("Add a time that starts it again, with a maximum above 0;"),
    ]);
    expect(
      schedule({
        night,
        day: { ...day, maximum: 9 },
        noon: { ...day, minimum: 0 },
        late: { ...night, days: ["SUN"] },
      }),
    ).toEqual([
      "services.worker.autoscaling.schedule.day.maximum: 9 Give 3 at most, or raise autoscaling.maximum: the database's connections " +
        "and the alarms go by that.",
      "services.worker.autoscaling.schedule.noon.minimum: 0 Give 1 or more, or 0 for maximum, too: with no task, nothing would start a " +
        "first one.",
      'services.worker.autoscaling.schedule.noon.time: "07:00" Give another time, or other days: "day" has it, too.',
      'services.worker.autoscaling.schedule.late.time: "19:00" Give another time, or other days: "night" has it, too.',
    ]);
  });

  it("counts for what a deployment can move", () => {
    const deployment = { minimumHealthyPercent: 100, maximumPercent: 150 };
    const limits = { minimum: 2, maximum: 4, schedule: { night, day: { ...day, minimum: 2 } } };
    expect(problemsOf(limits, { deployment })).toEqual([]);
    expect(
      problemsOf({ ...limits, schedule: { night: { ...night, minimum: 1, maximum: 1 } } }, { deployment }),
    ).toEqual([expect.stringContaining("of 1 task, 1 may run and 1 must")]);
  });
});
