// The page docs/terragrunt.md, as it stands there: from an empty account to an applied platform, a release, and down again.
import { readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expectSuccess } from "../../e2e/support/command";
import { ec2Client, findVpc, securityGroupRules } from "../../e2e/support/ec2";
import { type Emulator, startEmulator } from "../../e2e/support/emulator";
import { requirePrerequisites } from "../../e2e/support/prerequisites";
import { projectFolder } from "../../e2e/support/project";
import { EACH_ITS_OWN } from "../../e2e/support/shared-provider";
import { describeSmallPlatform, SMALL } from "../../e2e/support/small-platform";
import { createWorkspace, type Workspace } from "../../e2e/support/workspace";
import { runWithTerragrunt } from "./terragrunt";
import { openTofuMirror, toolPath } from "./tools";

const TIMEOUT = 900_000;

/** With the repositories, whose unit has nothing but comments among its inputs. */
const MODULES = { terraformModule: "child", registry: { repositories: ["django"] } };

const page = readFileSync(join(projectFolder(), "docs", "terragrunt.md"), "utf8");

/** A command of the page. @throws Error where the page has it no more */
function command(text: string): string {
  if (!page.includes(text)) throw new Error(`docs/terragrunt.md does not say: ${text}`);
  return text;
}

/** Declares the tests for one of the programs that Terragrunt can run. */
export function followThePage(program: "terraform" | "tofu"): void {
  let emulator: Emulator;
  let workspace: Workspace;
  const mirror = program === "tofu" ? openTofuMirror() : undefined;

  /** Runs lines of the page in the environment's folder of units. */
  async function run(text: string): Promise<string> {
    return await runWithTerragrunt(text, {
      endpoint: emulator.endpoint,
      folder: join(workspace.folder, "live", "lightwave-django-prod"),
      program: program === "tofu" ? toolPath("tofu") : "terraform",
      mirror,
    });
  }

  beforeAll(async () => {
    await requirePrerequisites();
    emulator = await startEmulator();
    workspace = await createWorkspace({ emulator, environment: "lightwave-prod", provider: EACH_ITS_OWN });
    await describeSmallPlatform(workspace, MODULES);
    expectSuccess("synth", await workspace.synth("--terragrunt"));
  }, TIMEOUT);

  afterAll(async () => {
    await workspace?.dispose();
    await emulator?.stop();
    if (mirror !== undefined) await rm(mirror, { recursive: true, force: true });
  }, TIMEOUT);

  test(
    "the first plan passes on an empty account",
    async () => {
      const said = await run(command("terragrunt run --all plan"));
      expect(said).toMatch(/Plan: \d{2,} to add, 0 to change, 0 to destroy\./);
      // All three: the rules with mocks in the place of groups.
      expect(said.match(/Plan: /g)).toHaveLength(3);
    },
    TIMEOUT,
  );

  test(
    "everything is applied, and planned again to no changes",
    async () => {
      const pushed = await run(command("terragrunt run --all apply --queue-include-dir registry"));
      expect(pushed.match(/Apply complete!/g)).toHaveLength(1);
      await run(command("TF_VAR_health_check_grace_seconds=600 terragrunt run --all apply"));
      // The load balancer's way to Django, and the worker's to Redis.
      const client = ec2Client(emulator.endpoint);
      const vpc = (await findVpc(client, "lightwave-django-prod-vpc")) ?? "";
      const rules = await securityGroupRules(client, vpc);
      client.destroy();
      const between = rules
        .filter(({ peer, direction }) => direction === "ingress" && !peer.includes("/"))
        .map(({ group, peer, fromPort }) => `${group} from ${peer} on ${fromPort}`);
      expect(between.sort()).toEqual([
        "lightwave-django-prod-ecs-django-sg from lightwave-django-prod-alb-sg on 8000",
        "lightwave-django-prod-redis-sg from lightwave-django-prod-ecs-worker-sg on 6379",
      ]);
      const again = await run("terragrunt run --all plan");
      // The time that tasks are given at first is over.
      expect(again.match(/No changes\./g)).toHaveLength(2);
      expect(again).toMatch(/Plan: 0 to add, 1 to change, 0 to destroy\./);
    },
    TIMEOUT,
  );

  test(
    "a release changes the tag alone, and no rule",
    async () => {
      const inputs = join(workspace.folder, "live", "lightwave-django-prod", "django", "inputs.yaml");
      expect(await readFile(inputs, "utf8")).toContain('django_image_tag: "1.0.0"\n');
      command(`yq -i '.django_image_tag = "1.1.0"' django/inputs.yaml`);
      await run(`sed -i 's/^django_image_tag: .*/django_image_tag: "1.1.0"/' django/inputs.yaml`);
      const planned = await run("terragrunt run --all plan");
      expect(planned).toContain("Plan: 1 to add, 1 to change, 1 to destroy.");
      expect(planned).toContain("aws_ecs_task_definition.django must be replaced");
      expect(planned.match(/No changes\./g)).toHaveLength(2);
      await run("terragrunt run --all apply");
      expect((await run("terragrunt run --all plan")).match(/No changes\./g)).toHaveLength(3);
    },
    TIMEOUT,
  );

  test(
    "a plan passes with a service that is new, and with another environment's modules none does",
    async () => {
      const { django, worker } = SMALL.services;
      await describeSmallPlatform(workspace, { ...MODULES, services: { django, worker, extra: worker } });
      expectSuccess("synth", await workspace.synth("--terragrunt"));
      const planned = await run("terragrunt run --all plan");
      expect(planned).toContain("aws_ecs_service.extra will be created");
      expect(planned).toContain(
        "aws_vpc_security_group_ingress_rule.redis-from-extra-6379-tcp will be created",
      );

      await describeSmallPlatform(workspace, { ...MODULES, name: "another" });
      expectSuccess("synth", await workspace.synth());
      const refused = await run("terragrunt run --all plan").then(() => "", String);
      expect(refused.replaceAll(/[\s│]+/g, " ")).toContain(
        "This module is that of another, and not that of lightwave-django-prod",
      );
      await describeSmallPlatform(workspace, MODULES);
      expectSuccess("synth", await workspace.synth("--terragrunt"));
    },
    TIMEOUT,
  );

  test(
    "everything is destroyed in the reverse order, from states outside of the cache",
    async () => {
      await run("find . -name .terragrunt-cache -prune -exec rm -rf {} +");
      await run(command("terragrunt run --all destroy"));
      const state = join(workspace.folder, "live", "lightwave-django-prod", "security-group-rules.tfstate");
      expect(JSON.parse(await readFile(state, "utf8")).resources).toEqual([]);
    },
    TIMEOUT,
  );
}
