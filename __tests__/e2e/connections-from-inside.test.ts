// Connections tried from inside, by the real command: of three services to two stores, and of a service that is Django beside
// one that is not. The account has the documented groups and rules; whether a task gets through, the rules decide.
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import type { Environment } from "../../src/model/environment";
import { DOCUMENTED_RULES } from "../support/documented-rules";
import { systems } from "../support/systems";
import { revoke, verifyFromInside } from "./operations/from-inside";
import { CREDENTIALS, REGION } from "./support/child-environment";
import { ec2Client } from "./support/ec2";
import { type Emulator, startEmulator } from "./support/emulator";
import { requirePrerequisites } from "./support/prerequisites";
import { createWorkspace, type Workspace } from "./support/workspace";

/** Several times what it takes on two cores that it shares. */
const TIMEOUT = 300_000;

let emulator: Emulator;
let workspace: Workspace | undefined;

beforeAll(async () => {
  await requirePrerequisites();
}, TIMEOUT);
beforeEach(async () => {
  emulator = await startEmulator();
}, TIMEOUT);
afterEach(async () => {
  await workspace?.dispose();
  workspace = undefined;
  await emulator?.stop();
}, TIMEOUT);

/** Makes what the checks read: the network with its groups, the documented rules between these, and the services. */
async function stand(name: string): Promise<Environment> {
  const environment = systems.load(name);
  const { names, network, services } = environment;
  const named = (ResourceType: "vpc" | "security-group", Value: string) => ({
    TagSpecifications: [{ ResourceType, Tags: [{ Key: "Name", Value }] }],
  });
  const ec2 = ec2Client(emulator.endpoint);
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: network.cidr, ...named("vpc", names.vpc) }),
  );
  const inVpc = { VpcId: Vpc?.VpcId };
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ ...inVpc, CidrBlock: network.cidr.replace(/\d+$/, "24") }),
  );
  const ids = new Map<string, string>();
  for (const group of Object.values(names.securityGroups)) {
    const made = await ec2.send(
      new CreateSecurityGroupCommand({
        ...inVpc,
        GroupName: group,
        Description: group,
        ...named("security-group", group),
      }),
    );
    ids.set(group, made.GroupId ?? "");
  }
  for (const [group, direction, IpProtocol, port, peer] of DOCUMENTED_RULES[name] ?? []) {
    if (direction === "ingress") {
      const GroupId = ids.get(peer);
      const from = GroupId ? { UserIdGroupPairs: [{ GroupId }] } : { IpRanges: [{ CidrIp: peer }] };
      await ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: ids.get(group),
          IpPermissions: [{ IpProtocol, FromPort: port, ToPort: port, ...from }],
        }),
      );
    }
  }
  ec2.destroy();

  const ecs = new ECSClient({ endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS });
  const define = (family: string, container: string) =>
    ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        networkMode: "awsvpc",
        containerDefinitions: [{ name: container, image: "shop/web:1", memory: 128 }],
      }),
    );
  await ecs.send(new CreateClusterCommand({ clusterName: names.cluster }));
  await define(`${name}-connectivity`, "probe");
  for (const key of Object.keys(services)) {
    const { service = "", taskDefinition = "" } = names.services[key] ?? {};
    await define(taskDefinition, key);
    await ecs.send(
      new CreateServiceCommand({
        cluster: names.cluster,
        serviceName: service,
        taskDefinition,
        desiredCount: 2,
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [Subnet?.SubnetId ?? ""],
            securityGroups: [ids.get(names.securityGroups[key] ?? "") ?? ""],
          },
        },
      }),
    );
  }
  ecs.destroy();
  workspace = await createWorkspace({ emulator, environment: name });
  return environment;
}

/** @param canPull whether images can be pulled that are not in ECR */
async function verify(environment: Environment, canPull = true) {
  if (workspace === undefined) {
    throw new Error("Nothing stands.");
  }
  const { checks, ...rest } = await verifyFromInside(emulator, workspace, environment, canPull);
  return { ...rest, checks, seen: checks.map(({ id, status, reached }) => [id, status, reached]) };
}

it(
  "three services reach two stores, each in the network of its own; one rule less closes one connection, and no other",
  async () => {
    const environment = await stand("realtime-platform");
    const all = ["api", "realtime", "workers"].flatMap((key) => [`database:${key}`, `cache:${key}`]);
    const { seen, tasks } = await verify(environment);
    expect(seen).toEqual(all.map((id) => [id, "pass", true]));
    expect([...tasks].sort()).toEqual(
      ["api", "api", "realtime", "realtime", "workers", "workers"].map(
        (key) => `realtime-platform-connectivity probe realtime-platform-ecs-${key}-sg`,
      ),
    );

    const unpulled = await verify(environment, false);
    expect(unpulled.exitCode).toBe(1);
    expect(unpulled.seen).toEqual(all.map((id) => [id, "fail", null]));
    for (const { detail } of unpulled.checks) {
      expect(detail).toMatch(
        /^It could not be checked\. The container did not start: .*CannotPullContainerError: dial tcp .*, by checkCommand in services\.\w+\.connectsTo$/,
      );
    }

    await revoke(emulator, environment, "workers", "redis");
    const closed = await verify(environment);
    expect(closed.exitCode).toBe(1);
    expect(closed.seen).toEqual(
      all.map((id) => (id === "cache:workers" ? [id, "fail", false] : [id, "pass", true])),
    );
    expect(closed.checks.find(({ id }) => id === "cache:workers")?.detail).toMatch(
      /^no answer within 10 seconds: a security group, a network ACL or a route keeps the connection out \(/,
    );
  },
  TIMEOUT,
);

it(
  "Django asks itself, in its own image, and what is not Django is asked for by the probe",
  async () => {
    const environment = await stand("pdf-excel-prod");
    const { seen, tasks } = await verify(environment);
    expect(seen).toEqual([
      ["database:frontend", "pass", true],
      ["database:backend", "pass", true],
    ]);
    expect([...tasks].sort()).toEqual([
      "pdf-excel-prod-backend backend pdf-excel-ecs-backend-sg",
      "pdf-excel-prod-connectivity probe pdf-excel-ecs-frontend-sg",
    ]);
    expect((await verify(environment, false)).seen).toEqual([
      ["database:frontend", "fail", null],
      ["database:backend", "pass", true],
    ]);
  },
  TIMEOUT,
);
