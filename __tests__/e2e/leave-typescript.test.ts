// The commands of docs/leave-typescript.md, as they stand there: a deployed platform goes on from HCL in a folder of its own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocksOf } from "../support/page-blocks";
import { childEnvironment } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { requirePrerequisites } from "./support/prerequisites";
import { projectFolder } from "./support/project";
import { OWN_PROVIDER } from "./support/shared-provider";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 600_000;
const STACKS = ["django", "security-group-rules"];

/** Small, under the names of the page. */
const ENVIRONMENT = {
  name: "lightwave-django-prod",
  region: "us-east-1",
  production: false,
  network: { cidr: "10.51.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "none" },
  services: {
    django: { image: "lightwave/django:1.0.0", cpu: 256, memory: 512 },
    worker: { image: "lightwave/django:1.0.0", cpu: 256, memory: 512 },
  },
  extraFlows: [{ source: "worker", destination: "django", port: 9000, description: "Django from worker" }],
};

let emulator: Emulator;
let workspace: Workspace;
let home: string;

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "lightwave-prod" });
  home = await mkdtemp(join(tmpdir(), "home-"));
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", "lightwave-prod.js"),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(ENVIRONMENT)});`,
  );
  await workspace.deploy(STACKS);
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
  if (home !== undefined) await rm(home, { recursive: true, force: true });
}, TIMEOUT);

/** Every command of the page, in its order. */
function commands(): string {
  const page = readFileSync(join(projectFolder(), "docs", "leave-typescript.md"), "utf8");
  return blocksOf(page, "sh").join("\n");
}

test(
  "the plan is empty, and a change is made from there",
  async () => {
    const script = ["set -euo pipefail", commands()]
      .join("\n")
      .replaceAll(
        /npm run synth( -- --hcl)?/g,
        (_, hcl) => `node dist/main.js${hcl === undefined ? "" : " --hcl"}`,
      );
    const variables = {
      ...childEnvironment(emulator.endpoint),
      // With a provider of Terraform's own there is a lock file, as there is for everybody.
      ...OWN_PROVIDER,
      ENVIRONMENT: "lightwave-prod",
      HOME: home,
    };
    const run = (text: string) =>
      startCommand("bash", ["-c", text], { folder: workspace.folder, variables }).ended;
    const { stdout } = expectSuccess("the page's commands", await run(script));
    expect(stdout.match(/No changes\./g)).toHaveLength(4);

    const repository = join(home, "infrastructure");
    expect(readdirSync(join(repository, "security-group-rules")).sort()).toEqual(
      expect.arrayContaining(["groups.tf", "outputs.tf", "provider.tf", "rules.tf", "versions.tf"]),
    );
    expect(existsSync(join(repository, "django", "cdk.tf"))).toBe(false);
    expect(readFileSync(join(repository, "django", "service-worker.tf"), "utf8")).not.toContain("synth");

    const released = await run(
      `terraform -chdir=$HOME/infrastructure/django apply -auto-approve -input=false -var django_image_tag=1.1.0`,
    );
    expect(expectSuccess("a release", released).stdout).toMatch(
      /Apply complete! Resources: 1 added, 1 changed, 1 destroyed\./,
    );
  },
  TIMEOUT,
);
