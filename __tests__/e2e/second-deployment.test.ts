// What a change of the environment file does to a platform that runs: read from the plan of the real provider, then applied.
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { childEnvironment } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { ec2Client, findVpc, securityGroupRules, securityGroups } from "./support/ec2";
import { type Emulator, startEmulator } from "./support/emulator";
import { plannedChanges } from "./support/planned-changes";
import { requirePrerequisites } from "./support/prerequisites";
import { findProviderMirror } from "./support/provider-source";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 300_000;
const DJANGO = "django";
const RULES = "security-group-rules";

const service = { image: "jobs/worker:1.0.0", cpu: 256, memory: 512 };

/** Own code that puts something into the data subnets: an address, which is there at once. */
const STORE = `
const { NetworkInterface } = require("@cdktf/provider-aws/lib/network-interface");
exports.extend = ({ django }) => {
  new NetworkInterface(django, "store", {
    subnetId: django.network.dataSubnetIdsByZone["us-east-1b"],
    securityGroups: [django.groups.idOf("store")],
  });
};`;

/** All that takes long (load balancer, NAT, database, cache) is left out. */
const JOBS = {
  name: "jobs",
  region: "us-east-1",
  production: false,
  network: {
    cidr: "10.50.0.0/16",
    availabilityZones: ["us-east-1b", "us-east-1c"],
    natGateways: "none",
    dataSubnetAcl: true,
  },
  services: { worker: service, scheduler: service },
  extraMembers: { store: { tier: "data" } },
  extraFlows: [{ source: "worker", destination: "store", port: 9200, description: "Store from worker" }],
};

/** Another environment, whose output is elsewhere. */
const OTHER = { ...JOBS, name: "mail", network: { ...JOBS.network, cidr: "10.60.0.0/16" } };

let emulator: Emulator;
let workspace: Workspace;

async function writeEnvironment(input: { readonly name: string }): Promise<void> {
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", `${input.name}.js`),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify(input)});`,
  );
}

/** Synthesizes the environment with these sections in place of its own. */
async function describeChange(changes: object): Promise<void> {
  await writeEnvironment({ ...JOBS, ...changes });
  const variables = { ...childEnvironment(emulator.endpoint), ENVIRONMENT: "jobs" };
  const { ended } = startCommand(process.execPath, ["dist/main.js"], { folder: workspace.folder, variables });
  expectSuccess("synth", await ended);
}

async function apply(stack: string): Promise<string> {
  const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
  return expectSuccess("terraform apply", await workspace.terraform(stack, ...args)).output;
}

/**
 * What version 0.1.0 made of the network ACL: entries numbered by their place, over joined blocks, under the addresses that
 * it had. Typed from that version's output for the same network.
 */
async function asVersion010(): Promise<void> {
  const file = join(workspace.stackFolder(DJANGO), "cdk.tf.json");
  const config = JSON.parse(await readFile(file, "utf8"));
  const { aws_vpc_security_group_ingress_rule: __, ...resource } = config.resource;
  const acl = "data-subnet-acl_454B4ACF";
  const rule = (egress: boolean, cidr_block: string, from_port: number, to_port: number) => ({
    network_acl_id: `\${aws_network_acl.${acl}.id}`,
    rule_number: 100,
    rule_action: "allow",
    protocol: "tcp",
    egress,
    cidr_block,
    from_port,
    to_port,
  });
  const association = (zone: string) => ({
    network_acl_id: `\${aws_network_acl.${acl}.id}`,
    subnet_id: `\${aws_subnet.data_us_east_1${zone}.id}`,
    depends_on: ["aws_network_acl_rule.data-ingress-100", "aws_network_acl_rule.data-egress-100"],
  });
  const former = {
    ...resource,
    aws_network_acl: { [acl]: { vpc_id: "${aws_vpc.main.id}", tags: { Name: "jobs-data" } } },
    aws_network_acl_rule: {
      "data-ingress-100": rule(false, "10.50.8.0/21", 9200, 9200),
      "data-egress-100": rule(true, "10.50.8.0/21", 1024, 65_535),
    },
    aws_network_acl_association: {
      "data-subnet-acl_association-us-east-1b_40C533A7": association("b"),
      data_us_east_1c: association("c"),
    },
  };
  await writeFile(file, JSON.stringify({ ...config, resource: former }));
  // Terraform refuses to move from an address that is still there.
  await rm(join(workspace.stackFolder(DJANGO), "moved.tf"));
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  workspace = await createWorkspace({ emulator, environment: "jobs" });
  await writeFile(join(workspace.folder, "dist", "src", "extensions", "index.js"), STORE);
  await describeChange({});
  await asVersion010();
  await workspace.terraformInit(DJANGO);
  await apply(DJANGO);
}, TIMEOUT);

