// CI's roles with the real Terraform and AWS provider: the stack that makes them, and whether Terraform can work with what
// they may do. The emulator lets everybody do everything, so that a proxy before it asks the deployed policies first.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import type { EnvironmentInput } from "../../src/schema/environment";
import { type AwsProxy, startAwsProxy } from "./support/aws-proxy";
import { ACCOUNT, CREDENTIALS, REGION } from "./support/child-environment";
import { become, type Role, readRole } from "./support/ci-roles";
import { type Ended, expectSuccess } from "./support/command";
import { ec2Client, findVpc, securityGroupRules } from "./support/ec2";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

const NAME = "ci-shop";
const TIMEOUT = 600_000;

const image = (service: string) => `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${NAME}/${service}:1.0.0`;

/**
 * Small, so that it deploys in half a minute: two services without ports, and one rule between them. The environment with
 * every option, in a test of its own, is deployed by CI's role, too.
 */
const environment: EnvironmentInput = {
  name: NAME,
  region: REGION,
  account: ACCOUNT,
  network: {
    cidr: "10.90.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "none",
    vpcEndpoints: true,
  },
  services: {
    worker: { image: image("worker"), cpu: 256, memory: 512, consumesFrom: ["jobs"] },
    cron: { image: image("cron"), cpu: 256, memory: 512, sendsTo: ["jobs"] },
  },
  queues: { jobs: {} },
  extraFlows: [{ source: "cron", destination: "worker", port: 9000, description: "Metrics" }],
  state: { backend: "none" },
  ci: { github: { repository: "acme/shop" } },
};

let emulator: Emulator;
let proxy: AwsProxy;
let workspace: Workspace;
let iam: IAMClient;
const ended: Record<string, Ended> = {};
/** Exit codes of plans after an apply, by stack. */
const planned: Record<string, number | undefined> = {};
const refused: Record<string, readonly string[]> = {};
const roles: Record<string, Role> = {};
let afterRefusedApply: string | undefined;
let rules = 0;
let left: readonly string[] = [];

const terraform = (stack: string, ...args: readonly string[]) =>
  workspace.terraform(stack, ...args, "-input=false", "-no-color");

/** Throws with what Terraform said, and what it was refused, where it fails. */
async function asDeploy(stack: string, command: "apply" | "destroy"): Promise<void> {
  expectSuccess(
    `${command} of ${stack}, refused ${refused.deploy?.join(", ") || "nothing"},`,
    await terraform(stack, command, "-auto-approve"),
  );
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  iam = new IAMClient({ endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS });
  const variables = { AWS_ENDPOINT_URL: proxy.endpoint };
  workspace = await createWorkspace({ emulator, environment: NAME, variables });
  const file = join(workspace.folder, "dist", "src", "environments", `${NAME}.js`);
  const text =
    `const { defineEnvironment } = require("../validation/define-environment");\n` +
    `exports.default = defineEnvironment(${JSON.stringify(environment)});\n`;
  await writeFile(file, text);

  await workspace.deploy(["ci-access"]);
  planned["ci-access"] = (await workspace.plan("ci-access")).exitCode;
  const plan = await readRole(iam, `${NAME}-ci-plan`);
  const deploy = await readRole(iam, `${NAME}-ci-deploy`);
  Object.assign(roles, { plan, deploy });
  await workspace.terraformInit("django");
  await workspace.terraformInit("security-group-rules");

  refused.plan = become(proxy, plan);
  ended["plan as plan"] = await workspace.plan("django");
  ended["apply as plan"] = await terraform("django", "apply", "-auto-approve");
  const client = ec2Client(emulator.endpoint);
  afterRefusedApply = await findVpc(client, `${NAME}-vpc`);

  refused.deploy = become(proxy, deploy);
  for (const stack of ["django", "security-group-rules"]) {
    await asDeploy(stack, "apply");
    planned[stack] = (await workspace.plan(stack)).exitCode;
  }
  const vpc = await findVpc(client, `${NAME}-vpc`);
  rules = vpc === undefined ? 0 : (await securityGroupRules(client, vpc)).length;
  client.destroy();
  for (const stack of ["security-group-rules", "django"]) {
    await asDeploy(stack, "destroy");
  }
  proxy.forget();
  await workspace.destroy(["ci-access"]);
  left = await leftovers(emulator.endpoint);
}, TIMEOUT);

afterAll(async () => {
  iam?.destroy();
  await workspace?.dispose();
  await proxy?.stop();
  await emulator?.stop();
});

it("makes the roles, plans again to no changes, and leaves nothing behind", () => {
  expect(planned["ci-access"]).toBe(0);
  expect(roles.plan).toMatchObject({ longestSession: 3600, boundary: undefined });
  expect(roles.deploy).toMatchObject({ longestSession: 3600, boundary: { Version: "2012-10-17" } });
  expect(left).toEqual([]);
});

it("can plan with the plan role, and cannot apply", () => {
  expect(ended["plan as plan"]?.exitCode).toBe(2);
  expect(ended["apply as plan"]?.exitCode).toBe(1);
  expect(ended["apply as plan"]?.output).toContain(
    `${NAME}-ci-plan is not authorized to perform: ec2:CreateVpc`,
  );
  expect(refused.plan?.filter((action) => /:(Describe|List|Get)/.test(action))).toEqual([]);
  expect(afterRefusedApply).toBeUndefined();
});

it("can deploy and destroy with the deploy role, which is refused nothing", () => {
  expect(planned).toMatchObject({ django: 0, "security-group-rules": 0 });
  expect(rules).toBeGreaterThan(2);
  expect(refused.deploy).toEqual([]);
});

it("calls nothing that the emulator lacks", () => {
  expect(
    emulator
      .log()
      .split("\n")
      .filter((line) => line.startsWith("GAP")),
  ).toEqual([]);
});
