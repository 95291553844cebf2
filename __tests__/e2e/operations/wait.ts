// `wait`, against what Terraform has deployed, with answers in which it is not ready.

import { type AwsProxy, jsonAnswer, queryError, xmlAnswer } from "../support/aws-proxy";
import { SOON } from "../support/command";
import { signal } from "../support/processes";
import { beHealthy, targetHealth } from "./healthy-platform";
import type { Stage } from "./stage";

/** Looks often, since the emulator answers at once. */
const OFTEN = ["--interval", "200ms"] as const;

export function describeWait(stage: () => Stage): void {
  describe("wait", () => {
    beforeEach(() => beHealthy(stage().proxy));

    it("ends at once where everything is ready", async () => {
      const { exitCode, json, seconds } = await stage().ops("wait", "--json");
      const ready = (resource: string, detail: string) => ({
        resource,
        state: "ready",
        detail,
        seconds: expect.any(Number),
        reasons: [],
      });
      expect(json).toEqual({
        command: "wait",
        environment: "lightwave-prod",
        account: "123456789012",
        region: "us-east-1",
        ok: true,
        resources: [
          ready("load-balancer", "active"),
          ready("service:django", "2 of 2 tasks running"),
          ready("targets:django", "2 of 2 targets healthy"),
          ready("database", "available"),
          ready("cache", "available"),
        ],
      });
      expect(exitCode).toBe(0);
      expect(seconds).toBeLessThan(SOON);
    });

    it("waits for targets to become healthy, and shows how they get on", async () => {
      let looks = 0;
      stage().proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => {
        looks += 1;
        return targetHealth(looks < 3 ? ["healthy", "unhealthy"] : ["healthy", "healthy"]);
      });
      const { exitCode, stdout, stderr } = await stage().ops("wait", ...OFTEN);
      // The last one is at all of them together.
      expect({ exitCode, looks }).toEqual({ exitCode: 0, looks: 4 });
      const progress = stderr.split("\n").filter((line) => line.startsWith("targets of django: "));
      expect(progress).toEqual([
        "targets of django: 1 of 2 targets healthy; 1 unhealthy (Target.ResponseCodeMismatch: Health checks failed with these codes: [500])",
        "targets of django: 2 of 2 targets healthy",
      ]);
      expect(stdout).toContain("Everything is ready.");
    });

    it("says at the timeout why a service's tasks stop, and which target is not healthy", async () => {
      const { proxy } = stage();
      answerServices(proxy, {
        runningCount: 0,
        deployments: [{ status: "PRIMARY", rolloutState: "IN_PROGRESS" }],
        events: [
          { id: "1", createdAt: 1_800_000_000, message: "(service django) has started 2 tasks: (task a)." },
          { id: "2", createdAt: 1_800_000_060, message: "(service django) is unable to place tasks." },
        ],
      });
      const task = "arn:aws:ecs:us-east-1:123456789012:task/lightwave-prod/0123abcd";
      proxy.answer("ecs:ListTasks", () => jsonAnswer({ taskArns: [task] }));
      proxy.answer("ecs:DescribeTasks", () =>
        jsonAnswer({
          tasks: [
            {
              taskArn: task,
              stoppedAt: 1_800_000_030,
              stopCode: "TaskFailedToStart",
              stoppedReason: "CannotPullContainerError: pull image manifest has been retried 5 time(s)",
              containers: [{ name: "django", exitCode: 1, reason: "Error" }],
            },
          ],
        }),
      );
      proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["unhealthy"]));
      const { exitCode, json, seconds } = await stage().ops("wait", "--timeout", "10s", ...OFTEN, "--json");
      expect(exitCode).toBe(1);
      expect(resource(json, "service:django")).toEqual({
        resource: "service:django",
        state: "pending",
        detail: "0 of 2 tasks running",
        // Of the three that it has: on a busy machine, some pass before the first look.
        seconds: expect.any(Number),
        reasons: [
          "2027-01-15T08:01:00Z (service django) is unable to place tasks.",
          "2027-01-15T08:00:00Z (service django) has started 2 tasks: (task a).",
          "2027-01-15T08:00:30Z task 0123abcd stopped: TaskFailedToStart: CannotPullContainerError: " +
            "pull image manifest has been retried 5 time(s); container django: exit code 1, Error",
        ],
      });
      expect(resource(json, "targets:django")).toMatchObject({
        state: "pending",
        reasons: [
          "10.0.128.10:8000 unhealthy (Target.ResponseCodeMismatch: Health checks failed with these codes: [500])",
        ],
      });
      expect(unready(json)).toEqual(["service:django", "targets:django"]);
      // The time is the user's: what is told at its end is told within it (and does not end with exit code 3).
      expect(seconds).toBeLessThan(SOON);
    });

    it("does not wait for a deployment that the circuit breaker has given up", async () => {
      const reason = "ECS deployment circuit breaker: tasks failed to start.";
      answerServices(stage().proxy, {
        runningCount: 1,
        deployments: [{ status: "PRIMARY", rolloutState: "FAILED", rolloutStateReason: reason }],
      });
      const { exitCode, stdout, seconds } = await stage().ops("wait", ...OFTEN);
      expect(exitCode).toBe(1);
      expect(stdout).toContain(
        `service:django is not ready: 1 of 2 tasks running; deployment failed: ${reason}\n`,
      );
      expect(seconds).toBeLessThan(SOON);
    });

    it("does not wait for data stores that do not come back, and says what AWS has noted about them", async () => {
      const { proxy } = stage();
      proxy.answer("rds:DescribeDBInstances", async (_, forward) => {
        const answer = await forward();
        const status = "DBInstanceStatus>";
        return {
          ...answer,
          body: answer.body.replace(`<${status}available`, `<${status}incompatible-parameters`),
        };
      });
      proxy.answer("rds:DescribeEvents", () =>
        events(
          "rds",
          "2014-10-31",
          "2027-01-15T08:00:00.000Z",
          "Database instance put into incompatible-parameters.",
        ),
      );
      proxy.answer("elasticache:DescribeReplicationGroups", async (_, forward) => {
        const answer = await forward();
        return { ...answer, body: answer.body.replace("<Status>available<", "<Status>create-failed<") };
      });
      proxy.answer("elasticache:DescribeEvents", ({ body }) =>
        body.includes("replication-group")
          ? events("elasticache", "2015-02-02", "2027-01-15T09:00:00.000Z", "Insufficient capacity.")
          : events("elasticache", "2015-02-02", "2027-01-15T09:01:00.000Z", "Node failed."),
      );
      const { exitCode, json, seconds } = await stage().ops("wait", ...OFTEN, "--json");
      expect(exitCode).toBe(1);
      expect(resource(json, "database")).toMatchObject({
        state: "failed",
        detail: "incompatible-parameters",
        reasons: ["2027-01-15T08:00:00Z Database instance put into incompatible-parameters."],
      });
      const cache = resource(json, "cache");
      expect(cache).toMatchObject({ state: "failed", detail: "create-failed" });
      expect(cache?.reasons[0]).toBe("2027-01-15T09:01:00Z Node failed.");
      expect(cache?.reasons.at(-1)).toBe("2027-01-15T09:00:00Z Insufficient capacity.");
      expect(unready(json)).toEqual(["database", "cache"]);
      expect(seconds).toBeLessThan(SOON);
    });

    it("says of an environment that is not there that it is not deployed", async () => {
      const { exitCode, json } = await stage().ops(
        "wait",
        "--environment",
        "helloapi",
        "--timeout",
        "10s",
        ...OFTEN,
        "--json",
      );
      expect(exitCode).toBe(1);
      expect(unready(json)).toEqual(["load-balancer", "service:api", "targets:api", "database"]);
      expect(resource(json, "database")).toMatchObject({
        state: "pending",
        detail: "not deployed",
        reasons: [],
      });
    });

    it("ends all of it where one call is not allowed, and names the IAM action", async () => {
      const { proxy } = stage();
      proxy.answer("rds:DescribeDBInstances", () => queryError("AccessDenied", "You may not.", 403));
      // Would be waited for otherwise.
      proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["unhealthy"]));
      const { exitCode, json, seconds } = await stage().ops("wait", "--json");
      expect(exitCode).toBe(3);
      expect(json).toMatchObject({
        ok: false,
        error: {
          kind: "not-allowed",
          call: "RDS DescribeDBInstances",
          iamAction: "rds:DescribeDBInstances",
        },
      });
      expect(seconds).toBeLessThan(SOON);
    });

    it("ends at once when it is interrupted between two looks", async () => {
      const { proxy, workspace } = stage();
      proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["unhealthy"]));
      const running = workspace.startOps(["wait", "--interval", "120s"], {
        AWS_ENDPOINT_URL: proxy.endpoint,
      });
      while (!running.output().includes("targets of django: ")) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      signal(running.pid, "SIGINT");
      const { exitCode, stdout, stderr, seconds } = await running.ended;
      expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
      expect(stderr).toMatch(/\n"wait" was interrupted\.\n$/);
      // Less than the pause between two looks.
      expect(seconds).toBeLessThan(SOON);
    });

    it("moves on a terminal, and Ctrl-C there ends it as anywhere", async () => {
      const { proxy, workspace } = stage();
      proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["unhealthy"]));
      const { exitCode, stdout } = await workspace.startOpsOnTerminal(
        ["wait"],
        [{ text: "targets of django: 0 of 1 targets healthy", typed: "\u0003" }],
        { AWS_ENDPOINT_URL: proxy.endpoint },
      ).ended;
      // The cursor goes back to the lines that change, and is shown again in the end.
      expect(stdout).toContain("\u001b[1A");
      expect(stdout).toContain("\u001b[?25h");
      expect(stdout).toContain('"wait" was interrupted.\r\n');
      expect(exitCode).toBe(130);
    });
  });
}

