// Which connections are tried from inside, in whose image and by what; and what a task's end says, of each kind of end.

import { connectivityOf } from "../../../src/model/connectivity";
import { logStreamOf } from "../../../src/operations/tasks/log-stream";
import type { RanOnce } from "../../../src/operations/tasks/run-once";
import {
  type InsideCheck,
  insideChecks,
  judgeInside,
  whatItStarts,
} from "../../../src/operations/verify/connectivity";
import { probeCommand } from "../../../src/operations/verify/probe-script";
import { defineEnvironment } from "../../../src/validation/define-environment";
import { systems } from "../../support/systems";

const service = { image: "example/shop:1.0.0", cpu: 256, memory: 512 } as const;

const DJANGO = "python manage.py check --database default";

describe("the checks from inside", () => {
  it.each([
    [
      "lightwave-prod",
      [
        ["database:django", "service", DJANGO],
        ["cache:django", "service", undefined],
      ],
    ],
    [
      "realtime-platform",
      [
        ["database:api", "probe", undefined],
        ["cache:api", "probe", undefined],
        ["database:realtime", "probe", undefined],
        ["cache:realtime", "probe", undefined],
        ["database:workers", "probe", undefined],
        ["cache:workers", "probe", undefined],
      ],
    ],
    [
      "pdf-excel-prod",
      [
        ["database:frontend", "probe", undefined],
        ["database:backend", "service", DJANGO],
      ],
    ],
    ["helloapi", [["database:api", "service", DJANGO]]],
    ["ecs-webapp", []],
  ])("of %s are one for each service and each store that it connects to", (environment, expected) => {
    expect(
      insideChecks(systems.load(environment)).map(({ id, image, command }) => [
        id,
        image,
        command?.join(" "),
      ]),
    ).toEqual(expected);
  });

  it("run the command that the file gives, in the service's own image, Django or not", () => {
    const ping = { to: "redis" as const, checkCommand: ["node", "ping.js"] };
    expect(
      connectivityOf({
        node: { connectsTo: ["postgres", ping] },
        web: { connectsTo: [ping, "postgres"], django: { allowedHosts: [] } },
      }),
    ).toEqual([
      { service: "node", to: "postgres", image: "probe", command: undefined },
      { service: "node", to: "redis", image: "service", command: ["node", "ping.js"] },
      { service: "web", to: "redis", image: "service", command: ["node", "ping.js"] },
      {
        service: "web",
        to: "postgres",
        image: "service",
        command: ["python", "manage.py", "check", "--database", "default"],
      },
    ]);
  });

  it("say before they start what they start", () => {
    const words = (environment: string) =>
      insideChecks(systems.load(environment)).map((check) => whatItStarts(check, systems.load(environment)));
    expect(words("lightwave-prod")).toEqual([
      `database:django starts a task in the cluster lightwave-prod, like those of lightwave-django-prod; it runs "${DJANGO}" and ends.`,
      "cache:django starts a task in the cluster lightwave-prod, like those of lightwave-django-prod; it opens one connection to the cache, logs in nowhere, and ends.",
    ]);
    expect(words("realtime-platform").at(-1)).toBe(
      "cache:workers starts a task in the cluster realtime-platform, in the network of realtime-platform-workers; it opens one connection to the cache, logs in nowhere, and ends.",
    );
  });
});

describe("the probe's command", () => {
  it("knows the store by the service's own variables, and fits into what RunTask takes", () => {
    expect(probeCommand("postgres").slice(3)).toEqual(["DATABASE_HOST", "DATABASE_PORT", "postgres"]);
    expect(probeCommand("redis").slice(3)).toEqual(["REDIS_HOST", "REDIS_PORT", "redis"]);
    // "TaskOverride", Amazon ECS API reference: 8192 characters of JSON in all.
    expect(JSON.stringify(probeCommand("postgres")).length).toBeLessThan(4000);
  });
});

it("tries each port of each service that a service connects to, unless that is to run no task", () => {
  const environment = defineEnvironment({
    name: "shop",
    region: "us-east-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
    services: {
      web: { ...service, port: 8000, connectsTo: ["collector", "parked"], django: {} },
      scraper: { ...service, connectsTo: [{ to: "collector", ports: [4318, 8888] }, "web"] },
      collector: { ...service, port: 4318, internal: true, extraPorts: [8888] },
      parked: { ...service, port: 9000, internal: true, desiredCount: 0 },
    },
  });
  const checks = insideChecks(environment);
  expect(checks.map(({ id, image, target }) => [id, image, target])).toEqual([
    ["service:web:collector:4318", "service", { host: "collector.shop.internal", port: 4318 }],
    ["service:scraper:collector:4318", "probe", { host: "collector.shop.internal", port: 4318 }],
    ["service:scraper:collector:8888", "probe", { host: "collector.shop.internal", port: 8888 }],
    ["service:scraper:web:8000", "probe", { host: "web.shop.internal", port: 8000 }],
  ]);
  const [check] = checks;
  if (check === undefined) throw new Error("There is no check.");
  expect(check.title).toBe("From inside, web reaches collector on 4318");
  expect(probeCommand(check.target).slice(3)).toEqual(["collector.shop.internal", "4318", "service"]);
  expect(whatItStarts(check, environment)).toBe(
    "service:web:collector:4318 starts a task in the cluster shop, like those of shop-web; it opens one connection to " +
      "collector.shop.internal:4318, logs in nowhere, and ends.",
  );
  const words = (exitCode: number) =>
    judgeInside(check, { started: true, exitCode, reason: "", log: [] }, "T").detail;
  expect(words(80)).toBe("its port answers (exit code 80 from the task started at T)");
  expect(words(81)).toBe(
    "collector.shop.internal is not found: no task of collector is registered under it (exit code 81 from the task started at T)",
  );
  expect(words(82)).toBe(
    "the host refuses the connection: nothing listens on the port 4318 (exit code 82 from the task started at T)",
  );
});

