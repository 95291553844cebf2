// What counts as ready, on its way, or failed, in the words of each service.
import type { State } from "@aws-sdk/client-ec2";
import {
  cacheReadiness,
  databaseReadiness,
  endpointsReadiness,
  healthText,
  loadBalancerReadiness,
  serviceReadiness,
  targetReadiness,
} from "../../../src/operations/live/readiness";

describe("a service", () => {
  const completed = { rolloutState: "COMPLETED" } as const;
  const inProgress = { rolloutState: "IN_PROGRESS" } as const;

  it.each([
    ["all tasks run", { desiredCount: 2, runningCount: 2, deployments: [completed] }, "2 of 2 tasks running"],
    // Services that ECS does not roll out itself have no rollout state.
    ["no rollout state", { desiredCount: 2, runningCount: 2, deployments: [{}] }, "2 of 2 tasks running"],
    [
      "none are desired",
      { desiredCount: 0, runningCount: 0, deployments: [completed] },
      "0 of 0 tasks running",
    ],
  ])("is ready: %s", (_, service, detail) => {
    expect(serviceReadiness(service)).toEqual({ state: "ready", detail });
  });

  it.each([
    [
      "tasks are missing",
      { desiredCount: 2, runningCount: 1, deployments: [completed] },
      "1 of 2 tasks running",
    ],
    [
      "tasks are too many",
      { desiredCount: 2, runningCount: 3, deployments: [completed] },
      "3 of 2 tasks running",
    ],
    [
      "the deployment before still goes",
      { desiredCount: 2, runningCount: 2, deployments: [inProgress, completed] },
      "2 of 2 tasks running, 2 deployments",
    ],
    [
      "its tasks have only just started",
      { desiredCount: 2, runningCount: 2, deployments: [inProgress] },
      "2 of 2 tasks running, deployment in progress",
    ],
    [
      "a singleton is replaced",
      {
        desiredCount: 1,
        runningCount: 0,
        deployments: [inProgress, completed],
        deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
      },
      "0 of 1 tasks running, 2 deployments: the old one stops before the new one starts",
    ],
    [
      "the only task has failed while a new one is deployed beside it",
      {
        desiredCount: 1,
        runningCount: 0,
        deployments: [inProgress, completed],
        deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
      },
      "0 of 1 tasks running, 2 deployments",
    ],
    ["nothing is deployed", { desiredCount: 0, runningCount: 0, deployments: [] }, "0 of 0 tasks running"],
  ])("is on its way: %s", (_, service, detail) => {
    expect(serviceReadiness(service)).toEqual({ state: "pending", detail });
  });

  it.each([
    [
      "the circuit breaker has given up",
      [{ rolloutState: "FAILED" as const, rolloutStateReason: "tasks failed to start." }],
      "1 of 2 tasks running; deployment failed: tasks failed to start.",
    ],
    [
      "it is rolled back",
      [
        {
          rolloutState: "IN_PROGRESS" as const,
          rolloutStateReason: "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.",
        },
        { rolloutState: "FAILED" as const, rolloutStateReason: "tasks failed to start." },
      ],
      "1 of 2 tasks running; deployment failed: tasks failed to start.",
    ],
    [
      "it is rolled back, and only that is left",
      [
        {
          rolloutState: "IN_PROGRESS" as const,
          rolloutStateReason: "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.",
        },
      ],
      "1 of 2 tasks running; deployment failed: ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.",
    ],
    [
      "nobody says why",
      [{ rolloutState: "FAILED" as const }],
      "1 of 2 tasks running; deployment failed: no reason given",
    ],
  ])("has failed: %s", (_, deployments, detail) => {
    expect(serviceReadiness({ desiredCount: 2, runningCount: 1, deployments })).toEqual({
      state: "failed",
      detail,
    });
  });
});

describe("a database", () => {
  it.each([
    ["available", "ready"],
    ["backing-up", "ready"],
    ["storage-optimization", "ready"],
    ["storage-initialization", "ready"],
    ["configuring-enhanced-monitoring", "ready"],
    ["creating", "pending"],
    ["modifying", "pending"],
    ["rebooting", "pending"],
    ["upgrading", "pending"],
    ["maintenance", "pending"],
    ["starting", "pending"],
    ["a-state-of-next-year", "pending"],
    ["failed", "failed"],
    ["deleting", "failed"],
    ["incompatible-parameters", "failed"],
    ["incompatible-network", "failed"],
    ["inaccessible-encryption-credentials", "failed"],
    ["inaccessible-encryption-credentials-recoverable", "failed"],
    ["insufficient-capacity", "failed"],
    ["restore-error", "failed"],
    ["storage-full", "failed"],
    ["stopped", "failed"],
  ])("that is %s is %s", (DBInstanceStatus, state) => {
    expect(databaseReadiness({ DBInstanceStatus })).toEqual({ state, detail: DBInstanceStatus });
  });
});

