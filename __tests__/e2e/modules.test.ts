// The page docs/modules.md, as it stands there: a deployed platform goes on as two modules of one root.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocksOf } from "../support/page-blocks";
import { childEnvironment } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { requirePrerequisites } from "./support/prerequisites";
import { projectFolder } from "./support/project";
import { describeSmallPlatform } from "./support/small-platform";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 900_000;

let emulator: Emulator;
let workspace: Workspace;
let home: string;
let root: string;
/** With a generated password: what roots look up of it, child modules do not. */
const DATABASE = { database: { instanceClass: "db.t4g.micro", credentials: "secrets-manager" } };

const page = readFileSync(join(projectFolder(), "docs", "modules.md"), "utf8");

/** Runs lines of the page where a reader would: at the project's root. */
function run(text: string) {
  const script = ["set -euo pipefail", text]
    .join("\n")
    .replaceAll("npm run synth", "node dist/main.js")
    .replaceAll("npm run -s ops --", "node dist/src/cli/main.js");
  const variables = {
    ...childEnvironment(emulator.endpoint),
    ...workspace.provider.variables,
    ENVIRONMENT: "lightwave-prod",
    HOME: home,
  };
  return startCommand("bash", ["-c", script], { folder: workspace.folder, variables }).ended;
}

interface Change {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: object | null;
    readonly after: object | null;
  };
}

/** What the root's plan would do, without what it leaves alone; and all that it says. */
async function planned(...args: string[]): Promise<{ changes: Change[]; said: string }> {
  const command = `terraform -chdir=$HOME/platform plan -input=false -no-color -out=plan.bin ${args.join(" ")}`;
  const { stdout: said } = expectSuccess("plan", await run(command));
  const shown = expectSuccess("show", await run("terraform -chdir=$HOME/platform show -json plan.bin"));
  const { resource_changes = [] }: { resource_changes?: Change[] } = JSON.parse(shown.stdout);
  const changes = resource_changes.filter(
    ({ address, change }) => !/\bdata\./.test(address) && change.actions.join() !== "no-op",
  );
  return { changes, said };
}

const words = ({ address, change }: Change) => `${change.actions.join(", ")} ${address}`;

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "lightwave-prod" });
  home = await mkdtemp(join(tmpdir(), "home-"));
  root = join(home, "platform");
  await mkdir(root);
  await describeSmallPlatform(workspace, DATABASE);
  await workspace.deploy(["django", "security-group-rules"]);
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
  if (home !== undefined) await rm(home, { recursive: true, force: true });
}, TIMEOUT);

test(
  "a deployed root becomes a module: everything is moved, and nothing but tags changes",
  async () => {
    const [before = "", ...after] = blocksOf(page, "sh");
    const [main = ""] = blocksOf(page, "hcl");
    expect(expectSuccess("before", await run(before)).stdout.match(/No changes\./g)).toHaveLength(2);
    await describeSmallPlatform(workspace, { ...DATABASE, terraformModule: "child" });
    await writeFile(join(root, "main.tf"), main);
    expectSuccess("the page's commands", await run(after.join("\n")));
    expect(existsSync(join(root, "modules", "django", "README.md"))).toBe(true);

    const { changes, said } = await planned();
    expect(said).toMatch(/Plan: 0 to add, \d+ to change, 2 to destroy\./);
    const gone = changes.filter(({ change }) => change.actions.join() === "delete");
    expect(gone.map(({ address }) => address).sort()).toEqual([
      "aws_ssm_parameter.database_password",
      "terraform_data.database_password",
    ]);
    for (const { address, change } of changes.filter((one) => !gone.includes(one))) {
      const { tags: _, tags_all: all, ...rest }: Record<string, unknown> = Object(change.before);
      const { tags: __, tags_all: allAfter, ...restAfter }: Record<string, unknown> = Object(change.after);
      expect([address, restAfter, allAfter]).toEqual([address, rest, all]);
    }
    expectSuccess("apply", await run("terraform -chdir=$HOME/platform apply -input=false plan.bin"));
    await rm(join(root, "moved.tf"));
    expect((await planned()).said).toContain("No changes.");
  },
  TIMEOUT,
);

