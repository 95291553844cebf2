// An environment with every option that none of the documented ones uses, deployed, planned again and taken down.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allOptionsInput } from "../support/all-options";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

const STACKS = ["registry", "django", "security-group-rules"] as const;

/** A quarter of an hour: the whole suite's budget. */
const TIMEOUT = 900_000;

let emulator: Emulator;
let workspace: Workspace;
const planExitCodes: Record<string, number | undefined> = {};
let outputs: Readonly<Record<string, unknown>>;
let left: readonly string[];

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  workspace = await createWorkspace({
    emulator,
    environment: "all-options",
    variables: { TF_VAR_deletion_protection: "false" },
  });
  // As one file in the folder of environments, which is all that a new environment takes.
  writeFileSync(
    join(workspace.folder, "dist", "src", "environments", "all-options.js"),
    `const { defineEnvironment } = require("../config/define-environment");
exports.default = defineEnvironment(${JSON.stringify(allOptionsInput)});
`,
  );
  await workspace.deploy(STACKS);
  for (const stack of STACKS) {
    planExitCodes[stack] = (await workspace.plan(stack)).exitCode;
  }
  outputs = { ...(await workspace.outputs("registry")), ...(await workspace.outputs("django")) };
  await workspace.destroy(STACKS);
  left = await leftovers(emulator.endpoint);
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
});

it("plans again to no changes", () => {
  expect(planExitCodes).toEqual({ registry: 0, django: 0, "security-group-rules": 0 });
});

it("says where images are pushed, which key encrypts, and where backups are kept", () => {
  expect(outputs).toMatchObject({
    repository_urls: { web: "123456789012.dkr.ecr.us-east-1.amazonaws.com/all-options/web" },
    kms_key_arn: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//),
    backup_vault: "all-options-backup",
    backup_copy_vault_arn: "arn:aws:backup:us-west-2:123456789012:backup-vault:all-options-backup",
  });
});

it("leaves nothing behind, and calls nothing that the emulator lacks", () => {
  expect(left).toEqual([]);
  const log = emulator.log().split("\n");
  expect(log.filter((line) => line.startsWith("GAP"))).toEqual([]);
});
