// State in S3: its bucket, its lock, and what docs/state.md promises, on a platform of two workers.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment } from "./support/child-environment";
import { expectSuccess, type Running, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { createUser, withPolicies } from "./support/iam-user";
import { interruptCommand } from "./support/interruption";
import { requirePrerequisites } from "./support/prerequisites";
import { projectFolder } from "./support/project";
import { OWN_PROVIDER } from "./support/shared-provider";
import { type StateBucket, stateBucket } from "./support/state-bucket";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 300_000;
const BUCKET = "jobs-states";
const DJANGO = "jobs/django.tfstate";
const RULES = "jobs/security-group-rules.tfstate";
const LOCK = `${DJANGO}.tflock`;
const APPLY = ["apply", "-auto-approve", "-input=false"];

let emulator: Emulator;
let workspace: Workspace;
let bucket: StateBucket;
let bootstrap: Running;

/** Writes the environment `jobs`: all that takes long (load balancer, NAT, database, cache) is left out. */
async function describeState(state: object): Promise<void> {
  const service = { image: "jobs/worker:1.0.0", cpu: 256, memory: 512 };
  const environment = {
    name: "jobs",
    region: "us-east-1",
    // Its tasks have public addresses, which no platform in production has.
    production: false,
    network: {
      cidr: "10.50.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b"],
      natGateways: "none",
    },
    services: { worker: service, scheduler: service },
    extraFlows: [
      { source: "scheduler", destination: "worker", port: 9000, description: "Worker from scheduler" },
    ],
    state,
  };
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", "jobs.js"),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(environment)});`,
  );
}

const IN_S3 = { backend: "s3", bucket: BUCKET, region: "us-east-1", createBucket: true };

/** What `npm run synth` does once the project is compiled. */
async function synth(environment = "jobs"): Promise<void> {
  const variables = { ...childEnvironment(emulator.endpoint), ENVIRONMENT: environment };
  const { ended } = startCommand(process.execPath, ["dist/main.js"], { folder: workspace.folder, variables });
  expectSuccess("synth", await ended);
}

async function terraform(stack: string, ...args: readonly string[]) {
  return expectSuccess(`terraform ${args[0]}`, await workspace.terraform(stack, ...args));
}

async function planExitCode(stack: string): Promise<number | undefined> {
  return (await workspace.plan(stack)).exitCode;
}

async function serial(): Promise<number> {
  return JSON.parse(await bucket.read(DJANGO)).serial;
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  bucket = stateBucket(emulator.endpoint, BUCKET);
  workspace = await createWorkspace({ emulator, environment: "jobs" });
  await describeState(IN_S3);
  // The provider waits for a minute until S3 has taken over the lifecycle rules; the bucket is usable long before.
  bootstrap = workspace.startDeploy(["state-backend"]);
  const deadline = Date.now() + 180_000;
  while (!(await bucket.isVersioned())) {
    if (Date.now() > deadline) {
      throw new Error(`There is no bucket:\n${bootstrap.output()}`);
    }
    await sleep(500);
  }
}, TIMEOUT);

afterAll(async () => {
  bucket?.destroy();
  await workspace?.dispose();
  await emulator?.stop();
}, TIMEOUT);

it(
  "completes an apply that was interrupted midway, when it is run again, and leaves no lock",
  async () => {
    await workspace.terraformInit("django", OWN_PROVIDER);
    // Nearly everything is there by then; the provider looks again after ten seconds.
    const interrupted = await interruptCommand(workspace.startTerraform("django", APPLY, OWN_PROVIDER), {
      when: /aws_ecs_cluster_capacity_providers\S*: Creating/,
    });
    expect(interrupted.exitCode).not.toBe(0);
    expect(interrupted.orphans).toEqual([]);
    expect(await bucket.keys()).toEqual([DJANGO]);
    const { stdout } = await terraform("django", "state", "list");
    expect(stdout).toContain("aws_vpc.");
    expect(stdout).not.toContain("aws_ecs_service.");

    await terraform("django", ...APPLY);
    expect(await planExitCode("django")).toBe(0);
    expect(await bucket.keys()).toEqual([DJANGO]);
  },
  TIMEOUT,
);

it(
  "refuses one of two applies at the same time, and the state is that of the other",
  async () => {
    const before = await serial();
    const apply = () => workspace.terraform("django", ...APPLY, "-var", "worker_image_tag=1.0.1");
    const [refused, done] = (await Promise.all([apply(), apply()])).sort(
      (a, b) => (b.exitCode ?? 1) - (a.exitCode ?? 1),
    );
    expect({ exitCode: done?.exitCode, output: done?.output }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("Apply complete!"),
    });
    expect({ exitCode: refused?.exitCode, output: refused?.output }).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/Error acquiring the state lock[\s\S]*PreconditionFailed[\s\S]*Who:/),
    });
    expect(await serial()).toBe(before + 1);
    const { exitCode } = await workspace.terraform(
      "django",
      "plan",
      "-detailed-exitcode",
      "-var",
      "worker_image_tag=1.0.1",
    );
    expect(exitCode).toBe(0);
  },
  TIMEOUT,
);

