// The commands of docs/restore.md and docs/second-region.md, as they stand there, against two small platforms: a database is
// restored beside the running one, takes its place and gives it back, here and from a copy in a second region.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EnvironmentInput } from "../../src/schema/environment";
import { ACCOUNT, childEnvironment } from "./support/child-environment";
import { expectSuccess, type Running, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { requireAwsCli, requirePrerequisites } from "./support/prerequisites";
import { projectFolder } from "./support/project";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 1_200_000;

/** Small: a database, and a service of Django's that uses it, with the names that the pages have. */
function environment(name: string, region: string, rest: Partial<EnvironmentInput>): EnvironmentInput {
  return {
    name,
    region,
    account: ACCOUNT,
    network: {
      cidr: "10.92.0.0/16",
      availabilityZones: [`${region}a`, `${region}b`],
      natGateways: "none",
    },
    services: {
      django: {
        image: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${name}/django:1.0.0`,
        cpu: 256,
        memory: 512,
        connectsTo: ["postgres"],
        django: {},
      },
    },
    database: { databaseName: "lightwave", username: "lightwave" },
    encryption: { key: "own" },
    monitoring: false,
    policies: {
      suppress: [
        {
          policy: "tasks-private",
          resource: "django/aws_ecs_service.django",
          reason: "Neither NAT gateways nor endpoints to wait for",
        },
      ],
    },
    ...rest,
  };
}

const FIRST = environment("lightwave-django-prod", "us-east-1", {
  names: {
    cluster: "lightwave-prod",
    services: { django: { service: "lightwave-django-prod", taskDefinition: "lightwave-django-prod" } },
  },
  backup: { copyTo: { region: "us-west-2" } },
});

const SECOND = environment("lightwave-dr", "us-west-2", {});

/** The file of the first environment, in the place of the documented system of that name; the page names the second one's. */
const FILE = "lightwave-prod";

/** The line of the page on restoring that begins what is AWS Backup's. */
const WITH_BACKUP =
  "With `backup` in the environment, the newest recovery point of AWS Backup, which for RDS is a snapshot of RDS:";

/** What a restore does not take over, and the next apply sets. */
const SET_AFTERWARDS = ["enabled_cloudwatch_logs_exports", "max_allocated_storage"];

let emulator: Emulator;
let first: Workspace;
let second: Workspace;
let running: Running | undefined;

/** The blocks of a page's part that a shell runs: from a line of it to another, or to the end. */
function commands(page: string, from: string, to?: string, kind = ""): string {
  const text = readFileSync(join(projectFolder(), "docs", page), "utf8");
  const start = text.indexOf(`\n${from}\n`);
  const end = to === undefined ? text.length : text.indexOf(`\n${to}\n`);
  if (start < 0 || end < start) {
    throw new Error(`${page} has no part from "${from}" to "${to}".`);
  }
  const blocks = [...text.slice(start, end).matchAll(/^```sh ?(\w*)\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, of, code]) => (of === kind ? [code] : [])).join("\n");
}

/** The functions that later parts of the page on restoring use. */
function definitions(): string {
  const all = commands("restore.md", "## Switch over", "## Back");
  return (all.match(/^\w+\(\) \{\n[\s\S]*?^\}$/gm) ?? []).join("\n");
}

/** Runs commands in one shell, which ends at the first that fails. */
async function shell(
  workspace: Workspace,
  environment: string,
  ...parts: readonly string[]
): Promise<string> {
  const script = [
    "set -euo pipefail",
    // The first version of the AWS CLI takes no endpoint from a variable.
    'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }',
    // Nothing takes time here.
    "sleep() { :; }",
    ...parts,
  ]
    .join("\n")
    .replaceAll("npm run -s ops --", "node dist/src/cli/main.js")
    .replaceAll("npx cdktf deploy", "npx cdktf deploy --auto-approve");
  const file = join(workspace.folder, "page.sh");
  await writeFile(file, script);
  running = startCommand("bash", [file], {
    folder: workspace.folder,
    variables: {
      ...childEnvironment(emulator.endpoint),
      ...workspace.provider.variables,
      ENVIRONMENT: environment,
    },
  });
  return expectSuccess("the page's commands", await running.ended).stdout;
}

/** A workspace with an environment of ours. */
async function workspaceFor(file: string, environment: EnvironmentInput): Promise<Workspace> {
  const workspace = await createWorkspace({ emulator, environment: file });
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", `${file}.js`),
    `const { defineEnvironment } = require("../validation/define-environment");\n` +
      `exports.default = defineEnvironment(${JSON.stringify(environment)});\n`,
  );
  return workspace;
}

/** What a plan that a page's commands left does to the database: the actions, and the arguments that it changes. */
async function planned(workspace: Workspace): Promise<{ actions: string[]; changed: string[] }> {
  const { stdout } = expectSuccess(
    "terraform show",
    await workspace.terraform("django", "show", "-json", "switch.tfplan"),
  );
  const { resource_changes: changes }: { resource_changes: readonly Change[] } = JSON.parse(stdout);
  const { before, after, actions } = changes.find(({ type }) => type === "aws_db_instance")?.change ?? {
    before: {},
    after: {},
    actions: [],
  };
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]),
  );
  return { actions: [...actions], changed: changed.sort() };
}

interface Change {
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>>;
    readonly after: Readonly<Record<string, unknown>>;
  };
}

