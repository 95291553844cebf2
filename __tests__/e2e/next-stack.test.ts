// The example examples/next-stack on a deployed platform, with the values out of its state and out of Parameter Store: applied,
// read back through the AWS API, planned to no changes, told by verify, destroyed.
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Account } from "./support/account-outputs/account";
import { networkOutputs } from "./support/account-outputs/network";
import { bastionOf, NO_BASTION, PLATFORM, readBastion, WITH_DATABASE } from "./support/bastion";
import { childEnvironment } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { readParameters } from "./support/parameters";
import { requireAwsCli, requirePrerequisites } from "./support/prerequisites";
import { projectFolder } from "./support/project";
import { describeSmallPlatform, smallPlatform } from "./support/small-platform";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 900_000;

const PREFIX = "/platforms";

let emulator: Emulator;
let workspace: Workspace;
/** What the bastion has to be. */
let bastion: unknown;
let outputs: Readonly<Record<string, unknown>>;
/** What the outputs of the network have to be, by what EC2 says. */
let network: object;

async function describePlatform(parameterPrefix: string, more: object = {}): Promise<void> {
  await describeSmallPlatform(workspace, { ...WITH_DATABASE, outputs: { parameterPrefix }, ...more });
}

/** Runs Terraform in one of the example's folders, whatever the exit code. */
function terraform(caller: string, command: string, ...args: readonly string[]) {
  const { ended } = startCommand("terraform", [command, "-input=false", "-no-color", ...args], {
    folder: join(workspace.folder, "next-stack", caller),
    variables: { ...childEnvironment(emulator.endpoint), ...workspace.provider.variables },
  });
  return ended;
}

/** The example's folders, with what its README has a reader set. */
const CALLERS = {
  "remote-state": (): readonly string[] => [
    `-var=platform=${PLATFORM}`,
    "-var=state_backend=local",
    `-var=state_config={"path"="${join(workspace.folder, `terraform.${PLATFORM}.django.tfstate`)}"}`,
  ],
  parameters: (prefix = PREFIX): readonly string[] => [
    `-var=platform=${PLATFORM}`,
    `-var=parameter_prefix=${prefix}`,
  ],
};

/** What verify says of the database's group. */
async function undeclared(): Promise<{ readonly status: string; readonly detail: string } | undefined> {
  const { stdout } = await workspace.startOps(["verify", "--json"]).ended;
  const { checks }: { checks: { id: string; status: string; detail: string }[] } = JSON.parse(stdout);
  return checks.find(({ id }) => id === "undeclared:postgres");
}

beforeAll(async () => {
  await requirePrerequisites();
  await requireAwsCli();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "lightwave-prod" });
  await describePlatform(PREFIX);
  await workspace.deploy(["django", "security-group-rules"]);
  await cp(join(projectFolder(), "examples", "next-stack"), join(workspace.folder, "next-stack"), {
    recursive: true,
  });
  outputs = await workspace.outputs("django");
  bastion = bastionOf(outputs);
  const account = new Account(emulator.endpoint, smallPlatform(WITH_DATABASE));
  network = await networkOutputs(account);
  account.close();
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
}, TIMEOUT);

it("is given subnets, groups and the NAT gateway's address as EC2 has them", () => {
  expect(outputs).toMatchObject(network);
  expect(outputs).toHaveProperty("nat_addresses.length", 1);
});

it("is formatted as terraform fmt does it", async () => {
  const { exitCode, output } = await startCommand("terraform", ["fmt", "-check", "-recursive"], {
    folder: join(projectFolder(), "examples", "next-stack"),
    variables: childEnvironment(emulator.endpoint),
  }).ended;
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
});

