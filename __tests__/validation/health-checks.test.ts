// What a file may say of health checks: ranges of AWS's, and what must hold between the fields.
import { isHealthyStatus } from "../../src/model/target-health";
import { targetHealthCheck } from "../../src/schema/service-parts";
import { problemsOfService as problemsOf } from "../support/problems";

const target = (settings: object, web: object = {}) =>
  problemsOf({ targetHealthCheck: settings, ...web }).map((problem) =>
    problem.replace("services.web.targetHealthCheck", "target"),
  );

describe("the load balancer's health check", () => {
  it("has the ranges of the CreateTargetGroup API, and says all that is beyond them at once", () => {
    const least = { intervalSeconds: 5, timeoutSeconds: 2, healthyThreshold: 2, unhealthyThreshold: 2 };
    const most = { intervalSeconds: 300, timeoutSeconds: 120, healthyThreshold: 10, unhealthyThreshold: 10 };
    expect([...target(least), ...target(most)]).toEqual([]);
    expect(
      target({ intervalSeconds: 301, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 11 }),
    ).toEqual([
      "target.intervalSeconds: Give a whole number of seconds from 5 to 300.",
      "target.timeoutSeconds: Give a whole number of seconds from 2 to 120.",
      "target.healthyThreshold: Give a whole number of checks from 2 to 10.",
      "target.unhealthyThreshold: Give a whole number of checks from 2 to 10.",
    ]);
  });

  it("takes less time than there is between two checks, by default, too", () => {
    expect(target({ intervalSeconds: 6, timeoutSeconds: 5 })).toEqual([]);
    expect(target({ intervalSeconds: 20, timeoutSeconds: 20 })).toEqual([
      "target.timeoutSeconds: Give less than the 20 of intervalSeconds: an answer has to come before the next check.",
    ]);
    // The time-out of a file that gives none is 5 s.
    expect(target({ intervalSeconds: 5 })).toEqual([
      "target.timeoutSeconds: Give less than the 5 of intervalSeconds: an answer has to come before the next check.",
    ]);
  });

  it.each(["200", "200,204", "200-299", "200-200", "404", "499"])("takes the codes %s", (successCodes) => {
    expect(target({ successCodes })).toEqual([]);
  });

  it.each(["", "99", "199", "500", "200-", "299-200", "200, 204", "200-299,302", "2xx", 200])(
    "does not take the codes %p",
    (successCodes) => {
      expect(target({ successCodes })).toEqual([
        'target.successCodes: Write codes from 200 to 499 with commas between them, such as "200,204", or one range, such as ' +
          '"200-299".',
      ]);
    },
  );

  it("has a port of its own, or none", () => {
    expect(target({ port: 8001 })).toEqual([]);
    expect(target({ port: 8000 })).toEqual(["target.port: Remove it: it is the port that requests go to."]);
    expect(target({ port: 0 })).toEqual(["target.port: Give a port from 1 to 65535."]);
  });

  it("is there only where the load balancer reaches the service", () => {
    expect(target({}, { port: undefined })).toEqual([
      "target: Give the service a port, or remove this: only a service with a port is reached.",
    ]);
  });

  it("does not take for well what Django's own check in the container takes for ill", () => {
    const codes = { successCodes: "200-399" };
    expect(target({ successCodes: "200-299" }, { django: {} })).toEqual([]);
    expect(target(codes, { django: {} })).toEqual([
      "target.successCodes: Give codes from 200 to 299, or healthCheck a command of its own: Python's request, by which the " +
        "container is checked, follows redirects, and takes 400 and above for a failure.",
    ]);
    expect(target(codes, { django: {}, healthCheck: { command: "true" } })).toEqual([]);
    expect(target(codes)).toEqual([]);
  });

  it.each([null, "fast", 7, []])("is refused, and nothing fails, where it is %p", (value) => {
    expect(problemsOf({ targetHealthCheck: value })).toEqual([
      expect.stringMatching(/^services\.web\.targetHealthCheck: /),
    ]);
  });
});

it.each([
  [undefined, 200, true],
  [undefined, 204, false],
  ["200,204", 204, true],
  ["200,204", 202, false],
  ["200-299", 200, true],
  ["200-299", 299, true],
  ["200-299", 302, false],
])("with the codes %p, %i is healthy: %p", (successCodes, status, healthy) => {
  const service = successCodes ? { targetHealthCheck: targetHealthCheck.parse({ successCodes }) } : {};
  expect(isHealthyStatus(service, status)).toBe(healthy);
});

describe("the container's health check", () => {
  it("has the ranges of the ECS API, and says all that is beyond them at once", () => {
    const times = (interval: number, timeout: number, retries: number, start: number) => ({
      healthCheck: {
        command: "true",
        intervalSeconds: interval,
        timeoutSeconds: timeout,
        retries,
        startPeriodSeconds: start,
      },
    });
    expect([...problemsOf(times(5, 2, 1, 0)), ...problemsOf(times(300, 60, 10, 300))]).toEqual([]);
    expect(problemsOf(times(4, 61, 11, 301))).toEqual([
      "services.web.healthCheck.intervalSeconds: Give a whole number of seconds from 5 to 300.",
      "services.web.healthCheck.timeoutSeconds: Give a whole number of seconds from 2 to 60.",
      "services.web.healthCheck.retries: Give a whole number of failures from 1 to 10.",
      "services.web.healthCheck.startPeriodSeconds: Give a whole number of seconds from 0 to 300.",
    ]);
  });
});
