// An environment with every option that none of the documented ones uses, deployed, planned again and taken down: its
// platform with CI's role, which must be let do all of it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateHostedZoneCommand, DeleteHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import type { EnvironmentInput } from "../../src/config/environment";
import { allOptionsInput } from "../support/all-options";
import { type AwsProxy, startAwsProxy } from "./support/aws-proxy";
import { ACCOUNT, CREDENTIALS, REGION } from "./support/child-environment";
import { become, readRole } from "./support/ci-roles";
import { expectSuccess } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

/** What is deployed by hand, before and after all else. */
const BY_HAND = ["registry", "ci-access"] as const;
const BY_CI = ["django", "security-group-rules"] as const;

/** A quarter of an hour: the whole suite's budget. */
const TIMEOUT = 900_000;

/**
 * AWS's provider reads a secret that it has written until 6.26, which CI needs for that reason:
 * https://github.com/hashicorp/terraform-provider-aws/pull/44876
 */
const OLD_PROVIDER = ["secretsmanager:GetSecretValue"];

const ZONE = "example.com";

const environment: EnvironmentInput = {
  ...allOptionsInput,
  account: ACCOUNT,
  dns: { domain: `all-options.${ZONE}`, hostedZoneName: ZONE },
  state: { backend: "none" },
  ci: { github: { repository: "acme/all-options" } },
};

let emulator: Emulator;
let proxy: AwsProxy;
let workspace: Workspace;
const planExitCodes: Record<string, number | undefined> = {};
let refused: readonly string[] = [];
let outputs: Readonly<Record<string, unknown>>;
let left: readonly string[];

/** Throws with what Terraform said, and what it was refused, where it fails. */
async function asDeploy(stack: string, command: "apply" | "destroy"): Promise<void> {
  const ended = await workspace.terraform(stack, command, "-auto-approve", "-input=false", "-no-color");
  expectSuccess(`${command} of ${stack}, refused ${refused.join(", ") || "nothing"},`, ended);
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  workspace = await createWorkspace({
    emulator,
    environment: "all-options",
    variables: { TF_VAR_deletion_protection: "false", AWS_ENDPOINT_URL: proxy.endpoint },
  });
  // As one file in the folder of environments, which is all that a new environment takes.
  writeFileSync(
    join(workspace.folder, "dist", "src", "environments", "all-options.js"),
    `const { defineEnvironment } = require("../config/define-environment");
exports.default = defineEnvironment(${JSON.stringify(environment)});
`,
  );
  await workspace.deploy(BY_HAND);
  const client = { endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS };
  const iam = new IAMClient(client);
  refused = become(proxy, await readRole(iam, "all-options-ci-deploy"), OLD_PROVIDER);
  iam.destroy();
  const route53 = new Route53Client(client);
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: ZONE, CallerReference: ZONE }),
  );
  for (const stack of BY_CI) {
    await workspace.terraformInit(stack);
    await asDeploy(stack, "apply");
  }
  for (const stack of BY_CI) {
    planExitCodes[stack] = (await workspace.plan(stack)).exitCode;
  }
  outputs = { ...(await workspace.outputs("registry")), ...(await workspace.outputs("django")) };
  for (const stack of [...BY_CI].reverse()) {
    await asDeploy(stack, "destroy");
  }
  proxy.forget();
  for (const stack of BY_HAND) {
    planExitCodes[stack] = (await workspace.plan(stack)).exitCode;
  }
  await workspace.destroy(BY_HAND);
  await route53.send(new DeleteHostedZoneCommand({ Id: HostedZone?.Id }));
  route53.destroy();
  left = await leftovers(emulator.endpoint);
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await proxy?.stop();
  await emulator?.stop();
});

it("plans again to no changes", () => {
  expect(planExitCodes).toEqual({ registry: 0, "ci-access": 0, django: 0, "security-group-rules": 0 });
});

it("refuses CI's role nothing", () => {
  expect(refused).toEqual([]);
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
