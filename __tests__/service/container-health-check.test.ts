// How ECS asks a container whether it is well.
import { DEFAULT_HEALTH_CHECK, DEFAULT_TARGET_HEALTH_CHECK } from "../../src/schema/service-parts";
import { containerHealthCheck, type HealthCheckSource } from "../../src/service/container-health-check";

const WEB: HealthCheckSource = {
  port: 8000,
  healthCheckPath: "/health/live/",
  healthCheck: undefined,
  django: { allowedHosts: [] },
};

function script(service: HealthCheckSource, allowedHosts?: string): string {
  const command = containerHealthCheck(service, allowedHosts)?.command ?? [];
  expect(command.slice(0, 3)).toEqual(["CMD", "python", "-c"]);
  return (command[3] ?? "").replaceAll('\\"', '"');
}

describe("containerHealthCheck", () => {
  it("asks the service's own path, as if over HTTPS and for a host that Django allows", () => {
    expect(script(WEB, "api.example.com,lb.example.com")).toBe(
      'import urllib.request as r; r.urlopen(r.Request("http://127.0.0.1:8000/health/live/", ' +
        'headers={"X-Forwarded-Proto":"https","Host":"api.example.com"}), timeout=5)',
    );
  });

  it.each([
    ["*", undefined],
    ["", undefined],
    [undefined, undefined],
    [".example.com,b.com", "example.com"],
    ["*,b.com", undefined],
  ])("takes from ALLOWED_HOSTS %p the host %p", (allowedHosts, host) => {
    const text = script(WEB, allowedHosts);
    expect(/"Host":"([^"]*)"/.exec(text)?.[1]).toBe(host);
  });

  it("asks on the port that is for health checks, where there is one", () => {
    const targetHealthCheck = { ...DEFAULT_TARGET_HEALTH_CHECK, port: 8001 };
    expect(script({ ...WEB, targetHealthCheck })).toContain('"http://127.0.0.1:8001/health/live/"');
  });

  it("asks nothing of an image that is not Django, which may lack Python", () => {
    expect(containerHealthCheck({ ...WEB, django: undefined }, "api.example.com")).toBeUndefined();
  });

  it("asks an image that is not Django by its command", () => {
    const healthCheck = { ...DEFAULT_HEALTH_CHECK, command: "wget -q -O /dev/null http://127.0.0.1:8000/" };
    expect(containerHealthCheck({ ...WEB, django: undefined, healthCheck }, undefined)?.command).toEqual([
      "CMD-SHELL",
      "wget -q -O /dev/null http://127.0.0.1:8000/",
    ]);
  });

  it("takes the service's command and times instead", () => {
    const healthCheck = {
      command: 'curl -f "http://localhost:5000/health" || exit 1',
      intervalSeconds: 10,
      timeoutSeconds: 3,
      retries: 2,
      startPeriodSeconds: 20,
    };
    expect(containerHealthCheck({ ...WEB, healthCheck }, undefined)).toEqual({
      command: ["CMD-SHELL", 'curl -f \\"http://localhost:5000/health\\" || exit 1'],
      interval: 10,
      timeout: 3,
      retries: 2,
      startPeriod: 20,
    });
  });

  it("has nothing to ask a service without port and command", () => {
    expect(containerHealthCheck({ ...WEB, port: undefined }, undefined)).toBeUndefined();
  });

  it("asks a service without port by its command", () => {
    const healthCheck = {
      command: "test -f /tmp/alive",
      intervalSeconds: 30,
      timeoutSeconds: 5,
      retries: 3,
      startPeriodSeconds: 60,
    };
    expect(containerHealthCheck({ ...WEB, port: undefined, healthCheck }, undefined)?.command).toEqual([
      "CMD-SHELL",
      "test -f /tmp/alive",
    ]);
  });
});