afterAll(async () => {
  await workspace?.dispose();
  await emulator?.stop();
}, TIMEOUT);

it(
  "makes the data subnets' network ACL anew beside that of version 0.1.0, whose rules go once no subnet has it",
  async () => {
    await describeChange({});
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "create aws_network_acl.data_subnets",
      "create aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_50_16_0_21",
      "create aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_50_8_0_21",
      "create aws_network_acl_rule.data_ingress_9200_tcp_from_10_50_16_0_21",
      "create aws_network_acl_rule.data_ingress_9200_tcp_from_10_50_8_0_21",
      "delete aws_network_acl.data-subnet-acl_454B4ACF",
      "delete aws_network_acl_rule.data-egress-100",
      "delete aws_network_acl_rule.data-ingress-100",
      "delete, create aws_network_acl_association.data_us_east_1b",
      "delete, create aws_network_acl_association.data_us_east_1c",
    ]);
    const output = await apply(DJANGO);
    const at = (event: string) => {
      expect(output).toContain(event);
      return output.indexOf(event);
    };
    for (const zone of ["b", "c"]) {
      // Into the default network ACL, which lets everything through, and from there into the new one, once its rules stand.
      const left = at(`aws_network_acl_association.data_us_east_1${zone}: Destruction complete`);
      const joined = at(`aws_network_acl_association.data_us_east_1${zone}: Creation complete`);
      for (const direction of ["ingress", "egress"]) {
        expect(left).toBeLessThan(at(`aws_network_acl_rule.data-${direction}-100: Destroying`));
      }
      for (const rule of ["egress_1024_65535_tcp_to", "ingress_9200_tcp_from"]) {
        for (const block of ["8", "16"]) {
          const made = at(`aws_network_acl_rule.data_${rule}_10_50_${block}_0_21: Creation complete`);
          expect(made).toBeLessThan(joined);
        }
      }
    }
    await workspace.terraformInit(RULES);
    await apply(RULES);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    expect(await plannedChanges(workspace, RULES)).toEqual([]);
  },
  TIMEOUT,
);

const WIDER = {
  network: { ...JOBS.network, availabilityZones: ["us-east-1c", "us-east-1a", "us-east-1b"] },
  extraFlows: [
    ...JOBS.extraFlows,
    { source: "scheduler", destination: "store", port: 9300, description: "Store from scheduler" },
  ],
};

it(
  "adds a zone before the others, which change places, and a flow: nothing that stands is replaced or removed",
  async () => {
    await describeChange(WIDER);
    const added = (kind: string, ...names: readonly string[]) =>
      names.map((name) => `create ${kind}.${name}`);
    const tiers = ["data_us_east_1a", "private_us_east_1a", "public_us_east_1a"];
    expect(await plannedChanges(workspace, DJANGO)).toEqual(
      [
        ...added("aws_network_acl_association", "data_us_east_1a"),
        ...added(
          "aws_network_acl_rule",
          "data_egress_1024_65535_tcp_to_10_50_0_0_21",
          "data_ingress_9200_tcp_from_10_50_0_0_21",
          "data_ingress_9300_tcp_from_10_50_0_0_21",
          "data_ingress_9300_tcp_from_10_50_16_0_21",
          "data_ingress_9300_tcp_from_10_50_8_0_21",
        ),
        ...added("aws_route", "public_us_east_1a_to_internet"),
        ...added("aws_route_table", ...tiers),
        ...added("aws_route_table_association", ...tiers),
        ...added("aws_subnet", ...tiers),
        "update aws_ecs_service.scheduler",
        "update aws_ecs_service.worker",
        "update aws_vpc_endpoint.s3",
      ].sort(),
    );
    await apply(DJANGO);
    expect(await plannedChanges(workspace, RULES)).toEqual([
      "create aws_vpc_security_group_ingress_rule.store-from-scheduler-9300-tcp",
    ]);
    await apply(RULES);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
  },
  TIMEOUT,
);

const RENAMED = {
  ...WIDER,
  names: {
    securityGroups: {
      store: "jobs-search-sg",
      worker: "jobs-ecs-scheduler-sg",
      scheduler: "jobs-ecs-worker-sg",
    },
  },
};