/** DescribeServices's real answer, with these members of each service and each deployment changed. */
function answerServices(
  proxy: AwsProxy,
  change: { readonly deployments: readonly object[]; readonly [member: string]: unknown },
): void {
  proxy.answer("ecs:DescribeServices", async (_, forward) => {
    const answer = JSON.parse((await forward()).body);
    return jsonAnswer({
      ...answer,
      services: answer.services.map((service: { deployments: readonly object[] }) => ({
        ...service,
        ...change,
        deployments: change.deployments.map((deployment) => ({ ...service.deployments[0], ...deployment })),
      })),
    });
  });
}

/** DescribeEvents's answer of RDS or ElastiCache, with one event. */
function events(service: string, version: string, date: string, message: string) {
  const event = `<Event><Message>${message}</Message><Date>${date}</Date></Event>`;
  return xmlAnswer(
    `<DescribeEventsResponse xmlns="http://${service}.amazonaws.com/doc/${version}/"><DescribeEventsResult><Events>${event}</Events></DescribeEventsResult></DescribeEventsResponse>`,
  );
}

interface Waited {
  readonly resource: string;
  readonly state: string;
  readonly reasons: readonly string[];
}

function waited(json: unknown): readonly Waited[] {
  const { resources = [] }: { resources?: readonly Waited[] } = Object(json);
  return resources;
}

function resource(json: unknown, name: string): Waited | undefined {
  return waited(json).find(({ resource }) => resource === name);
}

/** Those that are not ready. */
function unready(json: unknown): string[] {
  return waited(json)
    .filter(({ state }) => state !== "ready")
    .map(({ resource }) => resource);
}
