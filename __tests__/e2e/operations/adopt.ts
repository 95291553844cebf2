// `adopt`: rules that somebody has made with the AWS CLI become Terraform's.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { awsCli } from "../support/aws-cli";
import { expectSuccess } from "../support/command";
import { beHealthy } from "./healthy-platform";
import { deployRules, groupIds, liveRules, RULES_STACK } from "./rules-stack";
import type { Stage } from "./stage";

/** Five minutes: it deploys twice. */
const TIMEOUT = 300_000;

const DEPLOY = ["deploy", RULES_STACK, "--ignore-missing-stack-dependencies", "--auto-approve"];

type RuleByHand = readonly [
  rule: string,
  direction: "ingress" | "egress",
  group: string,
  peer: string,
  port: number,
  description: string,
];

/** The three rules that the documentation has a team add by hand, with its words, once the groups are there. */
const DOCUMENTED: readonly RuleByHand[] = [
  ["django-from-alb-8000-tcp", "ingress", "ecs", "alb", 8000, "Allow ALB to Django containers"],
  ["postgres-from-django-5432-tcp", "ingress", "postgres", "ecs", 5432, "Allow Django ECS to PostgreSQL"],
  ["redis-from-django-6379-tcp", "ingress", "redis", "ecs", 6379, "Allow Django ECS to Redis"],
];

/** The load balancer's way out: theirs has one to everywhere. */
const WAY_OUT: RuleByHand = [
  "alb-to-django-8000-tcp",
  "egress",
  "alb",
  "ecs",
  8000,
  "Allow ALB to Django containers",
];

const [FROM_ALB, ...TO_STORES] = DOCUMENTED;

/** All that the rules stack holds. */
const BY_HAND = [...(FROM_ALB ? [FROM_ALB] : []), WAY_OUT, ...TO_STORES];

const REDIS = "redis-from-django-6379-tcp";
const REDIS_ADDRESS = `aws_vpc_security_group_ingress_rule.${REDIS}`;

