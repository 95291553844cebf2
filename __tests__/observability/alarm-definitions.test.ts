// Every alarm of lightwave-prod, typed out, and which of them other environments have; docs/monitoring.md says the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FINDINGS_RUNBOOK } from "../../src/account-security/findings";
import type { Environment } from "../../src/model/environment";
import { alarmKeys, alarmName } from "../../src/model/names/monitoring";
import { alarmDefinitions } from "../../src/observability/alarms/alarms";
import { alarmDescription, conditionText, type Metric } from "../../src/observability/alarms/definition";
import { SECURITY_GROUP_RUNBOOK } from "../../src/observability/security-group-changes";
import type { EnvironmentInput } from "../../src/schema/environment";
import { fileSystemSchema } from "../../src/schema/file-systems";
import { schedulesSchema } from "../../src/schema/schedules";
import { defineEnvironment } from "../../src/validation/define-environment";
import { systems } from "../support/systems";

const lightwave = systems.load("lightwave-prod");
/** The same with a schedule: none of the documented systems has one. */
const scheduled: Environment = {
  ...lightwave,
  services: Object.fromEntries(
    Object.entries(lightwave.services).map(([key, service]) => [
      key,
      { ...service, schedules: schedulesSchema.parse({ nightly: { expression: "cron(0 3 * * ? *)" } }) },
    ]),
  ),
};
const all = alarmDefinitions({ environment: scheduled, waf: true });
/** With shared files, which lightwave-prod has none of. */
const ofFiles = alarmDefinitions({
  environment: {
    ...scheduled,
    fileSystems: { media: fileSystemSchema.parse({ throughput: "bursting" }) },
  },
  waf: true,
});

/** `AWS/ECS CPUUtilization Average {ClusterName: cluster}` */
function metricText({ namespace, name, statistic, dimensions }: Metric): string {
  const on = Object.entries(dimensions).map(
    ([key, of]) => `${key}: ${"role" in of ? of.role : JSON.stringify(of.value)}`,
  );
  return `${namespace} ${name} ${statistic} {${on.join(", ")}}`;
}

const SERVICE = "{ClusterName: cluster, ServiceName: service django}";
const TARGET = "{LoadBalancer: load-balancer, TargetGroup: target-group django}";
const ALB = "{LoadBalancer: load-balancer}";
const RDS = "{DBInstanceIdentifier: database}";
const node = (index: number) => `{CacheClusterId: cache-node ${index}, CacheNodeId: "0001"}`;

