// The command `checklist` without an account: what it reads, what it refuses, how it ends.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { platformConfigs } from "../support/platform-configs";
import { runOps } from "../support/run-ops";
import lightwave from "../systems/lightwave-prod";

const scratch = mkdtempSync(join(tmpdir(), "checklist-"));
const output = join(scratch, "cdktf.out");

beforeAll(() => {
  for (const [stack, config] of Object.entries(platformConfigs(lightwave))) {
    mkdirSync(join(output, "stacks", stack), { recursive: true });
    writeFileSync(join(output, "stacks", stack, "cdk.tf.json"), JSON.stringify(config));
  }
  writeFileSync(join(output, "environment"), lightwave.name);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it("ends with 1 where something required is missing, and says what as JSON", async () => {
  const { status, stdout } = await runOps(["checklist", "--json"], { CDKTF_OUTDIR: output });
  const { items, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({
    command: "checklist",
    environment: "lightwave-prod",
    account: null,
    region: "us-east-1",
    ok: false,
    source: "output",
    output,
  });
  // Its state is a file beside the project.
  expect(items).toContainEqual(expect.objectContaining({ id: "state-encrypted", state: "not met" }));
  expect(items).toContainEqual({
    id: "database-encrypted",
    title: "The database's storage is encrypted",
    group: "required",
    why: "Snapshots and disks leave the database's access control behind; encrypted, they are useless without the key.",
    state: "met",
    where: ["django/aws_db_instance.database"],
    detail: "RDS encrypts its storage, its backups and its snapshots.",
  });
  expect(status).toBe(1);
});

it("prints a table, or Markdown, on standard output, so that > keeps it", async () => {
  const table = await runOps(["checklist", "--from", output]);
  expect(table.stderr).toBe("");
  expect(table.stdout).toMatch(/not met +│ state-encrypted/);
  expect(table.stdout).toMatch(/\d+ met, \d+ not met, \d+ to confirm\.\n$/);
  const markdown = await runOps(["checklist", "--from", output, "--markdown"]);
  expect(markdown.stdout).toMatch(/^# Security checklist of lightwave-django-prod\n/);
  expect(markdown.stderr).toBe("");
});

it.each([
  [
    ["--from", join(scratch, "nothing")],
    /^Nothing is synthesized in ".*nothing": run "ENVIRONMENT=lightwave-prod /,
  ],
  [
    ["--from", output, "--environment", "helloapi"],
    /holds the stacks of lightwave-django-prod, and not those of helloapi: run /,
  ],
  [["--markdown", "--json"], /'--markdown' cannot be used with option '--json'/],
  [["--live", "--from", output], /'--live' cannot be used with option '--from <folder>'/],
])("refuses %j", async (args, message) => {
  const { status, stderr } = await runOps(["checklist", ...args]);
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});

it.each([
  ["nothing but HCL", () => undefined, 'Run "ENVIRONMENT=helloapi npm run synth" first, without --hcl.'],
  [
    "half a file",
    (file: string) => writeFileSync(file, "{"),
    'Run "ENVIRONMENT=helloapi npm run synth" again.',
  ],
])("names the environment in what to run where there is %s", async (_, write, advice) => {
  const other = mkdtempSync(join(scratch, "other-"));
  mkdirSync(join(other, "stacks", "django"), { recursive: true });
  writeFileSync(join(other, "environment"), "helloapi\n");
  write(join(other, "stacks", "django", "cdk.tf.json"));
  const { status, stderr } = await runOps(["checklist", "--environment", "helloapi", "--from", other]);
  expect(status).toBe(2);
  expect(stderr).toContain(advice);
});
