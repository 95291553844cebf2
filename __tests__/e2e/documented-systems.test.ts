// The five documented systems, deployed at the same time by the CDKTF CLI with the real Terraform and AWS provider onto
// one emulator; read back through the AWS API; planned again; and taken down.
import {
  GetSecretValueCommand,
  paginateListSecrets,
  ResourceNotFoundException,
} from "@aws-sdk/client-secrets-manager";
import { DOCUMENTED_RULES } from "../support/documented-rules";
import { systems } from "../support/systems";
import { DOCUMENTED_ENTRANCE, DOCUMENTED_MONITORING } from "./documented-hardening";
import { ec2Client, findVpc, type ObservedRule, securityGroupRules } from "./support/ec2";
import { type Emulator, startEmulator } from "./support/emulator";
import { readEntrance } from "./support/entrance";
import { movesOnly, planUpgrade, type Upgrade } from "./support/former-addresses";
import { leftovers } from "./support/leftovers";
import { readMonitoring } from "./support/monitoring";
import { createOutsideSecrets, secretsManagerClient } from "./support/outside-secrets";
import { comparePlans, type PlanComparison } from "./support/plan-comparison";
import { requireAwsCli, requirePrerequisites } from "./support/prerequisites";
import { createWorkspace } from "./support/workspace";

const ENVIRONMENTS = Object.keys(DOCUMENTED_RULES);

/** The stacks that every environment has. */
const PLATFORM = ["django", "security-group-rules"] as const;

/** An environment's stacks, deployed at once: the account's is done while the others wait for their database. */
function stacksOf(name: string): readonly string[] {
  return [...PLATFORM, ...(systems.load(name).accountSecurity ? ["account-security"] : [])];
}

/** Half an hour, three times what it takes on two cores: nothing here may wait for ever. */
const TIMEOUT = 1_800_000;

/** What was seen of one environment while it stood. */
interface Observation {
  readonly rules: readonly ObservedRule[];
  readonly planExitCodes: Readonly<Record<string, number | undefined>>;
  readonly states: Readonly<Record<string, string>>;
  readonly checks: unknown;
  readonly formats: readonly PlanComparison[];
  /** What becomes of each stack where it was deployed when addresses ended in hashes. */
  readonly upgrades: Readonly<Record<string, Upgrade>>;
  /** Of the one system that goes the whole way. */
  readonly hardening: { readonly edge: unknown; readonly monitoring: unknown } | undefined;
}

let emulator: Emulator;
let left: readonly string[];
let secretValues: readonly string[] = [];
/** What was left after the rules stack had been destroyed by itself. */
let rulesAfterRollBack: readonly ObservedRule[] = [];
const observations = new Map<string, Observation>();
const failures = new Map<string, unknown>();

/** Every secret value that the emulator holds: generated ones, RDS's own, and ones put there by hand. */
async function readSecretValues(): Promise<string[]> {
  const client = secretsManagerClient(emulator.endpoint);
  const values: string[] = [];
  for await (const { SecretList = [] } of paginateListSecrets({ client }, {})) {
    for (const { ARN } of SecretList) {
      const { SecretString } = await client
        .send(new GetSecretValueCommand({ SecretId: ARN }))
        // Another system, which is being destroyed at the same time, may have taken it away since it was listed.
        .catch((error) => {
          if (error instanceof ResourceNotFoundException) {
            return { SecretString: undefined };
          }
          throw error;
        });
      if (SecretString === undefined) {
        continue;
      }
      // Of a JSON document, only the password is secret.
      values.push(SecretString.startsWith("{") ? String(JSON.parse(SecretString).password) : SecretString);
    }
  }
  client.destroy();
  return values;
}

async function rulesOf(name: string): Promise<readonly ObservedRule[]> {
  const client = ec2Client(emulator.endpoint);
  const vpc = await findVpc(client, systems.load(name).names.vpc);
  const rules = vpc === undefined ? [] : await securityGroupRules(client, vpc);
  client.destroy();
  return rules;
}

async function hardeningOf(name: string) {
  const environment = systems.load(name);
  return {
    edge: await readEntrance(emulator.endpoint, environment.names.loadBalancer),
    monitoring: await readMonitoring(emulator.endpoint, environment.name),
  };
}

/**
 * The one system that goes the whole way of production: deletion protection on, the rules rolled back by themselves,
 * protection taken off, then everything destroyed. The others stand for the same without the detours.
 */
const WHOLE_WAY = "lightwave-prod";