/** The identity of the instance in Terraform's state. */
async function identity(workspace: Workspace): Promise<string> {
  const { stdout } = expectSuccess("state pull", await workspace.terraform("django", "state", "pull"));
  const {
    resources,
  }: { resources: readonly { type: string; instances: { attributes: { id: string } }[] }[] } =
    JSON.parse(stdout);
  return resources.find(({ type }) => type === "aws_db_instance")?.instances[0]?.attributes.id ?? "none";
}

interface Instance {
  readonly DBInstanceIdentifier: string;
  readonly DbiResourceId: string;
}

/** The instances of a region, by name: their identities. */
async function instances(workspace: Workspace, region: string): Promise<Readonly<Record<string, string>>> {
  const all = await shell(workspace, FILE, `aws rds describe-db-instances --output json --region ${region}`);
  const { DBInstances: found }: { DBInstances: readonly Instance[] } = JSON.parse(all);
  return Object.fromEntries(found.map((each) => [each.DBInstanceIdentifier, each.DbiResourceId]));
}

beforeAll(async () => {
  await requirePrerequisites();
  await requireAwsCli();
  emulator = await startEmulator();
  [first, second] = await Promise.all([workspaceFor(FILE, FIRST), workspaceFor("lightwave-dr", SECOND)]);
  await first.deploy(["django"]);
  // As the plan does every day: a backup, and its copy.
  await shell(
    first,
    FILE,
    `DB=$(aws rds describe-db-instances --query 'DBInstances[0].DBInstanceArn' --output text)
     VAULT=lightwave-django-prod-backup ROLE=arn:aws:iam::${ACCOUNT}:role/lightwave-django-prod-backup
     POINT=$(aws backup start-backup-job --backup-vault-name $VAULT --resource-arn "$DB" --iam-role-arn $ROLE \\
       --query RecoveryPointArn --output text)
     aws backup start-copy-job --recovery-point-arn "$POINT" --source-backup-vault-name $VAULT --iam-role-arn $ROLE \\
       --destination-backup-vault-arn arn:aws:backup:us-west-2:${ACCOUNT}:backup-vault:$VAULT`,
  );
}, TIMEOUT);

afterAll(async () => {
  await running?.kill();
  await first?.dispose();
  await second?.dispose();
  await emulator?.stop();
}, TIMEOUT);

it(
  "a drill restores a snapshot, compares it and leaves nothing behind",
  async () => {
    const before = await instances(first, "us-east-1");
    const printed = await shell(
      first,
      FILE,
      commands("restore.md", "## 1. Choose a backup", WITH_BACKUP),
      commands("restore.md", "## 2. Restore it beside the running one", "## Switch over"),
      commands("restore.md", "## 3. Compare", "## Switch over", "drill"),
    );
    expect(printed).toContain("The same shape\n");
    expect(printed.match(/arn:aws:ecs:us-east-1:\d+:task\/lightwave-prod\/\w+/g)).toHaveLength(2);
    expect(await instances(first, "us-east-1")).toEqual(before);
  },
  TIMEOUT,
);

it(
  "a restored recovery point takes the running database's place, and gives it back",
  async () => {
    const [before = "none"] = Object.values(await instances(first, "us-east-1"));
    const switched = await shell(first, FILE, commands("restore.md", "## 1. Choose a backup", "## Back"));
    expect(switched).toContain("No changes. Your infrastructure matches the configuration.");
    expect(await planned(first)).toEqual({ actions: ["update"], changed: SET_AFTERWARDS });
    const { "lightwave-django-prod": after, ...others } = await instances(first, "us-east-1");
    expect(others).toEqual({ "lightwave-django-prod-old": before });
    expect(await identity(first)).toBe(after);

    await shell(
      first,
      FILE,
      "DB=lightwave-django-prod STACK=cdktf.out/stacks/django",
      definitions(),
      commands("restore.md", "## Back"),
    );
    expect(await identity(first)).toBe(before);
    expect(await instances(first, "us-east-1")).toEqual({ "lightwave-django-prod": before });
  },
  TIMEOUT,
);

it(
  "a copy in the second region becomes the database of the platform there",
  async () => {
    const printed = await shell(
      second,
      "lightwave-dr",
      commands("second-region.md", "## Before", "## When the region is lost"),
      commands("second-region.md", "## When the region is lost", "## The way back", "deploy"),
      commands("second-region.md", "## When the region is lost", "## The way back"),
      commands("restore.md", "## 2. Restore it beside the running one", "## 3. Compare"),
      commands("restore.md", "## Switch over", "## Back"),
      'OLD="$DB-old"',
      commands("restore.md", "## Tidy up").replace(/^OLD=.*$/m, ""),
    );
    expect(printed).toContain("No changes. Your infrastructure matches the configuration.");
    // The snapshot brings the tags of the first platform, and the key of its region for Performance Insights.
    expect(await planned(second)).toEqual({
      actions: ["update"],
      changed: [...SET_AFTERWARDS, "performance_insights_kms_key_id", "tags", "tags_all"],
    });
    expect(await instances(second, "us-west-2")).toEqual({ "lightwave-dr": await identity(second) });
  },
  TIMEOUT,
);

it("calls nothing that the emulator lacks", () => {
  const gaps = emulator
    .log()
    .split("\n")
    .filter((line) => line.startsWith("GAP"));
  expect(gaps).toEqual([]);
});
