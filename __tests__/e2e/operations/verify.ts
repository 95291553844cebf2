// `verify`: green after a deployment, and each thing that people do to accounts found under its name.
import { setTimeout as sleep } from "node:timers/promises";
import { type AwsCall, jsonAnswer, jsonError, queryError } from "../support/aws-proxy";
import type { Running } from "../support/command";
import { signal } from "../support/processes";
import { startDrill } from "./drill";
import { type HealthServer, startHealthServer } from "./health-server";
import {
  beHealthy,
  logEvents,
  PROBE_TASK,
  startedTask,
  stoppedTask,
  TASK,
  targetHealth,
  taskStarted,
} from "./healthy-platform";
import { PlatformFaults } from "./platform-faults";
import type { Stage } from "./stage";

interface Finding {
  readonly id: string;
  readonly finding: string;
  readonly remedy: string;
  readonly severity?: string;
}

interface Check {
  readonly id: string;
  readonly status: string;
  readonly detail: string;
  readonly severity?: string;
  readonly findings?: readonly Finding[];
  readonly reached?: boolean | null;
  readonly exitCode?: number | null;
  readonly log?: readonly string[];
}

interface Verified {
  readonly exitCode: number | undefined;
  /** IDs of the checks that failed. */
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  check(id: string): Check | undefined;
}

const ALL = [
  "resource:alb",
  "resource:django",
  "resource:postgres",
  "resource:redis",
  "group:alb",
  "group:django",
  "group:postgres",
  "group:redis",
  "flow:alb-from-internet-80-tcp",
  "flow:alb-from-internet-443-tcp",
  "flow:django-from-alb-8000-tcp",
  "flow:postgres-from-django-5432-tcp",
  "flow:redis-from-django-6379-tcp",
  "flow:django-to-internet-all",
  "undeclared:alb",
  "undeclared:django",
  "undeclared:postgres",
  "undeclared:redis",
  "acl:data",
  "internet:80",
  "internet:443",
  "targets:django",
  "database:django",
  "cache:django",
  "health:django",
  "tls:443",
  "redirect:80",
  "hosts:443",
  "headers:django",
];

/** A deployment of both stacks that changes little. */
const DEPLOYMENT = 600_000;