it(
  "renames a security group in place, and lets two change names: no rule is touched, and the rules stack finds them",
  async () => {
    const client = ec2Client(emulator.endpoint);
    const vpc = (await findVpc(client, "jobs-vpc")) ?? "";
    const before = await securityGroupRules(client, vpc);
    const ids = await securityGroups(client, vpc);
    const named = (Name: string) => ids.find(({ tag }) => tag === Name);
    await describeChange(RENAMED);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "update aws_security_group.scheduler",
      "update aws_security_group.store",
      "update aws_security_group.worker",
    ]);
    await apply(DJANGO);
    // Between the two deployments the rules are those of the same groups.
    expect(await plannedChanges(workspace, RULES)).toEqual([]);
    await apply(RULES);
    const store = named("jobs-store-sg");
    const worker = named("jobs-ecs-worker-sg");
    const scheduler = named("jobs-ecs-scheduler-sg");
    expect(await securityGroups(client, vpc)).toEqual(
      expect.arrayContaining([
        { id: store?.id, name: "jobs-store-sg", tag: "jobs-search-sg" },
        { id: worker?.id, name: "jobs-ecs-worker-sg", tag: "jobs-ecs-scheduler-sg" },
        { id: scheduler?.id, name: "jobs-ecs-scheduler-sg", tag: "jobs-ecs-worker-sg" },
      ]),
    );
    // The same rules of the same groups, which are called otherwise.
    const after = await securityGroupRules(client, vpc);
    const NAMES = new Map([
      ["jobs-search-sg", "jobs-store-sg"],
      ["jobs-ecs-scheduler-sg", "jobs-ecs-worker-sg"],
      ["jobs-ecs-worker-sg", "jobs-ecs-scheduler-sg"],
    ]);
    const formerly = (name: string) => NAMES.get(name) ?? name;
    expect(
      after.map(({ group, peer, ...rule }) => ({ group: formerly(group), peer: formerly(peer), ...rule })),
    ).toEqual(expect.arrayContaining([...before]));
    expect(after).toHaveLength(before.length);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    expect(await plannedChanges(workspace, RULES)).toEqual([]);
    client.destroy();
  },
  TIMEOUT,
);

it(
  "rollback acts neither on another environment's rules nor on the state of a workspace that is merely selected",
  async () => {
    const client = ec2Client(emulator.endpoint);
    const vpc = (await findVpc(client, "jobs-vpc")) ?? "";
    const before = await securityGroupRules(client, vpc);
    const rollback = async (...args: readonly string[]) =>
      workspace.startOps(["rollback", "--yes", "--json", ...args]).ended;
    const refused = (message: string) => ({
      exitCode: 2,
      stderr: expect.stringContaining(message),
    });
    await writeEnvironment(OTHER);
    expect(await rollback("--environment", "mail")).toMatchObject(
      refused('"cdktf.out" holds the stacks of jobs, and not those of mail'),
    );
    // As a synth that was stopped halfway left it in version 0.1.0: it says one name, and holds another's Terraform.
    const owner = join(workspace.folder, "cdktf.out", "environment");
    await writeFile(owner, "mail\n");
    expect(await rollback("--environment", "mail")).toMatchObject(refused("mail"));
    await writeFile(owner, "jobs\n");

    expectSuccess("a new workspace", await workspace.terraform(RULES, "workspace", "new", "blue"));
    expect(await rollback("--environment", "jobs")).toMatchObject(
      refused('Terraform has the workspace "blue" selected in cdktf.out/stacks/security-group-rules'),
    );
    // Where it is asked for, it is that state, which holds nothing: what the environment declares stays open.
    const asked = await rollback("--environment", "jobs", "--workspace", "blue");
    expect(asked.exitCode).toBe(1);
    expect(JSON.parse(asked.stdout)).toMatchObject({
      ok: false,
      done: false,
      rules: [],
      connections: [
        { flow: "store-from-worker-9200-tcp", open: true },
        { flow: "store-from-scheduler-9300-tcp", open: true },
      ],
    });
    expectSuccess("the former workspace", await workspace.terraform(RULES, "workspace", "select", "default"));
    expect(await securityGroupRules(client, vpc)).toEqual(before);
    client.destroy();
  },
  TIMEOUT,
);

