// `rollback`: the rules stack's rules go, through Terraform, and nothing else.
import { isDeepStrictEqual } from "node:util";
import { queryError } from "../support/aws-proxy";
import { signal } from "../support/processes";
import { restOfAccount } from "../support/rest-of-account";
import { beHealthy } from "./healthy-platform";
import { PlatformFaults } from "./platform-faults";
import { deployRules, liveRules, RULES_STACK } from "./rules-stack";
import type { Stage } from "./stage";

const RULE_ID = expect.stringMatching(/^sgr-[0-9a-f]+$/);

/** Of lightwave-prod, in the rules stack: [rule, its kind, description, flow]. */
const RULES = [
  ["alb-to-django-8000-tcp", "egress", "Allow ALB to Django containers", "django-from-alb-8000-tcp"],
  ["django-from-alb-8000-tcp", "ingress", "Allow ALB to Django containers", "django-from-alb-8000-tcp"],
  [
    "postgres-from-django-5432-tcp",
    "ingress",
    "Allow Django ECS to PostgreSQL",
    "postgres-from-django-5432-tcp",
  ],
  ["redis-from-django-6379-tcp", "ingress", "Allow Django ECS to Redis", "redis-from-django-6379-tcp"],
].map(([rule, direction, description, flow]) => ({
  rule,
  address: `aws_vpc_security_group_${direction}_rule.${rule}`,
  id: RULE_ID,
  description,
  flow,
}));

const closed = (flow: string, source: string, destination: string, port: string, description: string) => ({
  flow,
  source,
  destination,
  port,
  description,
  open: false,
  through: [],
});

