// Schedules of a service: what they run, how they are called, and that all that is wrong is said at once.
import { oneOffCommandsOf } from "../../src/model/services";
import type { EnvironmentInput } from "../../src/schema/environment";
import { EnvironmentError } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

type ServiceInput = EnvironmentInput["services"][string];

const web: ServiceInput = { image: "shop/web:1.0.0", cpu: 256, memory: 512, django: {} };

function define(services: EnvironmentInput["services"], more: Partial<EnvironmentInput> = {}) {
  return defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services,
    ...more,
  });
}

function problemsOf(services: unknown, more: Partial<EnvironmentInput> = {}): string[] {
  try {
    Reflect.apply(define, undefined, [services, more]);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map(({ path, remedy }) => `${path}: ${remedy}`);
  }
}

const daily = { expression: "rate(1 day)" };

it("has defaults for all but when", () => {
  const { services } = define({ web: { ...web, schedules: { migrate: daily } } });
  expect(services.web?.schedules).toEqual({
    migrate: {
      expression: "rate(1 day)",
      timeZone: "UTC",
      overlap: "forbidden",
      timeLimitMinutes: 60,
      retries: 0,
      startWithinMinutes: 60,
      enabled: true,
    },
  });
});

it("makes a schedule's own command a one-off command of its name, beside those that are there", () => {
  const schedules = {
    sweep: { ...daily, command: ["sweep"] },
    tidy: { ...daily, command: { entryPoint: ["sh", "-c"], command: ["tidy"] } },
    again: { ...daily, command: "migrate" },
  };
  const { services } = define({ web: { ...web, schedules } });
  expect(oneOffCommandsOf(services.web ?? {})).toEqual({
    migrate: { command: ["python", "manage.py", "migrate", "--noinput"] },
    sweep: { command: ["sweep"] },
    tidy: { entryPoint: ["sh", "-c"], command: ["tidy"] },
  });
});

it("says all that is wrong with schedules at once", () => {
  const schedules = {
    sweep: daily,
    seed: { ...daily, command: "migrat" },
    migrate: { ...daily, command: ["migrate"] },
    never: { expression: "cron(0 3 31 2 ? *)", command: ["x"], timeZone: "Berlin", retries: 9 },
  };
  expect(problemsOf({ web: { ...web, schedules }, worker: { ...web, schedules: { seed: daily } } })).toEqual(
    expect.arrayContaining([
      "services.web.schedules.never.expression: Write a day that there is: this would never run.",
      'services.web.schedules.never.timeZone: Write a time zone by its name, such as "Europe/Berlin", or "UTC".',
      "services.web.schedules.never.retries: Give a whole number of retries from 0 to 5.",
      'services.worker.schedules.seed.command: Give it a command: the service has no one-off command "seed".',
    ]),
  );
  const { never: _, ...others } = schedules;
  expect(problemsOf({ web: { ...web, schedules: others } })).toEqual([
    'services.web.schedules.sweep.command: Give it a command: the service has no one-off command "sweep".',
    'services.web.schedules.seed.command: There is no one-off command "migrat"; did you mean "migrate"?',
    'services.web.schedules.migrate.command: Write "migrate", or choose another key: the service has a one-off command of this name already.',
  ]);
});

it.each(["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+1"])(
  "takes the time zone %s",
  (timeZone) => {
    expect(problemsOf({ web: { ...web, schedules: { migrate: { ...daily, timeZone } } } })).toEqual([]);
  },
);

it("refuses two schedules that AWS or Terraform would take for one", () => {
  const sweep = { ...daily, command: ["sweep"] };
  const problems = problemsOf({
    "web-a": { ...web, schedules: { b: sweep } },
    web: { ...web, schedules: { "a-b": sweep } },
  });
  expect(problems.join("\n")).toContain(
    'services.web.schedules.a-b: Choose another name: the schedule "b" of "web-a" has it, and each would run the other\'s command.',
  );
});

it("refuses names that AWS finds too long, and says how long they may be", () => {
  const key = "a".repeat(60);
  expect(problemsOf({ web: { ...web, schedules: { [key]: { ...daily, command: ["x"] } } } })).toEqual([
    expect.stringMatching(
      /^services\.web\.schedules\.a+: Use 55 characters at most, or shorten the environment's "name"/,
    ),
  ]);
});

it("refuses a queue that is called as the one for runs that could not be started", () => {
  const problems = problemsOf(
    { web: { ...web, schedules: { migrate: daily } } },
    { queues: { "undelivered-schedules": {} } },
  );
  expect(problems.join("\n")).toContain("the queue for runs that could not be started");
});
