// Who is told, and from what point on: refused where nobody could be reached or an alarm could never fire.
import { alarmingConnections, connectionLimit } from "../../src/model/database-connections";
import type { Environment } from "../../src/model/environment";
import { EnvironmentError, type Problem } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

const ENVIRONMENT = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512 },
    jobs: { image: "shop/jobs:1.0.0", cpu: 256, memory: 512, autoscaling: { minimum: 1, maximum: 4 } },
  },
  database: { instanceClass: "db.t4g.medium", allocatedStorageGib: 20 },
};

/** Environment files are TypeScript, but nothing keeps a bad value from being cast or computed. */
function define(changes: object): Environment {
  return Reflect.apply(defineEnvironment, undefined, [{ ...ENVIRONMENT, ...changes }]);
}

function problemsOf(changes: object): readonly Problem[] {
  try {
    define(changes);
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe("monitoring", () => {
  it("is on by default in production, and has every threshold", () => {
    expect(define({}).monitoring).toEqual({
      emails: [],
      runbookUrl: "docs/monitoring.md",
      dashboard: true,
      thresholds: {
        missingTasks: 1,
        serviceCpuPercent: 85,
        serviceMemoryPercent: 90,
        logErrors: 10,
        failedLogins: 50,
        unhealthyTargets: 1,
        latencySeconds: 2,
        serverErrorPercent: 5,
        serverErrorMinimumRequests: 20,
        rejectedConnections: 1,
        databaseCpuPercent: 80,
        databaseFreeStorageGib: 10,
        databaseCpuCredits: 10,
        failedRestarts: 1,
        scalingMetricValues: 1,
        failedRuns: 1,
        scheduleGraceHours: 1,
        undeliveredRuns: 1,
        fileSystemBurstCreditsGib: 350,
        cacheCpuPercent: 90,
        cacheMemoryPercent: 80,
        cacheCpuCredits: 10,
        cacheEvictions: 100,
        cacheRefusedLogins: 10,
        wafBlockedRequests: 1000,
      },
    });
  });

  it("is off elsewhere, unless it is asked for; and off where it is switched off", () => {
    expect(define({ production: false }).monitoring).toBe(false);
    expect(define({ production: false, monitoring: {} }).monitoring).toMatchObject({ dashboard: true });
    expect(define({ monitoring: false }).monitoring).toBe(false);
  });

  it("takes addresses, a runbook, thresholds and no dashboard", () => {
    const monitoring = {
      emails: ["ops@example.com", "o'hara+alarms@mail.example.co.uk"],
      runbookUrl: "https://wiki.example.com/pages?id=7",
      thresholds: { latencySeconds: 0.5, databaseConnections: 200 },
      dashboard: false,
    };
    expect(define({ monitoring }).monitoring).toMatchObject(monitoring);
  });

  it.each<[monitoring: unknown, at: string, remedy: RegExp]>([
    [
      true,
      "monitoring",
      /^Write false to switch it off, or its settings: \{ emails, runbookUrl, thresholds, dash/,
    ],
    ["on", "monitoring", /^Write false to switch it off/],
    [{ email: ["ops@example.com"] }, "monitoring.email", /^Unknown field "email"; did you mean "emails"\?$/],
    [{ emails: ["ops"] }, "monitoring.emails[0]", /^Write an e-mail address such as ops@example\.com\./],
    [{ emails: ["ops@localhost"] }, "monitoring.emails[0]", /e-mail address/],
    [{ emails: ["Ops <ops@example.com>"] }, "monitoring.emails[0]", /e-mail address/],
    [{ emails: ["a@example.com", "a@example.com"] }, "monitoring.emails", /^Name each address once\./],
    [{ emails: "ops@example.com" }, "monitoring.emails", /^Give a list here\./],
    [{ runbookUrl: "https://wiki.example.com/page#x" }, "monitoring.runbookUrl", /^Write a page without "#"/],
    [{ runbookUrl: "http://wiki.example.com/" }, "monitoring.runbookUrl", /^Write a page without "#"/],
    [{ runbookUrl: "x".repeat(501) }, "monitoring.runbookUrl", /^Use 500 characters at most/],
    [{ dashboard: "yes" }, "monitoring.dashboard", /^Give true or false here\./],
    [
      { thresholds: { cpu: 80 } },
      "monitoring.thresholds.cpu",
      /^Unknown field "cpu": remove it; known here: missingTasks, /,
    ],
  ])("refuses %j", (monitoring, at, remedy) => {
    expect(problemsOf({ monitoring })).toEqual([
      { path: at, value: expect.any(String), remedy: expect.stringMatching(remedy) },
    ]);
  });

  const PERCENT = /^Give a whole number of percent from 1 to 99: the alarm could never fire above that\.$/;

  it.each<[threshold: string, value: unknown, remedy: RegExp]>([
    ["serviceCpuPercent", 100, PERCENT],
    ["serviceMemoryPercent", 101, PERCENT],
    ["serverErrorPercent", 100, PERCENT],
    ["databaseCpuPercent", 150, PERCENT],
    ["cacheCpuPercent", 0, PERCENT],
    ["cacheMemoryPercent", 80.5, PERCENT],
    ["missingTasks", 0, /^Give a whole number of tasks from 1 to 5000\.$/],
    [
      "missingTasks",
      3,
      /^Give 2 at most: the alarm could never fire for "web", with as few tasks as that\.$/,
    ],
    ["missingTasks", 5, /^Give 2 at most: the alarm could never fire for "web", "jobs", /],
    ["unhealthyTargets", 3, /^Give 2 at most: the alarm could never fire for "web", /],
    ["unhealthyTargets", 0, /^Give a whole number of tasks from 1/],
    ["logErrors", 0, /^Give a whole number of log lines from 1 to 1000000\.$/],
    ["failedLogins", -1, /of log-ins from 1/],
    ["latencySeconds", 0, /^Give a number of seconds above 0\.$/],
    ["latencySeconds", "2s", /^Give a number of seconds above 0\.$/],
    ["latencySeconds", 60, /^Give less than the 60 of loadBalancer\.idleTimeoutSeconds: .* never fire\.$/],
    ["serverErrorMinimumRequests", 0, /of requests from 1/],
    ["rejectedConnections", 0, /of connections from 1/],
    ["databaseFreeStorageGib", 0, /of GiB from 1/],
    [
      "databaseFreeStorageGib",
      20,
      /^Give less than the 20 of database\.allocatedStorageGib: .* always fire\.$/,
    ],
    ["databaseConnections", 450, /^Give less than 450, which is what the database takes: .* never fire\.$/],
    ["databaseConnections", 0, /of connections from 1/],
    ["databaseCpuCredits", 289, /of credits from 1 to 288/],
    ["cacheCpuCredits", 0, /of credits from 1 to 288/],
    ["cacheEvictions", 0, /of keys from 1/],
    ["cacheRefusedLogins", 0, /of log-ins from 1/],
    ["wafBlockedRequests", 0, /of requests from 1/],
  ])("refuses the threshold %s = %j", (threshold, value, remedy) => {
    expect(problemsOf({ monitoring: { thresholds: { [threshold]: value } } })).toEqual([
      {
        path: `monitoring.thresholds.${threshold}`,
        value: JSON.stringify(value),
        remedy: expect.stringMatching(remedy),
      },
    ]);
  });

  it("reports all of it at once, each at its place", () => {
    const monitoring = {
      emails: ["ops"],
      extra: 1,
      thresholds: { latencySeconds: "x", serviceCpuPercent: 100 },
      dashboard: 1,
    };
    const problems = problemsOf({ name: "Shop", monitoring });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      "monitoring.dashboard",
      "monitoring.emails[0]",
      "monitoring.extra",
      "monitoring.thresholds.latencySeconds",
      "monitoring.thresholds.serviceCpuPercent",
      "name",
    ]);
    const thresholds = {
      missingTasks: 9,
      latencySeconds: 90,
      databaseFreeStorageGib: 30,
      databaseConnections: 999,
    };
    expect(problemsOf({ monitoring: { thresholds } }).map(({ path }) => path)).toEqual([
      "monitoring.thresholds.missingTasks",
      "monitoring.thresholds.latencySeconds",
      "monitoring.thresholds.databaseFreeStorageGib",
      "monitoring.thresholds.databaseConnections",
    ]);
  });

  it("compares nothing where nothing is watched", () => {
    const database = { instanceClass: "db.x2iedn.xlarge" };
    expect(problemsOf({ database, monitoring: false })).toEqual([]);
    expect(problemsOf({ database, production: false })).toEqual([]);
  });

  it("leaves a service that runs no tasks out of comparison", () => {
    const parked = { ...ENVIRONMENT.services.web, desiredCount: 0 };
    expect(problemsOf({ services: { web: parked } })).toEqual([]);
  });

  it("alarms above what autoscaling holds a service at", () => {
    const web = {
      ...ENVIRONMENT.services.web,
      autoscaling: { minimum: 2, maximum: 4, cpuPercent: 85, memoryPercent: 95 },
    };
    expect(problemsOf({ services: { web } })).toEqual([
      {
        path: "monitoring.thresholds.serviceCpuPercent",
        value: "85",
        remedy:
          "Give more than the 85 of services.web.autoscaling.cpuPercent, or scale earlier: tasks are added only above " +
          "that, and the alarm would fire all the time.",
      },
      {
        path: "monitoring.thresholds.serviceMemoryPercent",
        value: "90",
        remedy: expect.stringMatching(/^Give more than the 95 of services\.web\.autoscaling\.memoryPercent/),
      },
    ]);
    const thresholds = { serviceCpuPercent: 86, serviceMemoryPercent: 96 };
    expect(problemsOf({ services: { web }, monitoring: { thresholds } })).toEqual([]);
    // Of two services, the one with the higher target says what is needed.
    const { port: _, ...job } = { ...web, autoscaling: { minimum: 2, maximum: 4, cpuPercent: 90 } };
    expect(problemsOf({ services: { web, job }, monitoring: { thresholds } })).toEqual([
      expect.objectContaining({ remedy: expect.stringMatching(/^Give more than the 90 of services\.job\./) }),
    ]);
    const wrong = { ...web, autoscaling: { minimum: 2, maximum: 4, cpuPercent: 100 } };
    expect(problemsOf({ services: { web: wrong } }).map(({ path }) => path)).toEqual([
      "services.web.autoscaling.cpuPercent",
    ]);
  });

  it("wants a number of connections where the class says nothing", () => {
    const database = { instanceClass: "db.x2iedn.xlarge" };
    expect(problemsOf({ database })).toEqual([
      {
        path: "monitoring.thresholds.databaseConnections",
        value: "(nothing)",
        remedy: "Give a number: how many connections db.x2iedn.xlarge takes is not known here.",
      },
    ]);
    expect(problemsOf({ database, monitoring: { thresholds: { databaseConnections: 900 } } })).toEqual([]);
  });
});

describe("connectionLimit", () => {
  it.each<[instanceClass: string, limit: number | undefined]>([
    ["db.t4g.micro", 112],
    ["db.t4g.medium", 450],
    ["db.t3.2xlarge", 3604],
    ["db.m6g.large", 901],
    ["db.m7i.xlarge", 1802],
    ["db.r6g.large", 1802],
    ["db.r6gd.2xlarge", 5000],
    ["db.m5.24xlarge", 5000],
    ["db.t2.micro", undefined],
    ["db.x2g.large", undefined],
    ["db.m6g.metal", undefined],
  ])("of %s is %s", (instanceClass, limit) => {
    expect(connectionLimit({ instanceClass, parameters: {} })).toBe(limit);
  });

  it("is what the parameter says, if it is a number", () => {
    const instanceClass = "db.t4g.medium";
    expect(connectionLimit({ instanceClass, parameters: { max_connections: "200" } })).toBe(200);
    expect(
      connectionLimit({ instanceClass, parameters: { max_connections: "{DBInstanceClassMemory/1}" } }),
    ).toBeUndefined();
  });

  it("leaves the alarm room: 70 percent, rounded down", () => {
    expect(alarmingConnections({ instanceClass: "db.t4g.medium", parameters: {} })).toBe(315);
    expect(alarmingConnections({ instanceClass: "db.x2g.large", parameters: {} })).toBeUndefined();
  });
});