export function describeRollback(stage: () => Stage): void {
  describe("rollback", () => {
    beforeEach(() => beHealthy(stage().proxy));

    const rulesInState = async () =>
      (await stage().workspace.terraform(RULES_STACK, "state", "list")).stdout
        .split("\n")
        .filter((address) => address.startsWith("aws_"));

    it("shows what would go, and leaves it there in a dry run", async () => {
      const before = await liveRules(stage());
      const { exitCode, json } = await stage().ops("rollback", "--dry-run", "--json");
      expect(json).toMatchObject({ ok: true, done: false, rules: RULES });
      expect(exitCode).toBe(0);
      expect(await liveRules(stage())).toEqual(before);
    });

    it("calls nothing open by a prefix list with no address of the VPC, as verify does", async () => {
      const faults = await PlatformFaults.of(stage().emulator.endpoint);
      const list = await faults.createPrefixList("192.0.2.0/24");
      const rule = await faults.admit("redis-sg", 6379, { prefixList: list });
      try {
        const { json } = await stage().ops("rollback", "--dry-run", "--json");
        const { connections } = json as { connections: readonly { flow: string; open: boolean }[] };
        expect(connections.filter(({ open }) => open)).toEqual([]);
      } finally {
        await faults.revoke("redis-sg", rule);
        await faults.deletePrefixList(list);
        faults.close();
      }
    });

    it("asks, and where there is nobody to ask does nothing", async () => {
      const before = await liveRules(stage());
      const { exitCode, stderr } = await stage().ops("rollback", "--flow", "redis-from-django-6379-tcp");
      expect(stderr).toContain("there is no terminal to ask on. Say --yes");
      expect(exitCode).toBe(2);
      expect(await liveRules(stage())).toEqual(before);
    });

    it("says with Terraform's own words why AWS does not let it, and leaves no plan behind", async () => {
      const before = await liveRules(stage());
      stage().proxy.answer("ec2:RevokeSecurityGroupIngress", () =>
        queryError("UnauthorizedOperation", "You are not authorized to perform this operation.", 403),
      );
      const { exitCode, json } = await stage().ops(
        "rollback",
        "--flow",
        "redis-from-django-6379-tcp",
        "--yes",
        "--json",
      );
      expect(json).toMatchObject({
        ok: false,
        error: {
          kind: "terraform",
          message: expect.stringMatching(
            /^"terraform apply" failed in cdktf\.out\/stacks\/security-group-rules\. It says:[\s\S]*UnauthorizedOperation/,
          ),
        },
      });
      expect(exitCode).toBe(1);
      expect(await liveRules(stage())).toEqual(before);
    });

    it("lets Terraform stop in good order when Ctrl-C comes while it waits for an answer", async () => {
      const { proxy, workspace } = stage();
      const asked = new Promise<void>((resolve) => {
        // Terraform alone asks this.
        proxy.answer("ec2:DescribeVpcAttribute", () => {
          resolve();
          return new Promise<never>(() => undefined);
        });
      });
      const running = workspace.startOps(["rollback", "--yes"], { AWS_ENDPOINT_URL: proxy.endpoint });
      await asked;
      const started = Date.now();
      signal(running.pid, "SIGINT");
      const { exitCode, stderr } = await running.ended;
      expect(stderr).toContain('"rollback" was interrupted.');
      expect(exitCode).toBe(130);
      // After a minute it would have been stopped the hard way.
      expect(Date.now() - started).toBeLessThan(50_000);
      beHealthy(proxy);
      expect((await workspace.plan(RULES_STACK)).exitCode).toBe(0);
    });

    it("takes one flow's rules, both of them, and no other", async () => {
      const before = await liveRules(stage());
      const { exitCode, json } = await stage().ops(
        "rollback",
        "--flow",
        "django-from-alb-8000-tcp",
        "--yes",
        "--json",
      );
      expect(json).toEqual({
        command: "rollback",
        environment: "lightwave-prod",
        account: "123456789012",
        region: "us-east-1",
        ok: true,
        output: "cdktf.out",
        findings: [],
        objections: [],
        done: true,
        rules: RULES.slice(0, 2),
        connections: [
          closed("django-from-alb-8000-tcp", "alb", "django", "8000/tcp", "Allow ALB to Django containers"),
        ],
        discrepancies: [],
      });
      expect(exitCode).toBe(0);
      expect(await liveRules(stage())).toEqual(
        before.filter(({ Description }) => Description !== "Allow ALB to Django containers"),
      );
      expect(await rulesInState()).toEqual([RULES[2]?.address, RULES[3]?.address]);
    });

    it("takes all rules that the stack still holds, and leaves everything else alone", async () => {
      const [rest, before] = [await restOfAccount(stage().emulator.endpoint), await liveRules(stage())];
      const { exitCode, json } = await stage().ops("rollback", "--yes", "--json");
      expect(json).toMatchObject({
        ok: true,
        done: true,
        rules: RULES.slice(2),
        connections: [
          closed("django-from-alb-8000-tcp", "alb", "django", "8000/tcp", "Allow ALB to Django containers"),
          closed(
            "postgres-from-django-5432-tcp",
            "django",
            "postgres",
            "5432/tcp",
            "Allow Django ECS to PostgreSQL",
          ),
          closed("redis-from-django-6379-tcp", "django", "redis", "6379/tcp", "Allow Django ECS to Redis"),
        ],
        discrepancies: [],
      });
      expect(exitCode).toBe(0);
      const descriptions = RULES.map(({ description }) => description);
      expect(await liveRules(stage())).toEqual(
        before.filter(({ Description = "" }) => !descriptions.includes(Description)),
      );
      const restNow = await restOfAccount(stage().emulator.endpoint);
      expect(Object.keys(restNow).filter((call) => !isDeepStrictEqual(restNow[call], rest[call]))).toEqual(
        [],
      );
      expect(await rulesInState()).toEqual([]);
      expect((await stage().workspace.plan("django")).exitCode).toBe(0);
    });

    it("finds nothing to do after that", async () => {
      const { exitCode, json, stderr } = await stage().ops("rollback", "--yes", "--json");
      expect(json).toMatchObject({ ok: true, done: false, rules: [] });
      expect(exitCode).toBe(0);
      expect(stderr).not.toContain("Destroying");
    });

    it("is undone by the next deployment", async () => {
      await deployRules(stage());
      expect(await rulesInState()).toEqual(RULES.map(({ address }) => address));
      const { exitCode, json } = await stage().ops("rollback", "--dry-run", "--json");
      expect(json).toMatchObject({ rules: RULES });
      expect(exitCode).toBe(0);
    });
  });
}
