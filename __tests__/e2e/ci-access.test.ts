// CI's roles with the real Terraform and AWS provider: the stack that makes them, and whether Terraform can work with what
// they may do, for both stages of one platform. The emulator lets everybody do everything, so that a proxy before it asks the
// deployed policies first.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EC2Client } from "@aws-sdk/client-ec2";
import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { shop } from "../stages/shared/shop";
import { type AwsProxy, startAwsProxy } from "./support/aws-proxy";
import { CREDENTIALS, REGION } from "./support/child-environment";
import { become, type Role, readRole } from "./support/ci-roles";
import { type Ended, expectSuccess } from "./support/command";
import { findVpc, securityGroupRules } from "./support/ec2";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { createOutsideSecrets } from "./support/outside-secrets";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

const STAGES = ["staging", "production"] as const;

/** Half an hour, three times what it takes on two cores that it shares: nothing here may wait for ever. */
const TIMEOUT = 1_800_000;

/**
 * AWS's provider reads a secret that it has written until 6.26, which CI needs for that reason:
 * https://github.com/hashicorp/terraform-provider-aws/pull/44876
 */
const OLD_PROVIDER = ["secretsmanager:GetSecretValue"];

const RELEASE = { TF_VAR_web_image_tag: "1.5.0", TF_VAR_worker_image_tag: "1.5.0" };

/** A stage of the shop, with its state beside it: the bucket of the states is another test's. */
const environmentOf = (stage: (typeof STAGES)[number]): EnvironmentInput => ({
  ...shop(stage),
  state: { backend: "none" },
});

/** What was seen of one stage. */
interface Seen {
  /** Exit codes of plans after an apply, by stack. */
  readonly planned: Readonly<Record<string, number | undefined>>;
  /** What the deploy role was refused. */
  readonly refused: readonly string[];
  /** The images of the web service's and the worker's tasks after a release. */
  readonly released: readonly (string | undefined)[];
  /** Rules of the stage's security groups. */
  readonly rules: number;
  readonly roles: Readonly<Record<"plan" | "deploy", Role>>;
}

let emulator: Emulator;
let proxy: AwsProxy;
let iam: IAMClient;
const ended: Record<string, Ended> = {};
const seen = new Map<string, Seen>();
let refusedToPlan: readonly string[] = [];
let afterRefusedApply: string | undefined;
let left: readonly string[] = [];

/** Throws with what Terraform said, and what it was refused, where it fails. */
async function apply(
  workspace: Workspace,
  refused: readonly string[],
  stack: string,
  command: "apply" | "destroy",
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const args = [command, "-auto-approve", "-input=false", "-no-color"];
  expectSuccess(
    `${command} of ${stack}, refused ${refused.join(", ") || "nothing"},`,
    await workspace.startTerraform(stack, args, variables).ended,
  );
}

async function imagesOf({ name, region }: EnvironmentInput): Promise<(string | undefined)[]> {
  const ecs = new ECSClient({ endpoint: emulator.endpoint, region, credentials: CREDENTIALS });
  const images = await Promise.all(
    ["web", "worker"].map(async (service) => {
      const { taskDefinition } = await ecs.send(
        new DescribeTaskDefinitionCommand({ taskDefinition: `${name}-${service}` }),
      );
      return taskDefinition?.containerDefinitions?.[0]?.image;
    }),
  );
  ecs.destroy();
  return images;
}

/** What the plan role may do, before anything stands. */
async function asPlan(workspace: Workspace, name: string, client: EC2Client, role: Role): Promise<void> {
  refusedToPlan = become(proxy, role);
  ended["plan as plan"] = await workspace.plan("django");
  ended["apply as plan"] = await workspace.terraform(
    "django",
    "apply",
    "-auto-approve",
    "-input=false",
    "-no-color",
  );
  afterRefusedApply = await findVpc(client, `${name}-vpc`);
}