it(
  "takes an earlier version back, and then plans again what was done since",
  async () => {
    const [latest = "", earlier = ""] = await bucket.versions(DJANGO);
    const push = async (version: string) => {
      const state = JSON.parse(await bucket.read(DJANGO, version));
      const file = join(workspace.stackFolder("django"), "restored.tfstate");
      await writeFile(file, JSON.stringify({ ...state, serial: (await serial()) + 1 }));
      await terraform("django", "state", "push", "restored.tfstate");
    };
    const plan = async () =>
      (await workspace.terraform("django", "plan", "-detailed-exitcode", "-var", "worker_image_tag=1.0.1"))
        .output;
    await push(earlier);
    expect(await plan()).toMatch(/aws_ecs_task_definition\.worker must be replaced/);
    await push(latest);
    expect(await plan()).toContain("No changes.");
  },
  TIMEOUT,
);

it(
  "says whose a stuck lock is, and takes away no other",
  async () => {
    const ID = "5edd10aa-af09-ad80-ee46-4601fd7c2100";
    const left = { ID, Operation: "OperationTypeApply", Who: "deployer@build-7", Version: "1.11.4" };
    await bucket.write(LOCK, JSON.stringify({ ...left, Created: "2026-01-10T08:46:21Z" }));
    const refused = await workspace.terraform("django", ...APPLY);
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toMatch(
      new RegExp(`Error acquiring the state lock[\\s\\S]*${ID}[\\s\\S]*deployer@build-7`),
    );

    const other = await workspace.terraform("django", "force-unlock", "-force", ID.replace("5", "6"));
    expect(other.exitCode).toBe(1);
    expect(await bucket.keys()).toContain(LOCK);
    await terraform("django", "force-unlock", "-force", ID);
    expect(await bucket.keys()).toEqual([DJANGO]);
  },
  TIMEOUT,
);

it(
  "takes no more than the documented IAM policy",
  async () => {
    const page = readFileSync(join(projectFolder(), "docs", "state.md"), "utf8");
    const [, json = ""] = /## IAM policy[\s\S]*?```json\n(.*?)```/s.exec(page) ?? [];
    const policy = json.replaceAll("ecs-webapp-terraform-state", BUCKET).replaceAll("/ecs-webapp/", "/jobs/");
    const [deployer, stranger] = await Promise.all([
      createUser(emulator.endpoint, "deployer", { state: JSON.parse(policy) }),
      createUser(emulator.endpoint, "stranger", {
        state: JSON.parse(policy.replaceAll("/jobs/", "/another/")),
      }),
    ]);
    // Only the calls of the state: what the platform needs is another policy.
    const run = (as: Readonly<Record<string, string>>, ...args: string[]) =>
      workspace.startTerraform("django", args, as).ended;
    await withPolicies(emulator.endpoint, async () => {
      expectSuccess("terraform init", await run(deployer, "init", "-reconfigure", "-input=false"));
      const { stdout } = expectSuccess("terraform state pull", await run(deployer, "state", "pull"));
      const state = JSON.parse(stdout);
      const file = join(workspace.stackFolder("django"), "pushed.tfstate");
      await writeFile(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
      expectSuccess("terraform state push", await run(deployer, "state", "push", "pushed.tfstate"));

      const denied = await run(stranger, "state", "push", "-force", "pushed.tfstate");
      expect(denied.exitCode).toBe(1);
      expect(denied.output).toMatch(/Forbidden|AccessDenied/);
    });
    expect(await bucket.keys()).toEqual([DJANGO]);
  },
  TIMEOUT,
);

it(
  "makes the bucket, and plans it again to no changes",
  async () => {
    expectSuccess("cdktf deploy state-backend", await bootstrap.ended);
    expect(await planExitCode("state-backend")).toBe(0);
    expect(await bucket.buckets()).toEqual([BUCKET, `${BUCKET}-logs`]);
  },
  TIMEOUT,
);

describe("local state", () => {
  beforeAll(async () => {
    await describeState({ backend: "local" });
    await synth();
    await workspace.terraformInit("security-group-rules");
    await terraform("security-group-rules", ...APPLY);
  }, TIMEOUT);

  it(
    "is moved in",
    async () => {
      await describeState(IN_S3);
      const { output } = await workspace.cdktf("diff", "security-group-rules", "--migrate-state");
      expect(output).toContain("No changes.");
      expect(await bucket.keys()).toEqual([DJANGO, RULES]);
    },
    TIMEOUT,
  );

  it(
    "is pushed in where Terraform has forgotten it, since another environment was synthesized meanwhile",
    async () => {
      await bucket.remove(RULES);
      await synth("helloapi");
      await synth();
      await workspace.terraformInit("security-group-rules");
      expect(await planExitCode("security-group-rules")).toBe(2);

      const file = "../../../terraform.jobs.security-group-rules.tfstate";
      await terraform("security-group-rules", "state", "push", file);
      expect(await planExitCode("security-group-rules")).toBe(0);
    },
    TIMEOUT,
  );
});

it(
  "is refused to be destroyed, until the environment gives it up",
  async () => {
    // The other environment's synth has made Terraform forget this one, too.
    await workspace.terraformInit("state-backend");
    const refused = await workspace.terraform("state-backend", "destroy", "-auto-approve");
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain("Instance cannot be destroyed");
    expect(await bucket.keys()).toEqual([DJANGO, RULES]);

    // The states in it go with it: what they describe, the emulator forgets as it ends.
    await describeState({ ...IN_S3, protectBucket: false });
    await workspace.deploy(["state-backend"]);
    await workspace.destroy(["state-backend"]);
    expect(await bucket.buckets()).toEqual([]);
  },
  TIMEOUT,
);

it("calls nothing that the emulator lacks", () => {
  expect(
    emulator
      .log()
      .split("\n")
      .filter((line) => line.startsWith("GAP")),
  ).toEqual([]);
});