export function describeVerify(stage: () => Stage): void {
  describe("verify", () => {
    let faults: PlatformFaults;
    let health: HealthServer;

    beforeAll(async () => {
      faults = await PlatformFaults.of(stage().emulator.endpoint);
      health = await startHealthServer("api.lightwave-media.ltd");
    });
    afterAll(async () => {
      faults?.close();
      await health?.stop();
    });
    beforeEach(() => {
      beHealthy(stage().proxy);
      health.answer(200);
    });

    const trusting = () => ({ NODE_EXTRA_CA_CERTS: health.certificate });
    const reaching = () => ["--connect-to", health.address, "--connect-http-to", health.httpAddress];
    const verifyWith = async (
      variables: Readonly<Record<string, string>>,
      ...args: readonly string[]
    ): Promise<Verified> => {
      const { exitCode, json } = await stage().opsWith(variables, "verify", "--json", ...args);
      return { exitCode, ...verified((json as { checks: readonly Check[] }).checks) };
    };
    const verify = () => verifyWith(trusting(), "--yes", ...reaching());
    const green = { exitCode: 0, failed: [], skipped: [] };

    it("passes every check after a deployment, and starts one task for each store, like the service's own", async () => {
      const started: Record<string, unknown>[] = [];
      stage().proxy.answer("ecs:RunTask", ({ body }: AwsCall) => {
        started.push(JSON.parse(body));
        return taskStarted(startedTask(body).arn);
      });
      const logsAsked: unknown[] = [];
      stage().proxy.answer("logs:GetLogEvents", ({ body }: AwsCall) => {
        logsAsked.push(JSON.parse(body));
        return logEvents("\u001b[32mSystem check identified no issues (0 silenced).\u001b[0m\n");
      });
      const { exitCode, json } = await stage().opsWith(
        trusting(),
        "verify",
        "--json",
        "--yes",
        ...reaching(),
      );
      const { checks, ...document } = json as { checks: readonly Check[] };
      expect(document).toEqual({
        command: "verify",
        environment: "lightwave-prod",
        account: "123456789012",
        region: "us-east-1",
        ok: true,
      });
      expect(checks.map(({ id, status }) => `${id} ${status}`)).toEqual(ALL.map((id) => `${id} pass`));
      expect(exitCode).toBe(0);
      const like = {
        cluster: "lightwave-prod",
        taskDefinition: expect.stringMatching(/task-definition\/lightwave-django-prod:\d+$/),
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [expect.stringMatching(/^subnet-/), expect.stringMatching(/^subnet-/)],
            securityGroups: [faults.groupId("ecs-sg")],
            assignPublicIp: "DISABLED",
          },
        },
        capacityProviderStrategy: [
          { capacityProvider: "FARGATE", weight: 1, base: 2 },
          { capacityProvider: "FARGATE_SPOT", weight: 1 },
        ],
        enableECSManagedTags: true,
        startedBy: "ops-verify",
        count: 1,
        clientToken: expect.any(String),
      };
      const running = (...command: readonly unknown[]) => ({
        ...like,
        overrides: { containerOverrides: [{ name: "django", command }] },
      });
      expect(started).toHaveLength(2);
      expect(started).toEqual(
        expect.arrayContaining([
          running("python", "manage.py", "check", "--database", "default"),
          running(
            "python",
            "-c",
            expect.stringContaining("socket.create_connection"),
            "REDIS_HOST",
            "REDIS_PORT",
            "redis",
          ),
        ]),
      );
      expect(logsAsked).toHaveLength(2);
      expect(logsAsked).toEqual(
        expect.arrayContaining(
          ["0f1e2d3c4b5a69788796a5b4c3d2e1f0", "9a8b7c6d5e4f39281706f5e4d3c2b1a0"].map((task) => ({
            logGroupName: "/ecs/lightwave-django-prod",
            logStreamName: `ecs/django/${task}`,
            limit: 20,
          })),
        ),
      );
      const database = checks.find(({ id }) => id === "database:django");
      expect(database).toMatchObject({
        reached: true,
        exitCode: 0,
        log: ["System check identified no issues (0 silenced)."],
      });
      expect(checks.find(({ id }) => id === "cache:django")).toMatchObject({
        reached: true,
        exitCode: 80,
        detail: expect.stringMatching(/^its port answers, with TLS \(exit code 80 from the task started at /),
      });
      expect(health.requests()).toContain("GET api.lightwave-media.ltd/health/live/");
    });

    it("tells a person the result on standard output, and starts nothing where there is nobody to ask", async () => {
      const { exitCode, stdout, stderr } = await stage().opsWith(trusting(), "verify", ...reaching());
      expect(exitCode).toBe(0);
      expect(stderr).toContain("health:django: pass");
      expect(stdout).toContain("starts a task: say --yes");
      expect(stdout).toContain("27 passed, 0 failed, 2 skipped.");
      expect(stage().proxy.calls()).not.toContain("ecs:RunTask");
    });

    it("says in a dry run which tasks it would start", async () => {
      const { exitCode, json, stderr } = await stage().opsWith(
        trusting(),
        "verify",
        "--dry-run",
        "--json",
        ...reaching(),
      );
      expect(exitCode).toBe(0);
      expect(stderr).toContain('it runs "python manage.py check --database default"');
      expect(stderr).toContain("cache:django starts a task in the cluster lightwave-prod, like those of ");
      expect(verified((json as { checks: readonly Check[] }).checks).check("database:django")).toMatchObject({
        status: "skipped",
        detail: "dry run",
      });
      expect(stage().proxy.calls()).not.toContain("ecs:RunTask");
    });

    it("reports the exit code, the last lines and ECS's reasons where a store is not reached", async () => {
      const INSIDE = ["database:django", "cache:django"];
      stage().proxy.answer("ecs:DescribeTasks", ({ body }) => {
        const [task] = JSON.parse(body).tasks;
        return stoppedTask({ exitCode: task === PROBE_TASK ? 83 : 1 }, task);
      });
      stage().proxy.answer("logs:GetLogEvents", () =>
        logEvents("Traceback (most recent call last):", "OperationalError: connection timed out"),
      );
      const failed = await verify();
      expect(failed).toMatchObject({ exitCode: 1, failed: INSIDE });
      expect(failed.check("database:django")).toMatchObject({
        reached: false,
        exitCode: 1,
        log: ["Traceback (most recent call last):", "OperationalError: connection timed out"],
      });
      expect(failed.check("cache:django")).toMatchObject({
        reached: false,
        exitCode: 83,
        detail: expect.stringMatching(/^no answer within 10 seconds: a security group, /),
      });

      stage().proxy.answer("ecs:DescribeTasks", ({ body }) =>
        stoppedTask({ reason: "CannotPullContainerError: not found" }, JSON.parse(body).tasks[0]),
      );
      const unstarted = await verify();
      expect(unstarted.failed).toEqual(INSIDE);
      for (const id of INSIDE) {
        expect(unstarted.check(id)).toMatchObject({
          reached: null,
          exitCode: null,
          detail:
            "It could not be checked. The container did not start: Essential container in task exited; " +
            "CannotPullContainerError: not found",
        });
      }

      stage().proxy.answer("ecs:RunTask", () =>
        jsonAnswer({ tasks: [], failures: [{ reason: "RESOURCE:ENI", detail: "no address left" }] }),
      );
      const refused = await verify();
      expect(refused.failed).toEqual(INSIDE);
      for (const id of INSIDE) {
        expect(refused.check(id)).toMatchObject({
          reached: null,
          detail: "It could not be checked. ECS started no task: RESOURCE:ENI: no address left",
        });
      }
    });

    it("fails where the health endpoint does not answer 200, or its certificate is nobody's", async () => {
      health.answer(503);
      const unwell = await verify();
      expect(unwell).toMatchObject({ exitCode: 1, failed: ["health:django"] });
      expect(unwell.check("health:django")?.detail).toBe(
        `503: GET https://api.lightwave-media.ltd/health/live/\nat ${health.address}`,
      );

      health.answer(200);
      const untrusted = await verifyWith({}, "--yes", ...reaching());
      expect(untrusted.failed).toEqual(["health:django", "hosts:443", "headers:django"]);
      expect(untrusted.check("health:django")?.detail).toContain(
        "the certificate for api.lightwave-media.ltd is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
      );

      const nobody = await verifyWith({}, "--yes", "--connect-to", "127.0.0.1:1");
      expect(nobody.failed).toEqual(["health:django", "tls:443", "hosts:443", "headers:django"]);
      expect(nobody.check("health:django")?.detail).toContain("no answer (ECONNREFUSED)");
    });

    it("finds an old TLS, a missing redirect, a host that is nobody's and a missing header over the wire", async () => {
      const wire = async (commit: () => void, undo: () => void) => {
        commit();
        try {
          return await verify();
        } finally {
          undo();
        }
      };
      const old = await wire(
        () => health.speakOldTls(true),
        () => health.speakOldTls(false),
      );
      expect(old.failed).toEqual(["tls:443"]);
      expect(old.check("tls:443")?.detail).toMatch(/^it speaks TLS 1\.0 and TLS 1\.1\n/);
      const plain = await wire(
        () => health.redirect(false),
        () => health.redirect(true),
      );
      expect(plain.failed).toEqual(["redirect:80"]);
      const open = await wire(
        () => health.refuseOthers(false),
        () => health.refuseOthers(true),
      );
      expect(open.failed).toEqual(["hosts:443"]);
      expect(open.check("hosts:443")?.detail).toMatch(/^200 for undeclared\.invalid, not 421: /);
      const bare = await wire(
        () => health.leaveOut("Referrer-Policy"),
        () => health.leaveOut(undefined),
      );
      expect(bare.failed).toEqual(["headers:django"]);
      expect(bare.check("headers:django")?.detail).toMatch(/^Referrer-Policy is missing: /);
    });

    it("skips the database check before the first deployment, and what else depends on it", async () => {
      const { exitCode, failed, skipped, check } = await verifyWith({}, "--yes", "--environment", "helloapi");
      expect({ exitCode, failed }).toEqual({
        exitCode: 1,
        failed: [
          "resource:alb",
          "resource:api",
          "resource:postgres",
          "group:alb",
          "group:api",
          "group:postgres",
        ],
      });
      expect(skipped).toEqual([
        "flow:alb-from-internet-80-tcp",
        "flow:alb-from-internet-443-tcp",
        "flow:api-from-alb-8000-tcp",
        "flow:postgres-from-api-5432-tcp",
        "flow:api-to-internet-all",
        "undeclared:alb",
        "undeclared:api",
        "undeclared:postgres",
        "acl:data",
        "internet:80",
        "internet:443",
        "targets:api",
        "database:api",
        "health:api",
        "tls:443",
        "redirect:80",
        "hosts:443",
        "headers:api",
      ]);
      expect(check("database:api")?.detail).toBe("not deployed yet");
    });

    describe("finds what was done by hand, and nothing else", () => {
      interface Fault {
        readonly what: string;
        /** Does it, and returns what undoes it. */
        readonly commit: () => Promise<() => Promise<unknown>>;
        readonly failed: readonly string[];
        readonly skipped?: readonly string[];
        readonly look?: (found: Verified) => void;
      }
      const table: readonly Fault[] = [
        {
          what: "a port widened",
          commit: async () => {
            const rule = await faults.ingressRule("postgres-sg", 5432);
            await faults.changePorts("postgres-sg", rule, [5432, 5439]);
            return () => faults.changePorts("postgres-sg", rule, [5432, 5432]);
          },
          failed: ["undeclared:postgres"],
          look: ({ check }) => {
            expect(check("undeclared:postgres")?.findings).toEqual([
              expect.objectContaining({
                finding:
                  "django could reach postgres on 5432-5439/tcp; it is postgres-from-django-5432-tcp made wider",
                remedy:
                  "ENVIRONMENT=lightwave-prod npx cdktf deploy security-group-rules --ignore-missing-stack-dependencies",
              }),
            ]);
            expect(check("undeclared:postgres")).not.toHaveProperty("severity");
            expect(check("flow:postgres-from-django-5432-tcp")?.detail).toMatch(
              /^within the wider sgr-[0-9a-f]+, 5432-5439\/tcp$/,
            );
          },
        },
        {
          what: "0.0.0.0/0 on 5432",
          commit: async () => {
            const id = await faults.admit("postgres-sg", 5432, { cidr: "0.0.0.0/0" });
            return () => faults.revoke("postgres-sg", id);
          },
          failed: ["undeclared:postgres"],
          look: ({ check }) => {
            const { severity, findings } = check("undeclared:postgres") ?? {};
            expect(severity).toBe("critical");
            expect(findings).toEqual([
              expect.objectContaining({
                finding: "the Internet could reach postgres on 5432/tcp",
                severity: "critical",
                remedy: expect.stringMatching(
                  /^aws ec2 revoke-security-group-ingress --region us-east-1 --group-id sg-\w+ --security-group-rule-ids sgr-\w+$/,
                ),
              }),
            ]);
          },
        },
        {
          what: "everybody by a prefix list on 6379",
          commit: async () => {
            const list = await faults.createPrefixList("0.0.0.0/1", "128.0.0.0/1");
            const id = await faults.admit("redis-sg", 6379, { prefixList: list });
            return async () => {
              await faults.revoke("redis-sg", id);
              await faults.deletePrefixList(list);
            };
          },
          failed: ["undeclared:redis"],
          look: ({ check }) => {
            expect(check("undeclared:redis")).toMatchObject({
              severity: "critical",
              detail: expect.stringMatching(
                /^sgr-\w+: the Internet \(by prefix list pl-\w+ \(0\.0\.0\.0\/1, 128\.0\.0\.0\/1\)\) could reach redis on 6379\/tcp$/,
              ),
            });
          },
        },
        {
          what: "a second group with the same Name tag",
          commit: async () => {
            const id = await faults.createGroup("copy", "lightwave-django-prod-postgres-sg");
            return () => faults.deleteGroup(id);
          },
          failed: ["group:postgres"],
        },
        {
          what: "the service on another group",
          commit: async () => {
            const id = await faults.createGroup("another", "another");
            await faults.moveService(id);
            return async () => {
              await faults.moveService(faults.groupId("ecs-sg"));
              await faults.deleteGroup(id);
            };
          },
          failed: ["group:django"],
          skipped: [
            "flow:django-from-alb-8000-tcp",
            "flow:postgres-from-django-5432-tcp",
            "flow:redis-from-django-6379-tcp",
            "flow:django-to-internet-all",
          ],
        },
        {
          what: "the data subnets' network ACL opened",
          commit: async () => {
            const drill = startDrill(stage().emulator.endpoint);
            const [, data] = await drill.platformAcls();
            await drill.addEntry(data, { RuleNumber: 7, CidrBlock: "0.0.0.0/0", RuleAction: "allow" });
            return async () => {
              await drill.removeEntry(data, 7);
              drill.dispose();
            };
          },
          failed: ["acl:data"],
          look: ({ check }) =>
            expect(check("acl:data")?.detail).toMatch(
              /^acl-\w+: rule 7 allows all ports from the Internet, which is not declared\naws ec2 delete-network-acl-entry --region us-east-1 --network-acl-id acl-\w+ --rule-number 7 --ingress$/,
            ),
        },
        {
          what: "an unhealthy target",
          commit: async () => {
            stage().proxy.answer("elasticloadbalancing:DescribeTargetHealth", () =>
              targetHealth(["healthy", "unhealthy"]),
            );
            return async () => beHealthy(stage().proxy);
          },
          failed: ["targets:django"],
          look: ({ check }) =>
            expect(check("targets:django")?.detail).toBe(
              "1 of 2 targets healthy; 1 unhealthy (Target.ResponseCodeMismatch: Health checks failed with these codes: [500])",
            ),
        },
        {
          what: "the service scaled to 0",
          commit: async () => {
            await faults.scaleService(0);
            return () => faults.scaleService(2);
          },
          failed: ["resource:django"],
          skipped: ["targets:django", "health:django", "headers:django"],
          look: ({ check }) => expect(check("resource:django")?.detail).toBe("scaled to 0: nothing runs"),
        },
      ];

      it.each(table)("$what", async ({ commit, failed, skipped = [], look }) => {
        const undo = await commit();
        try {
          const found = await verify();
          expect(found).toMatchObject({ exitCode: 1, failed, skipped });
          look?.(found);
        } finally {
          await undo();
        }
        expect(await verify()).toMatchObject(green);
      });
    });

    it(
      "is green again once Terraform has put back what it owns, and somebody has removed the rest",
      async () => {
        const redis = await faults.ingressRule("redis-sg", 6379);
        await faults.revoke("redis-sg", redis.id);
        const revoked = await verify();
        expect(revoked).toMatchObject({
          exitCode: 1,
          failed: ["flow:redis-from-django-6379-tcp"],
          skipped: [],
        });
        expect(revoked.check("flow:redis-from-django-6379-tcp")?.detail).toBe(
          [
            "closed: django cannot reach redis on 6379/tcp",
            `missing: redis-from-django-6379-tcp, ingress rule of ${faults.groupId("redis-sg")}`,
            "ENVIRONMENT=lightwave-prod npx cdktf deploy security-group-rules --ignore-missing-stack-dependencies",
          ].join("\n"),
        );

        await faults.changePorts("postgres-sg", await faults.ingressRule("postgres-sg", 5432), [5400, 5500]);
        const another = await faults.createGroup("another", "another");
        await faults.moveService(another);
        const open = await faults.admit("postgres-sg", 5432, { cidr: "0.0.0.0/0" });
        expect((await verify()).failed).toEqual([
          "group:django",
          "flow:redis-from-django-6379-tcp",
          "undeclared:postgres",
        ]);

        await stage().workspace.deploy(
          ["django", "security-group-rules"],
          "--ignore-missing-stack-dependencies",
        );
        const repaired = await verify();
        expect(repaired).toMatchObject({ exitCode: 1, failed: ["undeclared:postgres"], skipped: [] });
        expect(repaired.check("undeclared:postgres")?.findings?.map(({ id }) => id)).toEqual([open]);

        await faults.revoke("postgres-sg", open);
        await faults.deleteGroup(another);
        expect(await verify()).toMatchObject(green);
      },
      DEPLOYMENT,
    );

    it("keeps all other answers where AWS refuses what one check needs", async () => {
      stage().proxy.answer("ecs:RunTask", () =>
        jsonError(
          "AccessDeniedException",
          "User: arn:aws:iam::123456789012:user/ops is not authorized to perform: iam:PassRole on resource: x",
        ),
      );
      const noTask = await verify();
      expect(noTask).toMatchObject({ exitCode: 1, failed: ["database:django", "cache:django"], skipped: [] });
      expect(noTask.check("database:django")?.detail).toMatch(
        /^It could not be checked\. AWS does not allow ECS RunTask: the credentials lack the IAM action iam:PassRole\./,
      );

      beHealthy(stage().proxy);
      const refusal = () => queryError("AccessDenied", "User: ops is not authorized.", 403);
      stage().proxy.answer("rds:DescribeDBInstances", refusal);
      stage().proxy.answer("elasticloadbalancing:DescribeTargetHealth", refusal);
      const less = await verify();
      expect(less).toMatchObject({
        exitCode: 1,
        failed: [
          "resource:postgres",
          "group:postgres",
          "flow:postgres-from-django-5432-tcp",
          "undeclared:postgres",
          "targets:django",
        ],
        skipped: [],
      });
      expect(less.check("resource:postgres")?.detail).toContain("the IAM action rds:DescribeDBInstances");

      beHealthy(stage().proxy);
      stage().proxy.answer("logs:GetLogEvents", () => jsonError("AccessDeniedException", "No."));
      expect(await verify()).toMatchObject(green);
    });

    it("stops its tasks at Ctrl-C, and when the time is up", async () => {
      const stopped: unknown[] = [];
      stage().proxy.answer("ecs:DescribeTasks", () =>
        jsonAnswer({ tasks: [{ taskArn: TASK, lastStatus: "RUNNING", containers: [] }], failures: [] }),
      );
      stage().proxy.answer("ecs:StopTask", ({ body }) => {
        stopped.push(JSON.parse(body));
        return jsonAnswer({ task: { taskArn: TASK } });
      });
      let started: string[] = [];
      const start = (body: string) => {
        const { arn } = startedTask(body);
        started.push(arn);
        return taskStarted(arn);
      };
      stage().proxy.answer("ecs:RunTask", ({ body }) => start(body));
      /** That each task which was started was stopped, and how many there were. */
      const expectStopped = (...counts: readonly number[]) => {
        expect(stopped).toHaveLength(started.length);
        expect(stopped).toEqual(
          expect.arrayContaining(
            started.map((task) => ({
              cluster: "lightwave-prod",
              task,
              reason: "ops-verify was interrupted",
            })),
          ),
        );
        expect(counts).toContain(started.length);
        started = [];
        stopped.length = 0;
      };

      const run = stage().startOps(trusting(), "verify", "--yes", "--json", ...reaching());
      await until(run, /database:django: running/);
      await until(run, /cache:django: running/);
      signal(-run.pid, "SIGINT");
      const { exitCode, stdout } = await run.ended;
      expect(exitCode).toBe(130);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { kind: "interrupted" } });
      expectStopped(2);

      // Also a task of which nobody has heard yet; what comes after Ctrl-C is not started.
      stage().proxy.answer("ecs:RunTask", async ({ body }) => {
        if (started.length === 0) {
          signal(-early.pid, "SIGINT");
        }
        const answer = start(body);
        await sleep(1_000);
        return answer;
      });
      const early = stage().startOps(trusting(), "verify", "--yes", ...reaching());
      expect((await early.ended).exitCode).toBe(130);
      expectStopped(1, 2);

      stage().proxy.answer("ecs:RunTask", ({ body }) => start(body));
      const late = await stage().opsWith(trusting(), "verify", "--yes", "--timeout", "20s", ...reaching());
      expect(late.exitCode).toBe(3);
      expect(late.stderr).toContain('"verify" did not end within 20s: allow more with --timeout.');
      expectStopped(2);
    });

    it("asks on a terminal, and stops its task there, too", async () => {
      const onTerminal = (...steps: readonly { readonly text: string; readonly typed: string }[]) =>
        stage().workspace.startOpsOnTerminal(["verify", ...reaching()], steps, {
          AWS_ENDPOINT_URL: stage().proxy.endpoint,
          ...trusting(),
        }).ended;
      const question = "Start them? [y/N]";
      const no = await onTerminal({ text: question, typed: "n\r" });
      expect(no.exitCode).toBe(0);
      expect(no.stdout).toContain("not wanted");
      expect(stage().proxy.calls()).not.toContain("ecs:RunTask");

      const gone = await onTerminal({ text: question, typed: "\u0003" });
      expect(gone.exitCode).toBe(130);
      expect(gone.stdout).toContain('"verify" was interrupted.');

      stage().proxy.answer("ecs:DescribeTasks", () =>
        jsonAnswer({ tasks: [{ taskArn: TASK, lastStatus: "RUNNING", containers: [] }], failures: [] }),
      );
      const yes = await onTerminal(
        { text: question, typed: "y\r" },
        { text: "database:django: running", typed: "\u0003" },
      );
      expect(yes.exitCode).toBe(130);
      expect(stage().proxy.calls()).toContain("ecs:StopTask");
    });

    it("watches: a line each round, one task for each store in all, and the last round's exit code at Ctrl-C", async () => {
      const run = stage().startOps(
        trusting(),
        "verify",
        "--watch",
        "--interval",
        "1s",
        "--yes",
        "--json",
        ...reaching(),
      );
      await until(run, /"ok":true/);
      stage().proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["unhealthy"]));
      await until(run, /"ok":false/);
      signal(-run.pid, "SIGINT");
      const { exitCode, stdout } = await run.ended;
      expect(exitCode).toBe(1);
      const rounds = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as { ok: boolean; checks: readonly Check[] });
      const database = rounds.map(({ checks }) => checks.find(({ id }) => id === "database:django"));
      expect(new Set(database.map((check) => JSON.stringify(check))).size).toBe(1);
      expect(verified(rounds.at(0)?.checks ?? []).failed).toEqual([]);
      expect(verified(rounds.at(-1)?.checks ?? []).failed).toEqual(["targets:django"]);
      expect(
        stage()
          .proxy.calls()
          .filter((call) => call === "ecs:RunTask"),
      ).toHaveLength(2);
    });
  });
}

function verified(checks: readonly Check[]): Omit<Verified, "exitCode"> {
  const having = (status: string) => checks.filter((check) => check.status === status).map(({ id }) => id);
  return {
    failed: having("fail"),
    skipped: having("skipped"),
    check: (id) => checks.find((check) => check.id === id),
  };
}

/** Waits, a minute at most, until a command has printed something. */
async function until(run: Running, pattern: RegExp): Promise<void> {
  for (const start = Date.now(); !pattern.test(run.output()); await sleep(100)) {
    if (Date.now() - start > 60_000) {
      throw new Error(`${pattern} did not come:\n${run.output()}`);
    }
  }
}