describe("a cache", () => {
  const cache = (Status: string, ...members: readonly string[]) =>
    cacheReadiness({
      group: { Status },
      members: members.map((CacheClusterStatus, index) => ({
        CacheClusterId: `web-00${index + 1}`,
        CacheClusterStatus,
      })),
    });

  it.each([
    ["available", ["available", "available"], "ready", "available"],
    ["snapshotting", ["snapshotting"], "ready", "snapshotting"],
    ["creating", ["available"], "pending", "creating"],
    ["available", ["available", "modifying"], "pending", "web-002 modifying"],
    ["available", ["rebooting cluster nodes"], "pending", "web-001 rebooting cluster nodes"],
    // A cache that becomes smaller.
    ["modifying", ["available", "deleting"], "pending", "modifying"],
    ["create-failed", [], "failed", "create-failed"],
    ["deleting", ["deleting"], "failed", "deleting"],
    ["modifying", ["incompatible-network"], "failed", "web-001 incompatible-network"],
    ["modifying", ["available", "restore-failed"], "failed", "web-002 restore-failed"],
    ["modifying", ["incompatible_parameters"], "failed", "web-001 incompatible_parameters"],
  ])("that is %s with members %j is %s", (status, members, state, detail) => {
    expect(cache(status, ...members)).toEqual({ state, detail });
  });
});

describe("a load balancer", () => {
  it.each([
    [{ Code: "active" as const }, "ready", "active"],
    [{ Code: "provisioning" as const }, "pending", "provisioning"],
    [
      { Code: "active_impaired" as const, Reason: "No free addresses" },
      "pending",
      "active_impaired: No free addresses",
    ],
    [{ Code: "failed" as const, Reason: "Internal failure" }, "failed", "failed: Internal failure"],
  ])("that is %j is %s", (State, state, detail) => {
    expect(loadBalancerReadiness({ State })).toEqual({ state, detail });
  });
});

describe("targets", () => {
  const timeout = {
    State: "unhealthy" as const,
    Reason: "Target.Timeout" as const,
    Description: "Request timed out",
  };
  const readiness = (...health: readonly Parameters<typeof healthText>[0][]) =>
    targetReadiness(health.map((TargetHealth) => ({ TargetHealth })));

  it("are ready when all are healthy, those on their way out aside", () => {
    expect(readiness({ State: "healthy" }, { State: "healthy" }, { State: "draining" })).toEqual({
      state: "ready",
      detail: "2 of 2 targets healthy",
    });
  });

  it("are not ready as long as one is not healthy; alike verdicts are counted", () => {
    expect(readiness({ State: "healthy" }, timeout, timeout, { State: "initial" })).toEqual({
      state: "pending",
      detail: "1 of 4 targets healthy; 2 unhealthy (Target.Timeout: Request timed out); 1 initial",
    });
  });

  it.each([
    ["there are none", []],
    ["all are on their way out", [{ State: "draining" as const }]],
  ])("are not ready when %s", (_, health) => {
    expect(readiness(...health)).toEqual({ state: "pending", detail: "no targets registered" });
  });

  it("have a verdict even where the load balancer says nothing", () => {
    expect(healthText(undefined)).toBe("unknown");
  });
});

describe("VPC endpoints", () => {
  // EC2 answers `available`; the SDK's type knows `Available` alone.
  const endpoints = (...states: readonly string[]) =>
    states.map((state, index) => ({ VpcEndpointId: `vpce-${index + 1}`, State: state as State }));

  it.each([
    [["available", "available"], 2, "ready", "2 of 2 available"],
    [["Available", "Available"], 2, "ready", "2 of 2 available"],
    [["available"], 2, "pending", "1 of 2 available"],
    [["available", "pending"], 2, "pending", "1 of 2 available; vpce-2 is pending"],
    [["available", "PendingAcceptance"], 2, "pending", "1 of 2 available; vpce-2 is PendingAcceptance"],
    // One more that is being made, in another VPC say.
    [["available", "available", "pending"], 2, "pending", "2 of 2 available; vpce-3 is pending"],
    [["available", "failed"], 2, "failed", "1 of 2 available; vpce-2 is failed"],
    [["Rejected", "available"], 2, "failed", "1 of 2 available; vpce-1 is Rejected"],
    [["expired"], 2, "failed", "0 of 2 available; vpce-1 is expired"],
  ])("that are %j, of %d wanted, are %s", (states, wanted, state, detail) => {
    expect(endpointsReadiness(endpoints(...states), wanted)).toEqual({ state, detail });
  });

  it("are not deployed where there are none", () => {
    expect(endpointsReadiness([], 2)).toEqual({ state: "pending", detail: "not deployed" });
  });
});