async function observe(name: string): Promise<void> {
  const environment = systems.load(name);
  const wholeWay = name === WHOLE_WAY;
  const stacks = stacksOf(name);
  const variables = wholeWay ? {} : { TF_VAR_deletion_protection: "false" };
  const workspace = await createWorkspace({ emulator, environment: name, variables });
  try {
    await createOutsideSecrets(emulator.endpoint, environment);
    const createsBucket = environment.state.backend === "s3" && environment.state.createBucket;
    if (createsBucket) {
      await workspace.deploy(["state-backend"]);
    }
    await workspace.deploy(stacks);
    const rules = await rulesOf(name);
    const hardening = wholeWay ? await hardeningOf(name) : undefined;
    const planExitCodes: Record<string, number | undefined> = {};
    const states: Record<string, string> = {};
    for (const stack of stacks) {
      planExitCodes[stack] = (await workspace.plan(stack)).exitCode;
      states[stack] = (await workspace.terraform(stack, "state", "pull")).stdout;
    }
    const upgrades: Record<string, Upgrade> = {};
    for (const stack of [...(createsBucket ? ["state-backend"] : []), ...stacks]) {
      upgrades[stack] = await planUpgrade(workspace, name, stack);
    }
    const checks = JSON.parse(states["security-group-rules"] ?? "{}").check_results;
    const formats = await comparePlans(emulator, name, PLATFORM, workspace.provider);
    secretValues = [...secretValues, ...(await readSecretValues())];
    observations.set(name, { rules, planExitCodes, states, checks, formats, upgrades, hardening });

    if (wholeWay) {
      await workspace.destroy(["security-group-rules"]);
      rulesAfterRollBack = await rulesOf(name);
      await workspace.deploy(
        stacks.filter((stack) => stack !== "security-group-rules"),
        "--var",
        "deletion_protection=false",
      );
    }
    await workspace.destroy(stacks);
  } finally {
    await workspace.dispose();
  }
}

/** What the emulator has printed but for calls that it refused, as AWS would. */
function breakdowns(log: string): string {
  return log
    .split("\n")
    .filter((line) => !/" 4\d\d /.test(line))
    .join("\n");
}

beforeAll(async () => {
  await requirePrerequisites();
  await requireAwsCli();
  emulator = await startEmulator();
  await Promise.all(
    ENVIRONMENTS.map((name) =>
      observe(name).catch((error) => {
        failures.set(name, error);
        // Where the emulator itself breaks down, Terraform tries again, and tells of what comes of that alone.
        console.error(
          `While ${name} was deployed, the emulator broke down over:\n${breakdowns(emulator.log())}`,
        );
      }),
    ),
  );
  left = await leftovers(emulator.endpoint);
}, TIMEOUT);

afterAll(async () => {
  await emulator?.stop();
});

function observed(name: string): Observation {
  const observation = observations.get(name);
  if (!observation) {
    throw failures.get(name) ?? new Error(`${name} was not deployed`);
  }
  return observation;
}

it("covers every documented system", () => {
  expect([...ENVIRONMENTS].sort()).toEqual(systems.names());
});

describe.each(ENVIRONMENTS)("%s", (name) => {
  it("has exactly the documented rules, as the EC2 API reports them", () => {
    const documented = (DOCUMENTED_RULES[name] ?? []).map(
      ([group, direction, protocol, port, peer, description]): ObservedRule => ({
        group,
        direction,
        protocol,
        fromPort: port,
        toPort: port,
        peer,
        description,
      }),
    );
    const { rules } = observed(name);
    expect(rules).toHaveLength(documented.length);
    expect(rules).toEqual(expect.arrayContaining(documented));
  });

  it("plans again to no changes", () => {
    expect(observed(name).planExitCodes).toEqual(
      Object.fromEntries(stacksOf(name).map((stack) => [stack, 0])),
    );
  });

  it("is moved, and no more, where it was deployed when addresses ended in hashes", async () => {
    const { upgrades } = observed(name);
    expect(upgrades).toEqual(await movesOnly(name, upgrades));
    expect(upgrades.django?.moved).toBeGreaterThan(50);
  });

  it("passes its check of the load balancer's rules", () => {
    expect(observed(name).checks).toEqual([
      expect.objectContaining({
        config_addr: "check.alb_ingress",
        status: "pass",
      }),
    ]);
  });

  it("keeps no secret value in its states", () => {
    const { states } = observed(name);
    expect(secretValues.length).toBeGreaterThan(3);
    for (const state of Object.values(states)) {
      expect(JSON.parse(state)).toHaveProperty("resources");
      expect(secretValues.filter((value) => state.includes(value))).toEqual([]);
    }
  });

  it("plans the same from HCL as from JSON", () => {
    for (const { stack, json, hcl, formatted } of observed(name).formats) {
      expect({ stack, formatted }).toEqual({ stack, formatted: true });
      expect(hcl).toEqual(json);
    }
    expect(observed(name).formats.map(({ stack }) => stack)).toEqual(PLATFORM);
  });
});

describe(`${WHOLE_WAY}, as the APIs report it`, () => {
  it("has exactly the documented listeners, and the documented firewall before them", () => {
    expect(observed(WHOLE_WAY).hardening?.edge).toEqual(DOCUMENTED_ENTRANCE);
  });

  it("has exactly the documented alarms, which tell one encrypted topic, as changes of security groups do", () => {
    expect(observed(WHOLE_WAY).hardening?.monitoring).toEqual(DOCUMENTED_MONITORING);
  });
});

it("takes back the rules between groups, and no others, when the rules stack is destroyed", () => {
  expect(observed(WHOLE_WAY).rules).toHaveLength(7);
  expect(
    rulesAfterRollBack.map(({ group, direction, fromPort, peer }) => [group, direction, fromPort, peer]),
  ).toEqual([
    ["lightwave-django-prod-alb-sg", "ingress", 80, "0.0.0.0/0"],
    ["lightwave-django-prod-alb-sg", "ingress", 443, "0.0.0.0/0"],
    ["lightwave-django-prod-ecs-sg", "egress", undefined, "0.0.0.0/0"],
  ]);
});

it("leaves nothing behind", () => {
  expect([...failures]).toEqual([]);
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
