// `npm run demo -- --keep` on a terminal of 80 columns, and what it keeps: operated with nothing but what its last screen says.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { copyProject, DEFINE } from "../support/project-copy";
import { type Ended, type Running, startCommand } from "./support/command";
import { requireAwsCli, requirePrerequisites } from "./support/prerequisites";
import { processTree, signal } from "./support/processes";
import { projectFolder, supportFile } from "./support/project";

/** Two builds with their type checks, and a deployment of some fifty resources, on a machine that is busy with other suites. */
const TIMEOUT = 900_000;

const COLUMNS = 80;

const project = mkdtempSync(join(tmpdir(), "demo-project-"));

/** Small: what takes long (NAT, database, cache, firewall) is left out. */
const SHOP = `import { defineEnvironment } from "${DEFINE}";
export default defineEnvironment({
  name: "shop",
  region: "us-east-1",
  production: false,
  network: { cidr: "10.70.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "none" },
  services: { web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512 } },
  dns: { domain: "shop.example.com" },
  monitoring: false,
});
`;

let demo: Running;

beforeAll(async () => {
  await requirePrerequisites();
  await requireAwsCli();
  copyProject(project, { shop: SHOP });
  for (const part of ["cdktf.json", join("__tests__", "e2e"), join("__tests__", "support")]) {
    cpSync(join(projectFolder(), part), join(project, part), { recursive: true });
  }
  writeFileSync(
    join(project, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: "node tools/run.js app" }),
  );
  demo = startCommand(
    "python3",
    ["-B", supportFile("on-terminal.py"), "[]", process.execPath, "tools/run.js", "demo", "--keep"],
    {
      folder: project,
      variables: { ...ours(), TERM: "xterm", ENVIRONMENT: "shop", ON_TERMINAL_COLUMNS: `${COLUMNS}` },
    },
  );
  while (!/stays up until Ctrl-C[\s\S]*OPERATIONS_STAGE=/.test(demo.output())) {
    const ended = await Promise.race([demo.ended, sleep(200)]);
    if (ended !== undefined) {
      throw new Error(`The demo has ended:\n${ended.output}`);
    }
  }
}, TIMEOUT);

afterAll(async () => {
  await demo?.kill();
  rmSync(project, { recursive: true, force: true });
});

/** The variables of this process, without what a demo sets. */
function ours(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(AWS_|CDKTF_|NO_COLOR$|CI$)/.test(name) ? [] : [[name, value]],
    ),
  );
}

/** What the last screen has for a shell. */
function shell(): Record<string, string> {
  const lines = demo
    .output()
    .replaceAll("\r", "")
    .matchAll(/^export (\w+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = "", value = ""]) => [name, value]));
}

function operate(command: string, ...args: readonly string[]): Promise<Ended> {
  return startCommand(command, args, { folder: project, variables: { ...ours(), ...shell() } }).ended;
}

it("shows a clock, counts and what is being done, and neither errors nor warnings in between", () => {
  const written = demo.output();
  expect(written).toMatch(/Deploy shop: (\dm )?\d+s; \d+ of \d+; aws_\w+\./);
  expect(written).toMatch(/Deploy shop: (\dm )?\d+s; \d+ resources/);
  expect(written).toMatch(/Plan again: (\dm )?\d+s; no changes/);
  expect(written).not.toMatch(/NodeVersionSupportWarning|Error|\bat .*\.js:\d+/);
  const table = stripVTControlCharacters(written)
    .split(/\r?\n/)
    .filter((line) => /^[┌├│└]/.test(line));
  expect(table.join("\n")).toContain("8000/tcp");
  expect(Math.max(...table.map(({ length }) => length))).toBeLessThanOrEqual(COLUMNS);
});

it(
  "keeps a platform on which wait and verify are content",
  async () => {
    const ops = (...args: readonly string[]) => operate(process.execPath, "tools/run.js", "ops", ...args);
    const waited = await ops("wait");
    expect(waited).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Everything is ready.") });
    const verified = await ops("verify");
    expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/, 0 failed, /) });
  },
  TIMEOUT,
);

it("has all that the AWS CLI needs", async () => {
  const { exitCode, stdout } = await operate(
    "aws",
    "ec2",
    "describe-vpcs",
    "--query",
    "Vpcs[].Tags[?Key=='Name'].Value[]",
    "--output",
    "text",
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("shop-vpc") });
  // Version 1 reads no other variable for the region.
  expect(shell()).toHaveProperty("AWS_DEFAULT_REGION", "us-east-1");
});

it(
  "is taken down by Ctrl-C",
  async () => {
    const [, child] = await processTree(demo.pid);
    if (child === undefined) {
      throw new Error("The demo is not running.");
    }
    signal(child, "SIGINT");
    const { exitCode, output } = await demo.ended;
    expect(output).toContain("Taking it down.");
    expect(exitCode).toBe(0);
  },
  TIMEOUT,
);
