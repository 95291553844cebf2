// What services state of their connections and queues, against what the database and the queues state.
import type { EnvironmentInput } from "../../src/schema/environment";
import { problemsIn } from "../support/problems";

const task = { image: "shop/web:1", cpu: 256, memory: 512 } as const;

function problemsOf(input: Partial<EnvironmentInput>): readonly string[] {
  const problems = problemsIn({
    name: "shop",
    region: "us-east-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
    services: {},
    ...input,
  });
  return problems.map(({ path, value, remedy }) => `${path}: ${value} ${remedy}`);
}

describe("connections to the database", () => {
  const platform = (web: object, maximum?: string): Partial<EnvironmentInput> => ({
    services: {
      web: {
        ...task,
        port: 8000,
        connectsTo: ["postgres"],
        django: {},
        autoscaling: { minimum: 2, maximum: 4 },
        ...web,
      },
    },
    database: maximum === undefined ? {} : { parameters: { max_connections: maximum } },
  });
  const stated = { command: ["gunicorn", "config.wsgi", "--workers", "8", "--threads", "16"] };

  it("are refused where the file states more than it lets the database take", () => {
    expect(problemsOf(platform(stated, "200"))).toEqual([
      'database.parameters.max_connections: "200" Give more, or fewer processes, threads or tasks: services may open 512 ' +
        "connections (web 4 tasks of 128), and of these PostgreSQL leaves them 197.",
    ]);
    const set = { environment: { WORKER_PROCESSES: "40", WORKER_THREADS: "2" } };
    expect(problemsOf(platform(set, "200"))).toHaveLength(1);
    // The last that fits: three are PostgreSQL's own.
    expect(problemsOf(platform(stated, "515"))).toEqual([]);
    expect(problemsOf(platform(stated, "514"))).toHaveLength(1);
  });

  it.each<[string, object, string | undefined]>([
    ["a database that states nothing", stated, undefined],
    ["services that state nothing", {}, "20"],
    [
      "ASGI, where a pool may hold them to less",
      { command: ["uvicorn", "x", "--workers", "9", "--limit-concurrency", "99"] },
      "20",
    ],
    ["a service that does not connect to it", { ...stated, connectsTo: [] }, "20"],
    ["what is neither Django nor Celery", { ...stated, django: undefined }, "20"],
  ])("are not judged for %s", (_, web, maximum) => {
    expect(problemsOf(platform(web, maximum))).toEqual([]);
  });
});

describe("a process of Celery", () => {
  it("is refused without a broker", () => {
    expect(problemsOf({ services: { worker: { ...task, celery: {} } } })).toEqual([
      "services.worker.celery: {} Give it a broker: a queue in consumesFrom (for beat in sendsTo), or redis in connectsTo. Or " +
        "remove this.",
    ]);
  });

  it.each<[string, Partial<EnvironmentInput>]>([
    ["Redis", { services: { worker: { ...task, celery: {}, connectsTo: ["redis"] } }, cache: {} }],
    [
      "a queue",
      { services: { worker: { ...task, celery: {}, consumesFrom: ["jobs"] } }, queues: { jobs: {} } },
    ],
    [
      "a queue that beat fills",
      { services: { beat: { ...task, celery: {}, sendsTo: ["jobs"] } }, queues: { jobs: {} } },
    ],
    [
      "a health check of its own, without a port",
      {
        services: {
          worker: {
            ...task,
            celery: {},
            connectsTo: ["redis"],
            healthCheck: { command: "python -m django_on_aws.heartbeat /tmp/worker 60" },
          },
        },
        cache: {},
      },
    ],
  ])("is taken with %s", (_, input) => {
    expect(problemsOf(input)).toEqual([]);
  });

  it("is refused a queue that shows a task to others while it may still run", () => {
    const platform = (longestTaskSeconds: number | undefined, visibilityTimeoutSeconds: number) => ({
      services: {
        worker: {
          ...task,
          celery: longestTaskSeconds === undefined ? {} : { longestTaskSeconds },
          consumesFrom: ["jobs"],
        },
      },
      queues: { jobs: { visibilityTimeoutSeconds } },
    });
    expect(problemsOf(platform(600, 300))).toEqual([
      'queues.jobs.visibilityTimeoutSeconds: 300 Give at least the 600 seconds that a task of "worker" may take ' +
        "(celery.longestTaskSeconds; SQS takes 43200 at most): a second worker would get the task while the first still has it.",
    ]);
    expect(problemsOf(platform(600, 600))).toEqual([]);
    expect(problemsOf(platform(undefined, 300))).toEqual([]);
    // Shown again at once.
    expect(problemsOf(platform(undefined, 0))).toHaveLength(1);
  });
});