describe("what a task's end says", () => {
  const AT = "2026-11-22T08:00:00.000Z";
  const REASON = "Essential container in task exited";
  const ended = (exitCode: number | undefined, reason = REASON): Extract<RanOnce, { started: true }> => ({
    started: true,
    exitCode,
    reason,
    log: ["line"],
  });
  const checks = {
    django: insideChecks(systems.load("lightwave-prod"))[0],
    redis: insideChecks(systems.load("lightwave-prod"))[1],
    worker: insideChecks(systems.load("realtime-platform"))[4],
  };
  const judged = (name: keyof typeof checks, ran: RanOnce) => {
    const check: InsideCheck | undefined = checks[name];
    if (check === undefined) {
      throw new Error(`There is no check of ${name}.`);
    }
    return judgeInside(check, ran, AT);
  };

  it("passes of a command with exit code 0 alone", () => {
    expect(judged("django", ended(0))).toEqual({
      status: "pass",
      detail: "exit code 0 from the task started at 2026-11-22T08:00:00.000Z",
      reached: true,
      exitCode: 0,
      log: ["line"],
      startedAt: AT,
    });
    expect(judged("django", ended(137))).toMatchObject({
      status: "fail",
      detail:
        "exit code 137 from the task started at 2026-11-22T08:00:00.000Z (Essential container in task exited)",
      reached: false,
      exitCode: 137,
    });
    // What says of the probe that the store is reached says nothing of a command.
    expect(judged("django", ended(80))).toMatchObject({ status: "fail", reached: false });
  });

  it("passes of the probe with its own exit code alone", () => {
    expect(judged("worker", ended(80))).toEqual({
      status: "pass",
      detail: "its port answers, with TLS (exit code 80 from the task started at 2026-11-22T08:00:00.000Z)",
      reached: true,
      exitCode: 80,
      log: ["line"],
      startedAt: AT,
    });
  });

  it.each([
    [81, false, "the host name in DATABASE_HOST is not found"],
    [82, false, "the host refuses the connection: nothing listens on the port in DATABASE_PORT"],
    [
      83,
      false,
      "no answer within 10 seconds: a security group, a network ACL or a route keeps the connection out",
    ],
    [84, false, "the network breaks the connection off"],
    [85, false, "the port answers, and no TLS handshake succeeds"],
    [86, null, "It could not be checked. DATABASE_HOST and DATABASE_PORT tell the task no address"],
    [1, null, "It could not be checked. The probe does not end like that"],
    [137, null, "It could not be checked. The probe does not end like that"],
  ])("of the probe by exit code %d: reached is %s", (exitCode, reached, words) => {
    expect(judged("worker", ended(exitCode))).toMatchObject({
      status: "fail",
      reached,
      exitCode,
      detail: `${words} (exit code ${exitCode} from the task started at ${AT})`,
    });
  });

  it("is no pass where an image's entry point does not run what it is told to, and ends well or never", () => {
    const entryPoint =
      "The image's entry point has to run the command that it is given (exec \"$@\"); or say what the service's image can run, " +
      "by checkCommand in services.django.connectsTo";
    expect(judged("redis", ended(0))).toMatchObject({
      status: "fail",
      reached: null,
      detail: `It could not be checked. The probe does not end like that (exit code 0 from the task started at ${AT}). ${entryPoint}`,
    });
    const late = "did not end within 240 seconds, and was running until then";
    const overdue = { ...ended(undefined, late), isOverdue: true } as const;
    expect(judged("django", overdue)).toMatchObject({
      status: "fail",
      reached: null,
      exitCode: null,
      detail: `It could not be checked. The task started at ${AT} ${late}. ${entryPoint}`,
    });
  });

  it("is no pass where a pull takes too long", () => {
    const late = "did not end within 240 seconds, and was pending until then";
    expect(judged("worker", { ...ended(undefined, late), isOverdue: true })).toMatchObject({
      status: "fail",
      reached: null,
      detail:
        `It could not be checked. The task started at ${AT} ${late}. Where the probe's image cannot be pulled, ` +
        "say what the service's image can run, by checkCommand in services.workers.connectsTo",
    });
  });

  it("is no pass where nothing has run: not checked, and why", () => {
    const pull = "CannotPullContainerError: dial tcp 52.1.2.3:443: i/o timeout";
    expect(judged("worker", ended(undefined, pull))).toMatchObject({
      status: "fail",
      reached: null,
      exitCode: null,
      detail:
        `It could not be checked. The container did not start: ${pull}. Where the probe's image cannot be pulled, ` +
        "say what the service's image can run, by checkCommand in services.workers.connectsTo",
    });
    expect(judged("django", ended(undefined, pull)).detail).toBe(
      `It could not be checked. The container did not start: ${pull}`,
    );
    expect(judged("redis", { started: false, reason: "RESOURCE:ENI" })).toEqual({
      status: "fail",
      reached: null,
      detail: "It could not be checked. ECS started no task: RESOURCE:ENI",
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