export function describeAdopt(stage: () => Stage): void {
  describe("adopt", () => {
    beforeEach(() => beHealthy(stage().proxy));

    const importFile = () => join(stage().workspace.stackFolder(RULES_STACK), "adopt.tf.json");
    const aws = (...args: readonly string[]) => awsCli(stage().emulator.endpoint, "ec2", ...args);

    /** IDs of the live rules by the declared rules' names. */
    const idsByRule = async () => {
      const rules = await liveRules(stage());
      const idOf = (description: string, isEgress: boolean) =>
        rules.find((rule) => rule.Description === description && rule.IsEgress === isEgress)
          ?.SecurityGroupRuleId;
      return Object.fromEntries(
        BY_HAND.map(([rule, direction, , , , description]) => [
          rule,
          idOf(description, direction === "egress"),
        ]),
      );
    };

    async function authorizeByHand(rules: readonly RuleByHand[]): Promise<void> {
      const groups = await groupIds(stage());
      const idOf = (group: string) => groups[`lightwave-django-prod-${group}-sg`] ?? "";
      for (const [, direction, group, peer, port, description] of rules) {
        const permission = `IpProtocol=tcp,FromPort=${port},ToPort=${port},UserIdGroupPairs=[{GroupId=${idOf(peer)},Description='${description}'}]`;
        await aws(
          `authorize-security-group-${direction}`,
          "--group-id",
          idOf(group),
          "--ip-permissions",
          permission,
        );
      }
    }

    /** What the plan does, by address: Terraform's actions, and the ID that it imports. */
    async function plannedActions(): Promise<Readonly<Record<string, unknown>>> {
      const { workspace } = stage();
      expectSuccess(
        "terraform plan",
        await workspace.terraform(RULES_STACK, "plan", "-input=false", "-out=e2e.tfplan"),
      );
      const { stdout } = await workspace.terraform(RULES_STACK, "show", "-json", "e2e.tfplan");
      const { resource_changes: changes }: { resource_changes: PlannedResource[] } = JSON.parse(stdout);
      return Object.fromEntries(
        changes
          .filter(({ mode }) => mode === "managed")
          .map(({ address, change }) => [address, [change.actions.join(), change.importing?.id]]),
      );
    }

    it(
      "takes over rules made with the AWS CLI: none is removed, none made anew",
      async () => {
        await stage().ops("rollback", "--yes");
        await authorizeByHand(DOCUMENTED);
        const documented = await stage().ops("adopt", "--dry-run", "--json");
        expect(documented.json).toMatchObject({
          ok: true,
          imports: DOCUMENTED.map(([rule]) => ({ rule, id: expect.stringMatching(/^sgr-/) })),
          otherDescription: [],
          missing: [WAY_OUT[0]],
        });
        await authorizeByHand([WAY_OUT]);
        const ids = await idsByRule();
        const before = await liveRules(stage());

        const failed = await stage().workspace.cdktf(...DEPLOY);
        expect(failed.exitCode).not.toBe(0);
        expect(failed.output).toContain("InvalidPermission.Duplicate");

        // As in a fresh checkout, after a synth.
        await rm(join(stage().workspace.stackFolder(RULES_STACK), ".terraform"), { recursive: true });
        const dryRun = await stage().ops("adopt", "--dry-run");
        expect(dryRun.stdout).toContain("Dry run: nothing was written.");
        expect(existsSync(importFile())).toBe(false);

        const { exitCode, json } = await stage().ops("adopt", "--json");
        expect(json).toEqual({
          command: "adopt",
          environment: "lightwave-prod",
          account: "123456789012",
          region: "us-east-1",
          ok: true,
          output: "cdktf.out",
          file: "cdktf.out/stacks/security-group-rules/adopt.tf.json",
          findings: [],
          imports: BY_HAND.map(([rule, direction]) => ({
            rule,
            address: `aws_vpc_security_group_${direction}_rule.${rule}`,
            id: ids[rule],
          })),
          alreadyManaged: [],
          otherDescription: [],
          wider: [],
          blocked: [],
          missing: [],
        });
        expect(exitCode).toBe(0);
        expect(await liveRules(stage())).toEqual(before);

        // The update is that of the tags.
        expect(await plannedActions()).toEqual(
          Object.fromEntries(
            BY_HAND.map(([rule, direction]) => [
              `aws_vpc_security_group_${direction}_rule.${rule}`,
              ["update", ids[rule]],
            ]),
          ),
        );

        // This synthesizes first.
        await deployRules(stage());
        expect(existsSync(importFile())).toBe(true);
        expect(await idsByRule()).toEqual(ids);
        const words = (rules: Awaited<ReturnType<typeof liveRules>>) =>
          rules.map(({ SecurityGroupRuleId, Description }) => [SecurityGroupRuleId, Description]);
        expect(words(await liveRules(stage()))).toEqual(words(before));
        expect((await stage().workspace.plan(RULES_STACK)).exitCode).toBe(0);

        const again = await stage().ops("adopt", "--json");
        expect(again.json).toMatchObject({ ok: true, file: null, imports: [], missing: [] });
        expect(existsSync(importFile())).toBe(false);
      },
      TIMEOUT,
    );

    it("does not keep the next deployment from making a rule that was removed in the meantime", async () => {
      const { workspace } = stage();
      const { [REDIS]: id = "" } = await idsByRule();
      expectSuccess("state rm", await workspace.terraform(RULES_STACK, "state", "rm", REDIS_ADDRESS));
      const { json } = await stage().ops("adopt", "--json");
      expect(json).toMatchObject({ imports: [{ rule: REDIS, address: REDIS_ADDRESS, id }] });
      const { "lightwave-django-prod-redis-sg": group = "" } = await groupIds(stage());
      await aws("revoke-security-group-ingress", "--group-id", group, "--security-group-rule-ids", id);
      expect(await plannedActions()).toMatchObject({ [REDIS_ADDRESS]: ["create", undefined] });
    });

    it("reports another description, and changes it in place only where told to", async () => {
      await authorizeByHand([[REDIS, "ingress", "redis", "ecs", 6379, "by hand"]]);
      const before = await liveRules(stage());
      const id = before.find(({ Description }) => Description === "by hand")?.SecurityGroupRuleId;

      const reported = await stage().ops("adopt", "--json");
      expect(reported.json).toMatchObject({
        ok: false,
        file: null,
        imports: [],
        otherDescription: [{ rule: REDIS, id, live: "by hand", declared: "Allow Django ECS to Redis" }],
      });
      expect(reported.exitCode).toBe(1);
      expect(await liveRules(stage())).toEqual(before);

      const { exitCode, stdout } = await stage().ops("adopt", "--change-descriptions");
      expect(stdout).toContain("Terraform will change that in place");
      expect(exitCode).toBe(0);
      expect(await plannedActions()).toMatchObject({ [REDIS_ADDRESS]: ["update", id] });
      await deployRules(stage());
      expect(await idsByRule()).toMatchObject({ [REDIS]: id });
      expect((await stage().workspace.plan(RULES_STACK)).exitCode).toBe(0);
    });
  });
}

interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: { readonly id: string } };
}