describe.each(Object.entries(CALLERS))("%s", (caller, variables) => {
  it(
    "makes a bastion that reaches the database and reads its secret, and that nobody reaches",
    async () => {
      expectSuccess("init", await terraform(caller, "init"));
      expectSuccess("apply", await terraform(caller, "apply", "-auto-approve", ...variables()));
      expect(await readBastion(emulator.endpoint)).toEqual(bastion);
    },
    TIMEOUT,
  );

  it(
    "plans again to no changes, as the platform does",
    async () => {
      const { exitCode } = await terraform(caller, "plan", "-detailed-exitcode", ...variables());
      expect(exitCode).toBe(0);
      expect((await workspace.plan("django")).exitCode).toBe(0);
      expect((await workspace.plan("security-group-rules")).exitCode).toBe(0);
    },
    TIMEOUT,
  );

  it(
    "is told by verify as what nobody declared",
    async () => {
      expect(await undeclared()).toMatchObject({
        status: "fail",
        detail: expect.stringMatching(
          new RegExp(
            `^sgr-\\w+: security group sg-\\w+ \\(${PLATFORM}-bastion\\) could reach postgres on 5432/tcp$`,
          ),
        ),
      });
    },
    TIMEOUT,
  );

  it(
    "is destroyed, and the platform is what it was",
    async () => {
      expectSuccess("destroy", await terraform(caller, "destroy", "-auto-approve", ...variables()));
      expect(await readBastion(emulator.endpoint)).toEqual(NO_BASTION);
      expect(await undeclared()).toMatchObject({ status: "pass" });
    },
    TIMEOUT,
  );
});

it(
  "has the same values under another prefix, and none under the former",
  async () => {
    const before = await readParameters(emulator.endpoint, PREFIX);
    expectSuccess("apply", await terraform("parameters", "apply", "-auto-approve", ...CALLERS.parameters()));
    await describePlatform("/elsewhere");
    await workspace.deploy(["django"]);
    const after = await readParameters(emulator.endpoint, "/elsewhere");
    expect(Object.keys(after).length).toBeGreaterThan(30);
    expect(after).toEqual(
      Object.fromEntries(
        Object.entries(before).map(([name, value]) => [name.replace(PREFIX, "/elsewhere"), value]),
      ),
    );
    expect(await readParameters(emulator.endpoint, PREFIX)).toEqual({});
    const { exitCode } = await terraform(
      "parameters",
      "plan",
      "-detailed-exitcode",
      ...CALLERS.parameters("/elsewhere"),
    );
    expect(exitCode).toBe(0);
  },
  TIMEOUT,
);

/** In the private subnet of the first zone. */
const ADDRESS = "10.51.64.10";

it(
  "needs no rule of its own where the environment declares its address, and verify has nothing to say",
  async () => {
    const declared = { source: `${ADDRESS}/32`, destination: "postgres", port: 5432 };
    await describePlatform("/elsewhere", {
      extraFlows: [{ ...declared, description: "PostgreSQL from the bastion", reason: "Queries by hand" }],
    });
    await workspace.deploy(["django", "security-group-rules"]);
    await writeFile(
      join(workspace.folder, "next-stack", "parameters", "address_override.tf"),
      `module "bastion" {\n  private_ip = "${ADDRESS}"\n}\n`,
    );
    const variables = CALLERS.parameters("/elsewhere");
    expectSuccess("apply", await terraform("parameters", "apply", "-auto-approve", ...variables));
    expect((await terraform("parameters", "plan", "-detailed-exitcode", ...variables)).exitCode).toBe(0);
    const { instances, rules } = await readBastion(emulator.endpoint);
    expect(instances).toMatchObject([{ address: ADDRESS, groups: [`${PLATFORM}-bastion`] }]);
    expect(rules.map(([group, direction]) => [group, direction])).toEqual([
      [`${PLATFORM}-bastion`, "egress"],
      [`${PLATFORM}-bastion`, "egress"],
    ]);
    expect(await undeclared()).toMatchObject({ status: "pass" });
    expectSuccess("destroy", await terraform("parameters", "destroy", "-auto-approve", ...variables));
  },
  TIMEOUT,
);