test(
  "a changed image tag and a changed upstream replace no rule, no bucket and no endpoint",
  async () => {
    const main = await readFile(join(root, "main.tf"), "utf8");
    const upstream = (text: string) => `resource "terraform_data" "upstream" {\n  input = "${text}"\n}\n`;
    const waiting = main.replace(
      "  django_image_tag = var.image_tag\n",
      "  django_image_tag = var.image_tag\n  depends_on       = [terraform_data.upstream]\n",
    );
    await writeFile(join(root, "main.tf"), waiting + upstream("one"));
    expectSuccess("apply", await run("terraform -chdir=$HOME/platform apply -auto-approve -input=false"));
    await writeFile(join(root, "main.tf"), waiting + upstream("two"));
    const { changes } = await planned("-var image_tag=1.1.0");
    expect(changes.map(words).sort()).toEqual([
      "delete, create module.django.aws_ecs_task_definition.django",
      "update module.django.aws_ecs_service.django",
      "update terraform_data.upstream",
    ]);
    const applied = await run("terraform -chdir=$HOME/platform apply -input=false plan.bin");
    expect(expectSuccess("apply", applied).stdout).not.toContain("Check block assertion failed");
  },
  TIMEOUT,
);

test(
  "another region, another account and groups that are mixed up are told",
  async () => {
    const main = await readFile(join(root, "main.tf"), "utf8");
    const planOf = async (text: string) => {
      await writeFile(join(root, "main.tf"), text);
      return (
        await run("terraform -chdir=$HOME/platform plan -input=false -no-color -var image_tag=1.1.0")
      ).output.replaceAll(/\s+/g, " ");
    };
    expect(await planOf(main.replace(/\n {2}region +=.*(?=\n {2}django_image_tag)/, ""))).toContain(
      'The argument "region" is required',
    );
    expect(
      await planOf(main.replace(/(\n {2}region +=) "us-east-1"(?=\n {2}django_image_tag)/, '$1 "eu-west-1"')),
    ).toContain(
      "This module was made for us-east-1: synthesize one from an environment file for the other region.",
    );
    expect(
      await planOf(main.replace("data.aws_caller_identity.current.account_id", '"999999999999"')),
    ).toContain("The variable account_id is 999999999999, and the module's AWS provider is of 123456789012");
    expect(
      await planOf(
        main.replace(
          "= module.django.security_group_ids",
          "= merge(module.django.security_group_ids, { django = module.django.security_group_ids.redis, redis = module.django.security_group_ids.django })",
        ),
      ),
    ).toContain('security_group_ids.redis is not the group "lightwave-django-prod-redis-sg"');
    await writeFile(join(root, "main.tf"), main);
  },
  TIMEOUT,
);

test(
  "count, for_each and depends_on are taken, and everything can be destroyed",
  async () => {
    const main = await readFile(join(root, "main.tf"), "utf8");
    const several = main
      .replace('source = "./modules/django"', 'count  = 1\n  source = "./modules/django"')
      .replaceAll(/module\.django\.(\w)/g, "module.django[0].$1")
      .replace(
        'source = "./modules/security-group-rules"',
        'for_each = toset(["one"])\n  source   = "./modules/security-group-rules"',
      );
    await mkdir(join(home, "several"));
    await writeFile(join(home, "several", "main.tf"), several.replaceAll("./modules", "../platform/modules"));
    const { stdout } = expectSuccess(
      "validate",
      await run(
        "terraform -chdir=$HOME/several init -backend=false -input=false >/dev/null\nterraform -chdir=$HOME/several validate -no-color",
      ),
    );
    expect(stdout).toContain("Success! The configuration is valid.");
    expect(stdout).not.toContain("Warning");
    const { stdout: destroyed } = expectSuccess(
      "destroy",
      await run("terraform -chdir=$HOME/platform destroy -auto-approve -input=false -no-color"),
    );
    expect(destroyed).toMatch(/Destroy complete! Resources: \d{2,} destroyed\./);
  },
  TIMEOUT,
);