/** What preflight says of the plans of both stacks. */
async function changesSaid(...args: readonly string[]): Promise<object> {
  const { stdout } = await workspace.startOps([
    "preflight",
    "--environment",
    "jobs",
    "--plan",
    "--json",
    ...args,
  ]).ended;
  const { checks }: { checks: Record<string, string>[] } = JSON.parse(stdout);
  return Object.fromEntries(
    checks
      .filter(({ id }) => id?.startsWith("changes:"))
      .map(({ id, status, detail }) => [id, { status, detail }]),
  );
}

it(
  "preflight says what a deployment would take away, and lets pass what only adds or changes",
  async () => {
    const NOTHING = { status: "pass", detail: "Nothing would change." };
    expect(await changesSaid()).toEqual({
      "changes:django": NOTHING,
      "changes:security-group-rules": NOTHING,
    });

    await describeChange({
      ...RENAMED,
      services: { ...JOBS.services, worker: { ...service, memory: 1024 } },
    });
    expect(await changesSaid()).toEqual({
      "changes:django": {
        status: "pass",
        detail: expect.stringMatching(/^Resources: 1 changed in place, 1 made anew\./),
      },
      "changes:security-group-rules": NOTHING,
    });

    // A service's key is another one: what has the old key goes, though nothing is wrong with it.
    const { names: _, ...unnamed } = RENAMED;
    await describeChange({
      ...unnamed,
      names: { securityGroups: { store: "jobs-search-sg", worker: "jobs-ecs-scheduler-sg" } },
      services: { worker: service, timer: service },
      extraFlows: JOBS.extraFlows,
    });
    const gone = [
      "aws_cloudwatch_log_group.service_scheduler would be destroyed: a log group, with its logs. The environment does not declare it any more.",
      "aws_ecs_service.scheduler would be destroyed: a service: its requests or its work stop. The environment does not declare it any more.",
      "aws_security_group.scheduler would be destroyed: a security group: AWS refuses while it is in use, after its rules are gone. The environment does not declare it any more.",
    ];
    const addresses = [
      "django/aws_cloudwatch_log_group.service_scheduler",
      "django/aws_ecs_service.scheduler",
      "django/aws_security_group.scheduler",
    ];
    const unknown = {
      status: "skipped",
      detail: expect.stringMatching(
        /^Unknown: Terraform cannot plan it before the changes of django are deployed\..*no matching EC2 Security Group found/s,
      ),
    };
    expect(await changesSaid()).toEqual({
      "changes:django": {
        status: "fail",
        detail: expect.stringMatching(
          new RegExp(`^${gone.map(quoted).join("\n")}\n.*--accept ${addresses.join(" ")}$`),
        ),
      },
      "changes:security-group-rules": unknown,
    });
    expect(await changesSaid("--accept", ...addresses)).toEqual({
      "changes:django": {
        status: "pass",
        detail: expect.stringContaining(`Accepted: ${gone[1]}`),
      },
      "changes:security-group-rules": unknown,
    });
  },
  TIMEOUT,
);

function quoted(text: string): string {
  return text.replace(/[.]/g, "\\.");
}

it(
  "takes the provider that the project's lock file names, in each stack, and no other content of it",
  async () => {
    const lock = join(workspace.folder, ".terraform.lock.hcl");
    // Terraform itself, with its checksums, and no provider that it attaches to.
    const variables = childEnvironment(emulator.endpoint);
    const terraform = (stack: string, ...args: readonly string[]) =>
      startCommand(variables.E2E_TERRAFORM ?? "terraform", args, {
        folder: workspace.stackFolder(stack),
        variables,
      }).ended;
    const mirror = findProviderMirror();
    const source = mirror === undefined ? [] : [`-fs-mirror=${mirror}`];
    const init = ["init", "-input=false", "-no-color", "-lockfile=readonly"];
    expectSuccess("providers lock", await terraform(DJANGO, "providers", "lock", ...source));
    const pinned = await readFile(join(workspace.stackFolder(DJANGO), ".terraform.lock.hcl"), "utf8");
    expect(pinned).toContain('provider "registry.terraform.io/hashicorp/aws"');

    await writeFile(lock, pinned);
    await describeChange(JOBS);
    expectSuccess("init", await terraform(RULES, ...init));

    await writeFile(lock, pinned.replace(/h1:[^"]{4}/g, "h1:AAAA").replace(/zh:[0-9a-f]{4}/g, "zh:0000"));
    await describeChange(JOBS);
    const refused = await terraform(RULES, ...init);
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toMatch(/checksums/);
  },
  TIMEOUT,
);
