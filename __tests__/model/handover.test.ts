// What containers are told of where they run, for each documented system: worked out by hand from its environment file.
import { gracefulSeconds, handover, queuesSentTo, workerProcesses } from "../../src/model/handover";
import { defineEnvironment } from "../../src/validation/define-environment";
import { systems } from "../support/systems";

function handed(system: string, service: string): Record<string, string> {
  const environment = systems.load(system);
  const one = environment.services[service];
  if (!one) {
    throw new Error(`${system} has no ${service}`);
  }
  return handover(one, environment);
}

it.each([
  // A /16 is quartered by tier, and each quarter divided into eight: the public subnets of zones a and b.
  ["lightwave-prod", "django", "/health/live/", "2", "75", "10.0.0.0/21,10.0.8.0/21"],
  ["realtime-platform", "api", "/health/", "2", "3615", "10.20.0.0/21,10.20.8.0/21"],
  ["realtime-platform", "realtime", "/health/", "2", "3615", "10.20.0.0/21,10.20.8.0/21"],
  ["pdf-excel-prod", "frontend", "/health", "2", "75", "10.0.0.0/21,10.0.8.0/21"],
  ["pdf-excel-prod", "backend", "/health", "2", "75", "10.0.0.0/21,10.0.8.0/21"],
  ["helloapi", "api", "/health/", "2", "75", "10.40.0.0/21,10.40.8.0/21"],
  ["ecs-webapp", "web", "/health", "2", "75", "10.30.0.0/21,10.30.8.0/21"],
])(
  "%s hands this to %s, behind its load balancer",
  (system, service, path, processes, keepAlive, networks) => {
    expect(handed(system, service)).toEqual({
      AWS_DEFAULT_REGION: "us-east-1",
      WORKER_PROCESSES: processes,
      WORKER_THREADS: "8",
      KEEP_ALIVE_SECONDS: keepAlive,
      GRACEFUL_SECONDS: "110",
      HEALTH_CHECK_PATH: path,
      TRUSTED_PROXIES: "1",
      TRUSTED_NETWORKS: networks,
    });
  },
);

it("hands a service without a port nothing of a load balancer", () => {
  expect(handed("realtime-platform", "workers")).toEqual({
    AWS_DEFAULT_REGION: "us-east-1",
    WORKER_PROCESSES: "2",
    GRACEFUL_SECONDS: "110",
  });
});

it.each([
  // A quarter of a vCPU with the least memory: two, so that one slow request does not stop all.
  [256, 512, 2],
  [512, 1024, 2],
  [1024, 2048, 2],
  [2048, 4096, 4],
  [4096, 8192, 8],
  [16_384, 32_768, 32],
] as const)("counts processes of %d CPU units and %d MiB: %d", (cpu, memory, processes) => {
  expect(workerProcesses({ cpu, memory })).toBe(processes);
});

it.each([
  [120, 110],
  [90, 80],
  [11, 1],
  [2, 1],
])("leaves a server of a stop after %d seconds %d to finish", (stopTimeoutSeconds, graceful) => {
  expect(gracefulSeconds({ stopTimeoutSeconds })).toBe(graceful);
});

describe("a process of Celery", () => {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: {
      slow: {
        image: "shop/web:1",
        cpu: 256,
        memory: 512,
        connectsTo: ["redis"],
        celery: { longestTaskSeconds: 7200 },
      },
      usual: { image: "shop/web:1", cpu: 256, memory: 512, connectsTo: ["redis"], celery: {} },
      queued: {
        image: "shop/web:1",
        cpu: 256,
        memory: 512,
        celery: {},
        consumesFrom: ["mail", "jobs"],
        sendsTo: ["reports"],
      },
      beat: { image: "shop/web:1", cpu: 256, memory: 512, celery: {}, sendsTo: ["jobs"] },
      both: {
        image: "shop/web:1",
        cpu: 256,
        memory: 512,
        celery: {},
        connectsTo: ["redis"],
        sendsTo: ["reports"],
      },
      plain: { image: "shop/web:1", cpu: 256, memory: 512, consumesFrom: ["jobs"], sendsTo: ["reports"] },
    },
    cache: {},
    queues: { jobs: { visibilityTimeoutSeconds: 900 }, mail: { visibilityTimeoutSeconds: 600 }, reports: {} },
  });
  const { slow, usual, queued, beat, both, plain } = environment.services;
  const visibility = (service: typeof slow) =>
    service && handover(service, environment).VISIBILITY_TIMEOUT_SECONDS;

  it("is told how long a task stays its own: the shortest of its queues, or with Redis its longest task and the end of it", () => {
    expect(visibility(slow)).toBe("7310");
    expect(visibility(usual)).toBe("3710");
    expect(visibility(queued)).toBe("600");
    // Beat takes from no queue; what connects to Redis has that for its broker, whatever else it sends.
    expect(visibility(beat)).toBe("900");
    expect(visibility(both)).toBe("3710");
    expect(visibility(plain)).toBeUndefined();
  });

  it("sends to the queues that it takes from, each once; nobody else does", () => {
    expect(queued && queuesSentTo(queued)).toEqual(["reports", "mail", "jobs"]);
    expect(queued && queuesSentTo({ ...queued, sendsTo: ["jobs"] })).toEqual(["jobs", "mail"]);
    expect(plain && queuesSentTo(plain)).toEqual(["reports"]);
  });
});