describe("the alarms of lightwave-prod", () => {
  const GIB = 1024 * 1024 * 1024;

  it.each<[name: string, threshold: number, condition: string, missingData: string, metrics: string[]]>([
    [
      "alb/server-errors",
      5,
      "share of requests that end in a 5xx, of 20 or more, above 5 percent in 5 minutes",
      "notBreaching",
      [
        `AWS/ApplicationELB RequestCount Sum ${ALB}`,
        `AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum ${ALB}`,
        `AWS/ApplicationELB HTTPCode_ELB_5XX_Count Sum ${ALB}`,
      ],
    ],
    [
      "alb/rejected-connections",
      1,
      "rejected connections at least 1 in 5 minutes",
      "notBreaching",
      [`AWS/ApplicationELB RejectedConnectionCount Sum ${ALB}`],
    ],
    [
      "waf/blocked-requests",
      1000,
      "blocked requests above 1000 in 5 minutes",
      "notBreaching",
      ['AWS/WAFV2 BlockedRequests Sum {WebACL: web-acl, Region: "us-east-1", Rule: "ALL"}'],
    ],
    [
      "django/missing-tasks",
      1,
      "missing tasks at least 1 for 5 minutes",
      "missing",
      [
        `ECS/ContainerInsights DesiredTaskCount Average ${SERVICE}`,
        `ECS/ContainerInsights RunningTaskCount Average ${SERVICE}`,
      ],
    ],
    [
      "django/cpu",
      85,
      "average CPU above 85 percent for 15 minutes",
      "missing",
      [`AWS/ECS CPUUtilization Average ${SERVICE}`],
    ],
    [
      "django/memory",
      90,
      "memory of the fullest task above 90 percent for 15 minutes",
      "missing",
      [`AWS/ECS MemoryUtilization Maximum ${SERVICE}`],
    ],
    [
      "django/unhealthy-targets",
      1,
      "unhealthy tasks at least 1 for 5 minutes",
      "notBreaching",
      [`AWS/ApplicationELB UnHealthyHostCount Maximum ${TARGET}`],
    ],
    [
      "django/latency",
      2,
      "95th percentile of the response time above 2 seconds for 15 minutes",
      "notBreaching",
      [`AWS/ApplicationELB TargetResponseTime p95 ${TARGET}`],
    ],
    [
      "django/errors",
      10,
      "log lines with ERROR or CRITICAL above 10 in 5 minutes",
      "notBreaching",
      ["lightwave-django-prod django-errors Sum {}"],
    ],
    [
      "django/failed-logins",
      50,
      "failed log-ins above 50 in 5 minutes",
      "notBreaching",
      ["lightwave-django-prod django-failed-logins Sum {}"],
    ],
    [
      "django/failed-logins-axes",
      50,
      "log-ins that django-axes saw fail above 50 in 5 minutes",
      "notBreaching",
      ["lightwave-django-prod django-failed-logins-axes Sum {}"],
    ],
    [
      "postgres/cpu",
      80,
      "average CPU above 80 percent for 15 minutes",
      "breaching",
      [`AWS/RDS CPUUtilization Average ${RDS}`],
    ],
    [
      "postgres/free-storage",
      10 * GIB,
      "free storage below 10 GiB for 15 minutes",
      "missing",
      [`AWS/RDS FreeStorageSpace Minimum ${RDS}`],
    ],
    [
      "postgres/connections",
      315,
      "connections above 315 for 10 minutes",
      "missing",
      [`AWS/RDS DatabaseConnections Maximum ${RDS}`],
    ],
    [
      "postgres/cpu-credits",
      10,
      "CPU credits below 10 for 60 minutes",
      "missing",
      [`AWS/RDS CPUCreditBalance Minimum ${RDS}`],
    ],
    [
      "postgres/restart",
      1,
      "failed restarts after a change of the password at least 1 in 5 minutes",
      "notBreaching",
      [
        "AWS/States ExecutionsFailed Sum {StateMachineArn: database-restart}",
        "AWS/States ExecutionsTimedOut Sum {StateMachineArn: database-restart}",
      ],
    ],
    [
      "redis/cpu",
      45,
      "CPU of the busiest node above 45 percent, which is 90 of one of its 2 cores, for 15 minutes",
      "missing",
      [0, 1].map((index) => `AWS/ElastiCache CPUUtilization Average ${node(index)}`),
    ],
    [
      "redis/memory",
      80,
      "memory of the fullest node above 80 percent for 15 minutes",
      "missing",
      [0, 1].map((index) => `AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum ${node(index)}`),
    ],
    [
      "redis/evictions",
      100,
      "keys that a node evicted above 100 in 5 minutes",
      "notBreaching",
      [0, 1].map((index) => `AWS/ElastiCache Evictions Sum ${node(index)}`),
    ],
    [
      "redis/cpu-credits",
      10,
      "CPU credits of the node with the fewest below 10 for 60 minutes",
      "missing",
      [0, 1].map((index) => `AWS/ElastiCache CPUCreditBalance Minimum ${node(index)}`),
    ],
    [
      "django-nightly/failed-runs",
      1,
      "runs that failed or took too long at least 1 in 5 minutes",
      "notBreaching",
      ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"].map(
        (metric) => `AWS/States ${metric} Sum {StateMachineArn: schedule django/nightly}`,
      ),
    ],
    [
      "django-nightly/missed-runs",
      1,
      // A day, an hour for clocks that change, and one of grace.
      "runs started below 1 for 26 hours",
      "breaching",
      ["AWS/States ExecutionsStarted Sum {StateMachineArn: schedule django/nightly}"],
    ],
    [
      "schedules/undelivered",
      1,
      "runs that AWS could not start at least 1 in 5 minutes",
      "notBreaching",
      ["AWS/SQS ApproximateNumberOfMessagesVisible Maximum {QueueName: undelivered-schedules}"],
    ],
  ])("%s", (name, threshold, condition, missingData, metrics) => {
    const [definition, ...others] = all.filter(({ subject, kind }) => `${subject}/${kind}` === name);
    expect(others).toEqual([]);
    expect(definition && conditionText(definition)).toBe(condition);
    expect(definition).toMatchObject({ threshold, missingData });
    expect(Object.values(definition?.metrics ?? {}).map(metricText)).toEqual(metrics);
  });

  it("are no more than these", () => {
    expect(all).toHaveLength(23);
  });

  it("make rates of counts, with a floor under the requests", () => {
    const expression = (name: string) =>
      all.find(({ subject, kind }) => `${subject}/${kind}` === name)?.expression;
    expect(expression("alb/server-errors")).toBe(
      "IF(FILL(requests, 0) + FILL(balancer, 0) >= 20, " +
        "100 * (FILL(service, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0)), 0)",
    );
    expect(expression("django/missing-tasks")).toBe("desired - FILL(running, 0)");
    expect(expression("redis/memory")).toBe("MAX([node1, node2])");
    expect(expression("redis/cpu-credits")).toBe("MIN([node1, node2])");
  });

  it("say what is wrong, what to do and where to read on, within CloudWatch's 1,024 characters", () => {
    const [cpu] = all.filter(({ subject, kind }) => subject === "postgres" && kind === "cpu");
    expect(cpu && alarmDescription(cpu, "https://wiki.example.com/runbook")).toBe(
      "postgres: average CPU above 80 percent for 15 minutes. Find the heaviest queries in Performance Insights. " +
        "Runbook: https://wiki.example.com/runbook#postgres-cpu",
    );
    for (const definition of all) {
      expect(alarmDescription(definition, "x".repeat(500)).length).toBeLessThanOrEqual(1024);
      expect(definition.action).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("the alarms of other environments", () => {
  const web = { image: "shop/web:1.0.0", port: 8000, cpu: 256 as const, memory: 512 };
  const { port: _, ...jobs } = web;
  const definitionsOf = (changes: Partial<EnvironmentInput>, waf = false) => {
    const environment = defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: { jobs },
      ...changes,
    });
    return alarmDefinitions({ environment, waf });
  };
  const namesOf = (changes: Partial<EnvironmentInput>, waf = false) =>
    definitionsOf(changes, waf).map(({ subject, kind }) => alarmName("shop", {}, subject, kind));

  it("leave out what a worker without a port, and without data stores, does not have", () => {
    expect(namesOf({})).toEqual([
      "shop/jobs/missing-tasks",
      "shop/jobs/cpu",
      "shop/jobs/memory",
      "shop/jobs/errors",
    ]);
    // A firewall stands before a load balancer.
    expect(namesOf({}, true)).toEqual(namesOf({}));
  });

  it("have names of their own where the environment gives any, and no others", () => {
    const own = { names: { alarms: { "web/failed-logins": "shop-failed-logins" } }, services: { web } };
    const { names } = defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      ...own,
    });
    expect(alarmName("shop", names.alarms, "web", "failed-logins")).toBe("shop-failed-logins");
    expect(alarmName("shop", names.alarms, "web", "errors")).toBe("shop/web/errors");
    expect(() => definitionsOf({ ...own, names: { alarms: { "web/failed-login": "x" } } })).toThrow(
      'There is no alarm "web/failed-login"; did you mean "web/failed-logins"?',
    );
  });

  it("are all known by what they watch and for what, so that each can be named", () => {
    const keys = definitionsOf(
      {
        services: { jobs: { ...jobs, connectsTo: ["postgres"] }, web },
        database: {},
        cache: { authentication: "password" },
        fileSystems: { media: { throughput: "bursting" } },
      },
      true,
    ).map(({ subject, kind }) => `${subject}/${kind}`);
    const ofWorker = [
      "jobs/failed-logins",
      "jobs/failed-logins-axes",
      "jobs/latency",
      "jobs/scaling-metric",
      "jobs/unhealthy-targets",
      "web/scaling-metric",
    ];
    expect([...keys, ...ofWorker].sort()).toEqual(alarmKeys(["jobs", "web"], ["media"]).sort());
    const sweeping = { ...web, schedules: { nightly: { expression: "rate(1 day)", command: ["sweep"] } } };
    const own = {
      "web-nightly/missed-runs": "late",
      "web-nightly/failed-runs": "failed",
      "schedules/undelivered": "lost",
    };
    const named = definitionsOf({ services: { web: sweeping }, names: { alarms: own } });
    expect(named.map(({ subject, kind }) => `${subject}/${kind}`)).toEqual(
      expect.arrayContaining(Object.keys(own)),
    );
  });

  it.each<[expression: string, hours: number | undefined]>([
    ["rate(5 minutes)", 3],
    ["rate(6 hours)", 8],
    // From Friday to Monday.
    ["cron(0 3 ? * MON-FRI *)", 74],
    ["cron(0 8,20 * * ? *)", 14],
    // Thursday to Tuesday are 120 hours.
    ["cron(0 3 ? * TUE,THU *)", 122],
    // CloudWatch looks back seven days.
    ["rate(7 days)", undefined],
    ["cron(0 3 ? * MON *)", undefined],
    ["cron(0 3 1 * ? *)", undefined],
    ["at(2027-01-31T03:00:00)", undefined],
    ["cron(0 3 * * ? 2027)", undefined],
  ])("say of %s that it has not run after %s hours", (expression, hours) => {
    const schedules = {
      nightly: { expression, command: ["sweep"] },
      paused: { expression, command: ["tidy"], enabled: false },
    };
    const periods = definitionsOf({ services: { jobs: { ...jobs, schedules }, web } })
      .filter(({ kind }) => kind === "missed-runs")
      .map((definition) => [definition.periods, definition.periodSeconds]);
    expect(periods).toEqual(hours === undefined ? [] : [[hours, 3600]]);
  });

  it("watch the credits of the file systems that live on them", () => {
    const fileSystems = { media: { throughput: "bursting" }, drafts: {} } as const;
    const [credits, ...others] = definitionsOf({ fileSystems }).filter(({ subject }) => subject !== "jobs");
    expect(others).toEqual([]);
    expect(credits && conditionText(credits)).toBe("burst credits below 350 GiB for 15 minutes");
    expect(credits).toMatchObject({ subject: "media", threshold: 375_809_638_400, missingData: "missing" });
    expect(Object.values(credits?.metrics ?? {}).map(metricText)).toEqual([
      "AWS/EFS BurstCreditBalance Minimum {FileSystemId: file-system media}",
    ]);
  });

  it("leave out the tasks of a service that runs none", () => {
    const parked = namesOf({ services: { jobs, web: { ...web, desiredCount: 0 } } });
    expect(parked.filter((name) => name.startsWith("shop/web/"))).toEqual([
      "shop/web/errors",
      "shop/web/failed-logins",
      "shop/web/failed-logins-axes",
    ]);
  });

  it("watch CPU credits where database and cache have some, and each node of the cache", () => {
    const stores = (names: readonly string[]) => names.filter((name) => /postgres|redis/.test(name));
    expect(stores(namesOf({ database: { instanceClass: "db.m7g.large" } }))).toEqual([
      "shop/postgres/cpu",
      "shop/postgres/free-storage",
      "shop/postgres/connections",
    ]);
    const cache = ["shop/redis/cpu", "shop/redis/memory", "shop/redis/evictions"];
    expect(stores(namesOf({ cache: { nodes: 6 } }))).toEqual([...cache, "shop/redis/cpu-credits"]);
    expect(stores(namesOf({ cache: { authentication: "password", nodeType: "cache.t2.small" } }))).toEqual([
      ...cache,
      "shop/redis/refused-logins",
    ]);
    for (const nodeType of ["cache.m7g.large", "cache.t2.small"]) {
      expect(stores(namesOf({ cache: { nodeType } }))).toEqual(cache);
    }
  });

  it.each([
    ["cache.t2.small", "CPUUtilization", 80, "CPU of the busiest node above 80 percent for 15 minutes"],
    [
      "cache.m7g.large",
      "CPUUtilization",
      40,
      "CPU of the busiest node above 40 percent, which is 80 of one of its 2 cores, for 15 minutes",
    ],
    [
      "cache.m7g.xlarge",
      "EngineCPUUtilization",
      80,
      "CPU of the busiest node's engine above 80 percent for 15 minutes",
    ],
    [
      "cache.x9.large",
      "EngineCPUUtilization",
      80,
      "CPU of the busiest node's engine above 80 percent for 15 minutes",
    ],
  ])("watch of %s %s", (nodeType, metric, threshold, condition) => {
    const thresholds = { cacheCpuPercent: 80 };
    const cpu = definitionsOf({ cache: { nodeType }, monitoring: { thresholds } }).find(
      ({ subject, kind }) => subject === "redis" && kind === "cpu",
    );
    expect(cpu && { threshold: cpu.threshold, condition: conditionText(cpu) }).toEqual({
      threshold,
      condition,
    });
    expect(Object.values(cpu?.metrics ?? {}).map(({ name }) => name)).toEqual([metric, metric]);
  });

  it("say where nobody publishes what a service scales by", () => {
    const metric = { namespace: "Shop/Celery", name: "Backlog", dimensions: { queue: "heavy" }, target: 5 };
    const definitions = definitionsOf({
      services: { web, worker: { ...web, port: undefined, autoscaling: { minimum: 1, maximum: 3, metric } } },
    });
    const found = definitions.filter(({ kind }) => kind === "scaling-metric");
    expect(
      found.map((one) => [
        one.subject,
        conditionText(one),
        one.missingData,
        Object.values(one.metrics).map(metricText),
      ]),
    ).toEqual([
      [
        "worker",
        "values of the metric that it scales by below 1 in 15 minutes",
        "breaching",
        ['Shop/Celery Backlog SampleCount {queue: "heavy"}'],
      ],
    ]);
  });

  it("take no 503 of a service that the clock has stopped for an error", () => {
    const schedule = {
      night: { time: "19:00", minimum: 0, maximum: 0 },
      day: { time: "07:00", minimum: 1, maximum: 2 },
    };
    const parked = { ...web, autoscaling: { minimum: 1, maximum: 2, schedule } };
    const [errors] = definitionsOf({ services: { web: parked } });
    expect(errors?.kind).toBe("server-errors");
    expect(errors?.expression).toBe(
      "IF(FILL(tasks1, 0) > 0, IF(FILL(requests, 0) + FILL(balancer, 0) >= 20, " +
        "100 * (FILL(service, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0)), 0), 0)",
    );
    expect(errors?.metrics.tasks1 && metricText(errors.metrics.tasks1)).toBe(
      "ECS/ContainerInsights DesiredTaskCount Average {ClusterName: cluster, ServiceName: service web}",
    );
    const metric = { namespace: "Shop/Celery", name: "Backlog", target: 5 };
    const scaling = definitionsOf({
      services: { web, jobs: { ...jobs, autoscaling: { minimum: 1, maximum: 2, metric, schedule } } },
    }).find(({ kind }) => kind === "scaling-metric");
    expect(scaling?.expression).toBe("IF(FILL(desired, 0) > 0, FILL(values, 0), 1)");
  });

  it("are none where nothing is watched", () => {
    expect(namesOf({ monitoring: false, database: {}, cache: {} })).toEqual([]);
  });

  it("are at most eight for each further service", () => {
    const services = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_value, index) => [
          `web-${index}`,
          { ...web, routes: [{ priority: index + 1, paths: [`/${index}/*`] }] },
        ]),
      );
    const count = (number: number) => namesOf({ services: services(number), database: {}, cache: {} }).length;
    expect([count(1), count(2), count(20)]).toEqual([18, 26, 170]);
    const names = namesOf({ services: services(20) });
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("docs/monitoring.md", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "monitoring.md"), "utf8");

  it("has a row for each alarm, and no other", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| [`"));
    expect(rows.map((row) => row.replace(/ +/g, " "))).toEqual(
      all.map(
        (definition) =>
          `| [\`${definition.subject}/${definition.kind}\`](#${definition.runbook}) | ${conditionText(definition)} | ` +
          `\`${definition.setting}\` |`,
      ),
    );
  });

  it("has a section for each link of an alarm's description, and no other", () => {
    const runbook = page.slice(page.indexOf("## The runbook"));
    const sections = [...runbook.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
    expect([...sections].sort()).toEqual(
      [
        ...new Set([
          ...ofFiles.map((definition) => definition.runbook),
          SECURITY_GROUP_RUNBOOK,
          FINDINGS_RUNBOOK,
          "service-scaling-metric",
          "redis-refused-logins",
        ]),
      ].sort(),
    );
  });

  it("leads nowhere that is not there", () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(" ", "-")
        .replace(/[^\w-]/g, ""),
    );
    for (const [, anchor] of page.matchAll(/\]\(#([\w-]+)\)/g)) {
      expect(anchors).toContain(anchor);
    }
  });
});
