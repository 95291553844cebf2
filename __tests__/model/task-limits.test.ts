// What may be asked of the limits of autoscaling: counted by hand, from connections, alarms and AWS's quota.
import { taskLimits, taskVariables } from "../../src/model/task-limits";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";

const task = { image: "shop/web:1.0.0", cpu: 512, memory: 1024 } as const;

/** Eight connections a task. */
const web = {
  ...task,
  port: 8000,
  django: {},
  command: ["gunicorn", "config.wsgi", "--workers=2", "--threads=4"],
  connectsTo: ["postgres"],
  autoscaling: { minimum: 1, maximum: 2 },
} as const;

/** Four connections a task. */
const worker = {
  ...task,
  celery: {},
  command: ["celery", "--app=config", "worker", "--concurrency=4"],
  connectsTo: ["postgres"],
  consumesFrom: ["jobs"],
  autoscaling: { minimum: 1, maximum: 3 },
} as const;

/** One connection, of one task. */
const beat = {
  ...task,
  celery: {},
  command: ["celery", "--app=config", "beat"],
  connectsTo: ["postgres"],
  sendsTo: ["jobs"],
  desiredCount: 1,
} as const;

function limitsOf(
  services: EnvironmentInput["services"],
  input: Partial<EnvironmentInput> = {},
  connections = "105",
) {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    production: false,
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    database: { parameters: { max_connections: connections } },
    queues: { jobs: {} },
    services,
    ...input,
  });
  return Object.fromEntries(taskLimits(environment));
}

it("names the variables after the service, in snake_case", () => {
  expect(taskVariables("web-app")).toEqual({ minimum: "web_app_min_tasks", maximum: "web_app_max_tasks" });
});

it("gives a service what the database's connections leave it, tasks of two releases counted", () => {
  // Of 105, PostgreSQL keeps three. Declared are 2 * 2 * 8 = 32 of web, 3 * 2 * 4 = 24 of worker, and 2 of beat.
  const { web: ofWeb, worker: ofWorker, beat: ofBeat } = limitsOf({ web, worker, beat });
  // (102 - 24 - 2) / 16 = 4.75
  expect(ofWeb).toEqual({ fewest: 1, fewestAtMaximum: 1, most: 4, room: 102, joint: undefined });
  // (102 - 32 - 2) / 8 = 8.5
  expect(ofWorker).toEqual({
    fewest: 1,
    fewestAtMaximum: 1,
    most: 8,
    room: 102,
    joint: {
      services: [
        { key: "web", each: 8, maximumPercent: 200 },
        { key: "worker", each: 4, maximumPercent: 200 },
      ],
      others: 2,
      most: 102,
      room: 102,
    },
  });
  expect(ofBeat).toBeUndefined();
});

it("asks nobody for all where there is but one that scales", () => {
  // (102 - 2) / 16 = 6.25
  expect(limitsOf({ web, beat })).toEqual({
    web: { fewest: 1, fewestAtMaximum: 1, most: 6, room: 102, joint: undefined },
  });
});

it("leaves a service with what it has where that is too much in a release already", () => {
  // 24 a release, and twice that while the next one starts, of 30.
  const crowded = { ...web, autoscaling: { minimum: 1, maximum: 3 } };
  expect(limitsOf({ web: crowded }, {}, "33").web).toMatchObject({ most: 3, room: 30 });
  expect(limitsOf({ web: crowded, worker: { ...worker, autoscaling: undefined } }, {}, "50")).toEqual({
    web: { fewest: 1, fewestAtMaximum: 1, most: 3, room: 47, joint: undefined },
  });
});

it("admits AWS's quota where connections bound nothing", () => {
  const most = { fewest: 1, fewestAtMaximum: 1, most: 5000, room: undefined, joint: undefined };
  const asgi = { ...web, command: ["uvicorn", "config.asgi"] };
  expect(limitsOf({ asgi, away: { ...worker, connectsTo: [] } })).toEqual({ asgi: most, away: most });
  expect(limitsOf({ web: { ...web, connectsTo: [] } }, { database: undefined })).toEqual({ web: most });
});

it("has as many tasks at the maximum as an alarm needs to fire", () => {
  const thresholds = { missingTasks: 2, unhealthyTargets: 3 };
  const services = {
    web: { ...web, autoscaling: { minimum: 2, maximum: 3 } },
    worker: { ...worker, autoscaling: { minimum: 1, maximum: 3 } },
  };
  const watched = limitsOf(services, { monitoring: { thresholds } });
  expect([watched.web?.fewestAtMaximum, watched.worker?.fewestAtMaximum]).toEqual([3, 2]);
  const unwatched = limitsOf(services, { monitoring: false });
  expect([unwatched.web?.fewestAtMaximum, unwatched.worker?.fewestAtMaximum]).toEqual([1, 1]);
});

it("counts the tasks that run during a deployment, and has as many as one can move", () => {
  const deployment = { maximumPercent: 130 };
  const autoscaling = { minimum: 4, maximum: 5 };
  // 102 - 2 for 12 tasks of 8: 9 * 1.3 = 11.7, 10 * 1.3 = 13. Of 3 tasks, 3.9 might run.
  expect(limitsOf({ web: { ...web, autoscaling, deployment }, beat }).web).toMatchObject({
    fewest: 4,
    most: 9,
  });
  // Nothing runs twice: 100 / 8 = 12.5. Of one task, none has to run.
  const first = { minimumHealthyPercent: 0, maximumPercent: 100 };
  expect(limitsOf({ web: { ...web, autoscaling, deployment: first }, beat }).web).toMatchObject({
    fewest: 1,
    most: 12,
  });
  // Of 2 tasks 1.5 have to run, of 4 tasks 3.
  const slow = { minimumHealthyPercent: 75, maximumPercent: 100 };
  expect(limitsOf({ web: { ...web, autoscaling, deployment: slow } }).web).toMatchObject({
    fewest: 4,
    fewestAtMaximum: 4,
  });
});

it("admits no task of a service that rests at zero, and one at least as the maximum", () => {
  const sleeper = {
    ...task,
    consumesFrom: ["jobs"],
    autoscaling: { minimum: 0, maximum: 3, queueDepth: { queue: "jobs", messagesPerTask: 10 } },
  };
  expect(limitsOf({ sleeper })).toMatchObject({ sleeper: { fewest: 0, fewestAtMaximum: 1, most: 5000 } });
});