/** One after the other; the roles of each stand until the last is done, and with them what they share. */
async function deployStages([stage, ...others]: readonly (typeof STAGES)[number][]): Promise<void> {
  if (stage === undefined) {
    return;
  }
  const environment = environmentOf(stage);
  const { name, region } = environment;
  const variables = { AWS_ENDPOINT_URL: proxy.endpoint, TF_VAR_deletion_protection: "false" };
  const workspace = await createWorkspace({ emulator, environment: name, variables });
  const client = new EC2Client({ endpoint: emulator.endpoint, region, credentials: CREDENTIALS });
  try {
    await writeFile(
      join(workspace.folder, "dist", "src", "environments", `${name}.js`),
      `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(environment)});\n`,
    );
    await createOutsideSecrets(emulator.endpoint, defineEnvironment(environment));
    proxy.forget();
    await workspace.deploy(["ci-access"]);
    const planned: Record<string, number | undefined> = {
      "ci-access": (await workspace.plan("ci-access")).exitCode,
    };
    const roles = {
      plan: await readRole(iam, `${name}-ci-plan`),
      deploy: await readRole(iam, `${name}-ci-deploy`),
    };
    await workspace.terraformInit("django");
    await workspace.terraformInit("security-group-rules");
    if (stage === "staging") {
      await asPlan(workspace, name, client, roles.plan);
    }
    const refused = become(proxy, roles.deploy, OLD_PROVIDER);
    for (const stack of ["django", "security-group-rules"]) {
      await apply(workspace, refused, stack, "apply");
      planned[stack] = (await workspace.plan(stack)).exitCode;
    }
    const vpc = await findVpc(client, `${name}-vpc`);
    const rules = vpc === undefined ? 0 : (await securityGroupRules(client, vpc)).length;
    await apply(workspace, refused, "django", "apply", RELEASE);
    const released = await imagesOf(environment);
    for (const stack of ["security-group-rules", "django"]) {
      await apply(workspace, refused, stack, "destroy", RELEASE);
    }
    proxy.forget();
    await deployStages(others);
    await workspace.destroy(["ci-access"]);
    seen.set(stage, { planned, refused, released, rules, roles });
  } finally {
    client.destroy();
    await workspace.dispose();
  }
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  const client = { endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS };
  iam = new IAMClient(client);
  const route53 = new Route53Client(client);
  // What stands in an account before its first stage: the zone, and, from the first stage on, GitHub's provider.
  await route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "shop" }));
  await deployStages(STAGES);
  left = await leftovers(emulator.endpoint);
  route53.destroy();
}, TIMEOUT);

afterAll(async () => {
  iam?.destroy();
  await proxy?.stop();
  await emulator?.stop();
});

describe.each(STAGES)("%s", (stage) => {
  it("has its roles made, and plans again to no changes", () => {
    const { planned, roles } = seen.get(stage) ?? {};
    expect(planned).toEqual({ "ci-access": 0, django: 0, "security-group-rules": 0 });
    expect(roles?.plan).toMatchObject({ longestSession: 3600, boundary: undefined });
    expect(roles?.deploy).toMatchObject({ longestSession: 3600, boundary: { Version: "2012-10-17" } });
  });

  it("is deployed, released and destroyed with the deploy role, which is refused nothing", () => {
    const { refused, released, rules } = seen.get(stage) ?? {};
    expect(refused).toEqual([]);
    expect(rules).toBeGreaterThan(10);
    expect(released).toEqual([
      "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.5.0",
      "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.5.0",
    ]);
  });
});

it("can be planned with the plan role, and not applied", () => {
  expect(ended["plan as plan"]?.exitCode).toBe(2);
  expect(ended["apply as plan"]?.exitCode).toBe(1);
  expect(ended["apply as plan"]?.output).toContain(
    "shop-staging-ci-plan is not authorized to perform: ec2:CreateVpc",
  );
  expect(refusedToPlan.filter((action) => /:(Describe|List|Get)/.test(action))).toEqual([]);
  expect(afterRefusedApply).toBeUndefined();
});

it("leaves nothing behind", () => {
  expect(left).toEqual([]);
});

it("calls nothing that the emulator lacks", () => {
  expect(
    emulator
      .log()
      .split("\n")
      .filter((line) => line.startsWith("GAP")),
  ).toEqual([]);
});
