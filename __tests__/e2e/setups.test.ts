// Seven set-ups that teams run, deployed with the real Terraform and AWS provider onto one emulator at the same time; their
// containers are read back from the task definitions that are registered.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { type ContainerVariables, SETUPS } from "../support/setups";
import { CREDENTIALS, REGION } from "./support/child-environment";
import { type Emulator, startEmulator } from "./support/emulator";
import { createOutsideSecrets } from "./support/outside-secrets";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace } from "./support/workspace";

/** Half an hour, three times what it takes on two cores that it shares: nothing here may wait for ever. */
const TIMEOUT = 1_800_000;

/** What is known of a set-up once it stands. */
interface Deployed {
  readonly containers: Readonly<Record<string, Readonly<Record<string, ContainerVariables>>>>;
  readonly planExitCodes: readonly (number | undefined)[];
}

let emulator: Emulator;
const deployed = new Map<string, Deployed>();
const failures = new Map<string, unknown>();

/** The zones that their domains are in. */
async function createHostedZones(): Promise<void> {
  const client = new Route53Client({ endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS });
  for (const Name of ["example.com", "example.org"]) {
    await client.send(new CreateHostedZoneCommand({ Name, CallerReference: Name }));
  }
  client.destroy();
}

/** The same set-up, with a certificate that the account has in place of the one that its file names. */
async function withCertificate(input: EnvironmentInput): Promise<EnvironmentInput> {
  const { dns, region } = input;
  if (dns?.certificateArn === undefined) {
    return input;
  }
  const client = new ACMClient({ endpoint: emulator.endpoint, region, credentials: CREDENTIALS });
  const { CertificateArn: certificateArn = "" } = await client.send(
    new RequestCertificateCommand({ DomainName: dns.domain }),
  );
  client.destroy();
  return { ...input, dns: { ...dns, certificateArn } };
}

async function containersOf({ name, region, services }: EnvironmentInput): Promise<Deployed["containers"]> {
  const client = new ECSClient({ endpoint: emulator.endpoint, region, credentials: CREDENTIALS });
  const named = (list: readonly { readonly name?: string | undefined }[] = []) =>
    list.map((one) => one.name ?? "").sort();
  try {
    return Object.fromEntries(
      await Promise.all(
        Object.keys(services).map(async (key) => {
          const { taskDefinition } = await client.send(
            new DescribeTaskDefinitionCommand({ taskDefinition: `${name}-${key}` }),
          );
          const containers = (taskDefinition?.containerDefinitions ?? []).map(
            (container) =>
              [
                container.name ?? "",
                { plain: named(container.environment), secret: named(container.secrets) },
              ] as const,
          );
          return [key, Object.fromEntries(containers)] as const;
        }),
      ),
    );
  } finally {
    client.destroy();
  }
}

async function deploy(key: string, described: EnvironmentInput): Promise<void> {
  const input = await withCertificate(described);
  const environment = defineEnvironment(input);
  const workspace = await createWorkspace({
    emulator,
    environment: input.name,
    variables: { TF_VAR_deletion_protection: "false" },
  });
  try {
    await writeFile(
      join(workspace.folder, "dist", "src", "environments", `${input.name}.js`),
      `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(input)});\n`,
    );
    await createOutsideSecrets(emulator.endpoint, environment);
    await workspace.deploy(["django", "security-group-rules"]);
    const containers = await containersOf(input);
    const planExitCodes = [
      (await workspace.plan("django")).exitCode,
      (await workspace.plan("security-group-rules")).exitCode,
    ];
    deployed.set(key, { containers, planExitCodes });
    await workspace.destroy(["django", "security-group-rules"]);
  } finally {
    await workspace.dispose();
  }
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  await createHostedZones();
  await Promise.all(
    Object.entries(SETUPS).map(([key, { stages }]) => {
      const last = stages.at(-1);
      return last === undefined ? undefined : deploy(key, last).catch((error) => failures.set(key, error));
    }),
  );
}, TIMEOUT);

afterAll(async () => {
  await emulator?.stop();
});

describe.each(Object.entries(SETUPS))("%s", (key, { containers }) => {
  it("is deployed, planned again to no changes, and destroyed", () => {
    expect(failures.get(key)).toBeUndefined();
    expect(deployed.get(key)?.planExitCodes).toEqual([0, 0]);
  });

  it("gives its containers the variables of its list, and no other", () => {
    expect(deployed.get(key)?.containers).toEqual(containers);
  });
});

it("calls nothing that the emulator lacks", () => {
  expect(
    emulator
      .log()
      .split("\n")
      .filter((line) => line.startsWith("GAP")),
  ).toEqual([]);
});
