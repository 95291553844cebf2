// What goes wrong in practice: the rules deployed before their groups, and a deployment interrupted midway.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { DeleteDBSnapshotCommand, DescribeDBSnapshotsCommand, RDSClient } from "@aws-sdk/client-rds";
import { CREDENTIALS, REGION } from "./support/child-environment";
import { type Emulator, startEmulator } from "./support/emulator";
import { interruptCommand } from "./support/interruption";
import { leftovers } from "./support/leftovers";
import { requirePrerequisites } from "./support/prerequisites";
import { OWN_PROVIDER } from "./support/shared-provider";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 600_000;

let emulator: Emulator;
let workspace: Workspace;

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  // An interrupted resource is replaced by the next deployment, which deletion protection would forbid.
  workspace = await createWorkspace({
    emulator,
    environment: "lightwave-prod",
    variables: { TF_VAR_deletion_protection: "false" },
  });
  // Comparing the types within a web ACL is most of what Terraform computes of a plan that has one, and no part of this.
  const file = join(workspace.folder, "dist", "src", "environments", "lightwave-prod.js");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("dns: {", "loadBalancer: { waf: false }, dns: {"));
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
}, TIMEOUT);

it(
  "refuses the rules before their groups are there, and leaves nothing half-made",
  async () => {
    const { exitCode, output } = await workspace.cdktf(
      "deploy",
      "security-group-rules",
      "--ignore-missing-stack-dependencies",
      "--auto-approve",
    );
    expect(exitCode).not.toBe(0);
    expect(output).toContain("no matching EC2 VPC found");
    const state = await workspace.terraform("security-group-rules", "state", "list");
    expect(state.stdout.trim()).toBe("");
    expect(await leftovers(emulator.endpoint)).toEqual([]);
  },
  TIMEOUT,
);

it(
  "completes a deployment that was interrupted midway, when it is run again",
  async () => {
    const stacks = ["django", "security-group-rules"];
    // Terraform itself: the CDKTF CLI may end before Terraform has written its state, and takes its terminal away from it.
    await workspace.synth();
    await workspace.terraformInit("django", OWN_PROVIDER);
    const apply = workspace.startTerraform(
      "django",
      ["apply", "-auto-approve", "-input=false"],
      OWN_PROVIDER,
    );
    const interrupted = await interruptCommand(apply, {
      // However busy the machine is: what needs no other resource is there by then, and the services wait for the database.
      when: /aws_db_instance\.database.*: Still creating/,
      quiet: 5_000,
      within: 300_000,
    });
    expect(interrupted.orphans).toEqual([]);
    const made = (await workspace.terraform("django", "state", "list")).stdout.split("\n");
    expect(made.filter((address) => address.startsWith("aws_")).length).toBeGreaterThan(5);
    expect(made.filter((address) => address.startsWith("aws_ecs_service."))).toEqual([]);

    await workspace.deploy(stacks);
    for (const stack of stacks) {
      expect((await workspace.plan(stack)).exitCode).toBe(0);
    }
    await deleteFinalSnapshots();
    await workspace.destroy(stacks);
    expect(await leftovers(emulator.endpoint)).toEqual([]);
  },
  TIMEOUT,
);

/** As docs/troubleshooting.md has it: what was replaced has left a snapshot, whose name the next destroy wants again. */
async function deleteFinalSnapshots(): Promise<void> {
  const options = { endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS };
  const databases = new RDSClient(options);
  const { DBSnapshots = [] } = await databases.send(
    new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }),
  );
  for (const { DBSnapshotIdentifier } of DBSnapshots) {
    await databases.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier }));
  }
  databases.destroy();
  const caches = new ElastiCacheClient(options);
  const { Snapshots = [] } = await caches.send(new DescribeSnapshotsCommand({}));
  for (const { SnapshotName } of Snapshots) {
    await caches.send(new DeleteSnapshotCommand({ SnapshotName }));
  }
  caches.destroy();
}
