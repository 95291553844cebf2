// Every field of the environment file, changed on a running platform: what the real provider plans is what its row says, and
// what would be lost is refused by preflight. The rows are in __tests__/field-changes.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { lossesOf } from "../../src/operations/preflight/changes/losses";
import { plannedChanges } from "../../src/operations/terraform/plan";
import { altered, type Changes } from "../field-changes/altered";
import { broadEnvironment, OUTSIDE_SECRETS, ZONE } from "../field-changes/broad-environment";
import { planLines } from "../field-changes/plan-lines";
import { synthesizePlatform } from "../field-changes/platform";
import { PLANS, type PlanName } from "../field-changes/row";
import { refusalOf, rowsOf } from "../field-changes/rows";
import { CREDENTIALS, REGION } from "./support/child-environment";
import { expectSuccess } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { secretsManagerClient } from "./support/outside-secrets";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

/** Half an hour, several times what it takes on two cores that it shares. */
const TIMEOUT = 1_800_000;

/** Stacks that are deployed one after the other; the others stand by themselves, and most of their time is waiting. */
const DEPLOYED = [
  ["django", "security-group-rules"],
  ["account-security"],
  ["state-backend"],
  ["registry", "ci-access"],
];

let emulator: Emulator;
let workspace: Workspace;

async function terraform(stack: string, args: readonly string[]): Promise<string> {
  const ended = await workspace.terraform(stack, ...args);
  return expectSuccess(`terraform ${args[0]} of ${stack}`, ended).stdout;
}

function configurationOf(stack: string): string {
  return join(workspace.stackFolder(stack), "cdk.tf.json");
}

/** Synthesizes the broad environment with these changes, its states kept in files whatever it says. */
async function synth(changes: Changes): Promise<void> {
  const folder = join(workspace.folder, "cdktf.out");
  const { replaced } = synthesizePlatform(altered(broadEnvironment, changes), folder);
  for (const stack of DEPLOYED.flat()) {
    const file = configurationOf(stack);
    const config = JSON.parse(await readFile(file, "utf8"));
    config.terraform.backend = { local: { path: join(workspace.folder, `${stack}.tfstate`) } };
    // In lines, of which Terraform quotes one where something is wrong.
    await writeFile(file, JSON.stringify(config, null, 1));
    // Another name is another environment's output, for which Terraform must forget where the state is.
    if (replaced !== undefined) await workspace.terraformInit(stack);
  }
}

/** What `terraform show -json` says of a plan of each stack. The state is what was applied: nothing has changed since. */
async function plansOf(name: PlanName, before: Changes): Promise<readonly string[]> {
  await synth(Object.assign({}, before, ...rowsOf(name).map(([, { set }]) => set)));
  const shown: string[] = [];
  for (const stack of PLANS[name].stacks) {
    await terraform(stack, ["plan", "-input=false", "-refresh=false", "-lock=false", "-out=plan.bin"]);
    shown.push(await terraform(stack, ["show", "-json", "plan.bin"]));
  }
  return shown;
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, app: "none" });
  const route53 = new Route53Client({
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });
  await route53.send(new CreateHostedZoneCommand({ Name: ZONE, CallerReference: ZONE }));
  route53.destroy();
  const secrets = secretsManagerClient(emulator.endpoint);
  for (const Name of OUTSIDE_SECRETS) {
    await secrets.send(new CreateSecretCommand({ Name, SecretString: '{"one":"1","two":"2"}' }));
  }
  secrets.destroy();
  await synth({});
  await Promise.all(
    DEPLOYED.map(async (stacks) => {
      for (const stack of stacks) {
        await workspace.terraformInit(stack);
        await terraform(stack, ["apply", "-auto-approve", "-input=false"]);
      }
    }),
  );
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
});

it(
  "stands as it was deployed",
  async () => {
    for (const stack of DEPLOYED.flat()) {
      expect((await workspace.plan(stack)).exitCode).toBe(0);
    }
  },
  TIMEOUT,
);

const NAMES = Object.keys(PLANS).filter((name): name is PlanName => name in PLANS);

/** Whether a plan is one of the platform whose rows say nothing of the firewall. */
function isWithoutFirewall(name: PlanName): boolean {
  const stacks: readonly string[] = PLANS[name].stacks;
  return stacks.includes("django") && !/waf/i.test(JSON.stringify(rowsOf(name)));
}

/** Plans that are made once the platform has become what it is with these changes. */
function describePlans(names: readonly PlanName[], before: Changes): void {
  it.each(names.filter((name) => !PLANS[name].refused))(
    "the plan %s does what its rows say, and takes nothing away that is in use",
    async (name) => {
      const shown = await plansOf(name, before);
      const expected = rowsOf(name).flatMap(([, { shows }]) => shows);
      expect(shown.flatMap(planLines).sort()).toEqual([...new Set(expected)].sort());
      expect(shown.flatMap((plan) => lossesOf(plannedChanges(plan)))).toEqual([]);
    },
    TIMEOUT,
  );

  it.each(names.filter((name) => PLANS[name].refused))(
    "the plan %s is refused, for each of its rows with the resource and the field",
    async (name) => {
      const shown = await plansOf(name, before);
      const lines = new Set(shown.flatMap(planLines));
      const losses = shown.flatMap((plan) => lossesOf(plannedChanges(plan)));
      for (const [path, { shows }] of rowsOf(name)) {
        expect({ path, missing: shows.filter((line) => !lines.has(line)) }).toEqual({ path, missing: [] });
        const lost = losses.filter(({ address }) =>
          shows.some((line) => line.split(/ |: /).includes(address)),
        );
        expect({ path, lost: lost.map(({ text }) => text) }).toEqual({
          path,
          lost: expect.arrayContaining([expect.stringContaining(refusalOf(path))]),
        });
      }
    },
    TIMEOUT,
  );
}

describe("with all that it has", () => {
  describePlans(
    NAMES.filter((name) => !isWithoutFirewall(name)),
    {},
  );
});

// Comparing the types within a web ACL is most of what Terraform computes of a plan that has one.
describe("without the firewall", () => {
  const without = { "loadBalancer.waf": false };

  beforeAll(async () => {
    await synth(without);
    await terraform("django", ["apply", "-auto-approve", "-input=false"]);
  }, TIMEOUT);

  describePlans(NAMES.filter(isWithoutFirewall), without);
});
