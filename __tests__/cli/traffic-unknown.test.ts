// `traffic --from` states no denial that may be false: what it cannot read is unknown, and has an exit code of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runOps } from "../support/run-ops";

const scratch = mkdtempSync(join(tmpdir(), "unknown-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Body = Readonly<Record<string, unknown>>;

/** The platform of every test: a load balancer that the Internet reaches, and a database that admits one group. */
const django = {
  resource: {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
    aws_security_group: {
      alb: { tags: { Name: "alb-sg" } },
      web: { tags: { Name: "web-sg" } },
      postgres: { tags: { Name: "postgres-sg" } },
    },
    aws_lb: { alb: { security_groups: ["${aws_security_group.alb.id}"] } },
    aws_ecs_service: {
      web: { network_configuration: { security_groups: ["${aws_security_group.web.id}"] } },
    },
    aws_db_instance: {
      main: { engine: "postgres", vpc_security_group_ids: ["${aws_security_group.postgres.id}"] },
    },
    aws_vpc_security_group_ingress_rule: {
      alb: {
        security_group_id: "${aws_security_group.alb.id}",
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      },
    },
  },
};

const rules = {
  data: {
    aws_security_group: {
      web: { filter: [{ name: "tag:Name", values: ["web-sg"] }] },
      postgres: { filter: [{ name: "tag:Name", values: ["postgres-sg"] }] },
    },
  },
  resource: {
    aws_vpc_security_group_ingress_rule: {
      postgres: {
        security_group_id: "${data.aws_security_group.postgres.id}",
        referenced_security_group_id: "${data.aws_security_group.web.id}",
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
      },
    },
  },
};

let folders = 0;

/** Runs the command over files, by their path below `stacks`, beside the platform's own. */
async function traffic(files: Readonly<Record<string, unknown>>, ...args: readonly string[]) {
  folders += 1;
  const out = join(scratch, String(folders));
  const all = { "django/cdk.tf.json": django, "security-group-rules/cdk.tf.json": rules, ...files };
  for (const [path, content] of Object.entries(all)) {
    if (content === undefined) continue;
    const file = join(out, "stacks", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  const run = await runOps(["traffic", "--from", out, ...args]);
  return { ...run, stdout: run.stdout.replaceAll(out, "OUT"), stderr: run.stderr.replaceAll(out, "OUT") };
}

/** The database's group as a second stack may open it. */
const opening = (rule: Body, others: Body = {}) => ({
  "own/cdk.tf.json": {
    ...others,
    data: { aws_security_group: { postgres: { filter: [{ name: "tag:Name", values: ["postgres-sg"] }] } } },
    resource: {
      aws_vpc_security_group_ingress_rule: {
        own: {
          security_group_id: "${data.aws_security_group.postgres.id}",
          ip_protocol: "tcp",
          from_port: 5432,
          to_port: 5432,
          ...rule,
        },
      },
    },
  },
});

const PATH = ["--path", "internet:postgres"];
const WAY = "internet -> postgres (5432/tcp)";

it("says 1 where there is no way, and nothing is unknown", async () => {
  const { status, stdout } = await traffic({}, ...PATH);
  expect(stdout).toContain("There is no way from internet to postgres.");
  expect(status).toBe(1);
  expect((await traffic({})).status).toBe(0);
  const { unknown, unread } = JSON.parse((await traffic({}, "--json")).stdout);
  expect({ unknown, unread }).toEqual({ unknown: [], unread: [] });
});

describe("what can be evaluated is", () => {
  const halves = { security_group_id: "${data.aws_security_group.postgres.id}", ip_protocol: "tcp" };
  it.each<[what: string, files: Readonly<Record<string, unknown>>]>([
    ["::/0", opening({ cidr_ipv6: "::/0" })],
    ["a local", opening({ cidr_ipv4: "${local.all}" }, { locals: { all: "0.0.0.0/0" } })],
    [
      "a variable's default",
      opening({ cidr_ipv4: "${var.all}" }, { variable: { all: { default: "0.0.0.0/0" } } }),
    ],
    [
      "count",
      opening(
        { cidr_ipv4: "0.0.0.0/0", count: "${var.on ? 1 : 0}" },
        { variable: { on: { default: true } } },
      ),
    ],
    [
      "for_each",
      opening(
        { cidr_ipv4: "${each.value.block}", for_each: "${local.all}" },
        { locals: { all: { a: { block: "0.0.0.0/0" } } } },
      ),
    ],
    ["for_each over a set", opening({ cidr_ipv4: "${each.key}", for_each: '${toset(["0.0.0.0/0"])}' })],
    [
      "halves of the Internet",
      {
        "own/cdk.tf.json": {
          data: rules.data,
          resource: {
            aws_vpc_security_group_ingress_rule: {
              low: { ...halves, cidr_ipv4: "0.0.0.0/1", from_port: 5432, to_port: 5432 },
              high: { ...halves, cidr_ipv4: "128.0.0.0/1", from_port: 5000, to_port: 6000 },
            },
          },
        },
      },
    ],
    [
      "a prefix list of one's own",
      {
        "own/cdk.tf.json": {
          data: rules.data,
          resource: {
            aws_ec2_managed_prefix_list: { all: { entry: [{ cidr: "0.0.0.0/0" }] } },
            aws_vpc_security_group_ingress_rule: {
              own: {
                ...halves,
                prefix_list_id: "${aws_ec2_managed_prefix_list.all.id}",
                from_port: 5432,
                to_port: 5432,
              },
            },
          },
        },
      },
    ],
    [
      "dynamic blocks",
      {
        "django/cdk.tf.json": {
          locals: { open: { db: { port: 5432, from: ["0.0.0.0/0"] } } },
          resource: {
            ...django.resource,
            aws_security_group: {
              ...django.resource.aws_security_group,
              postgres: {
                tags: { Name: "postgres-sg" },
                dynamic: {
                  ingress: {
                    for_each: "${local.open}",
                    content: {
                      protocol: "tcp",
                      from_port: "${ingress.value.port}",
                      to_port: "${ingress.value.port}",
                      cidr_blocks: "${ingress.value.from}",
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
    [
      "a stray file in JSON",
      { "django/extra.tf.json": opening({ cidr_ipv4: "0.0.0.0/0" })["own/cdk.tf.json"] },
    ],
  ])("%s", async (_what, files) => {
    const { status, stdout } = await traffic(files, ...PATH);
    expect(stdout).toContain(WAY);
    expect(status).toBe(0);
  });

  it("a database in the load balancer's group, through a local", async () => {
    const { status, stdout } = await traffic(
      {
        "django/cdk.tf.json": {
          locals: { group: "${aws_security_group.alb.id}" },
          resource: {
            ...django.resource,
            aws_db_instance: { main: { engine: "postgres", vpc_security_group_ids: ["${local.group}"] } },
          },
        },
      },
      ...PATH,
    );
    expect(stdout).toContain("internet -> postgres (443/tcp)");
    expect(status).toBe(0);
  });

  it("a rule that count takes away", async () => {
    expect((await traffic(opening({ cidr_ipv4: "0.0.0.0/0", count: 0 }), ...PATH)).status).toBe(1);
  });
});

describe("what cannot be told is unknown, with its place", () => {
  it.each<[what: string, files: Readonly<Record<string, unknown>>, reason: string]>([
    [
      "AWS's prefix lists",
      opening({ prefix_list_id: "pl-0123456789abcdef0" }),
      "own/aws_vpc_security_group_ingress_rule.own: its peer, pl-0123456789abcdef0",
    ],
    [
      "a variable without a default",
      opening({ cidr_ipv4: "${var.office}" }, { variable: { office: {} } }),
      "own/aws_vpc_security_group_ingress_rule.own: its peer, ${var.office}",
    ],
    [
      "count",
      opening({ cidr_ipv4: "0.0.0.0/0", count: "${var.rules}" }),
      "own/aws_vpc_security_group_ingress_rule.own: whether there is one at all (count or for_each)",
    ],
    [
      "for_each",
      opening({ cidr_ipv4: "0.0.0.0/0", for_each: "${data.aws_ip_ranges.all.cidr_blocks}" }),
      "own/aws_vpc_security_group_ingress_rule.own: whether there is one at all (count or for_each)",
    ],
    [
      "another group",
      opening({ cidr_ipv4: "0.0.0.0/0", security_group_id: "${var.group}" }),
      "own/aws_vpc_security_group_ingress_rule.own: its group, ${var.group}",
    ],
    [
      "a dynamic block",
      {
        "own/cdk.tf.json": {
          resource: {
            aws_security_group: {
              own: {
                dynamic: { ingress: { for_each: "${var.rules}", content: { cidr_blocks: ["0.0.0.0/0"] } } },
              },
            },
            aws_db_instance: {
              own: { engine: "postgres", vpc_security_group_ids: ["${aws_security_group.own.id}"] },
            },
          },
        },
      },
      "own/aws_security_group.own (inline ingress): its peer, (a dynamic block)",
    ],
    [
      "who is in which group",
      {
        "own/cdk.tf.json": {
          resource: {
            aws_db_instance: { own: { engine: "postgres", vpc_security_group_ids: ["${var.group}"] } },
          },
        },
      },
      "own/aws_db_instance.own: which security groups it is in: ${var.group}",
    ],
    [
      "a stack that is missing",
      { "security-group-rules/cdk.tf.json": undefined },
      'The stack "security-group-rules" is not in OUT, so that nothing is known of what it allows',
    ],
    [
      "a stack in HCL",
      { "own/cdk.tf": 'resource "aws_lb" "own" {\n}\n' },
      'The stack "own" is written in HCL, which is not read here: synthesize without --hcl',
    ],
    [
      "a stray file in HCL",
      { "django/extra.tf": 'resource "aws_security_group_rule" "own" {\n  type = "ingress"\n}\n' },
      "OUT/stacks/django/extra.tf is applied with the stack, and what it does cannot be read",
    ],
    [
      "an override file",
      { "django/extra_override.tf.json": { resource: {} } },
      "OUT/stacks/django/extra_override.tf.json is applied with the stack, and what it does cannot be read",
    ],
    [
      "a stray file that is no JSON",
      { "django/extra.tf.json": "{" },
      "OUT/stacks/django/extra.tf.json is applied with the stack, and what it does cannot be read",
    ],
    [
      "values of variables",
      {
        ...opening({ cidr_ipv4: "${var.office}" }, { variable: { office: { default: "203.0.113.0/24" } } }),
        "own/terraform.tfvars": 'office = "0.0.0.0/0"\n',
      },
      "own/aws_vpc_security_group_ingress_rule.own: its peer, ${var.office}",
    ],
    ["a file that is a list", { "own/cdk.tf.json": [] }, "OUT/stacks/own/cdk.tf.json holds no configuration"],
    [
      "a file that is text",
      { "own/cdk.tf.json": '"text"' },
      "OUT/stacks/own/cdk.tf.json holds no configuration",
    ],
    [
      "blocks of another shape",
      { "own/cdk.tf.json": { resource: { aws_security_group_rule: "all" } } },
      'OUT/stacks/own: "resource.aws_security_group_rule" holds no blocks',
    ],
    [
      "a module",
      { "own/cdk.tf.json": { module: { network: { source: "./network" } } } },
      "OUT/stacks/own: module.network is a module, whose resources are not read",
    ],
  ])("%s", async (_what, files, reason) => {
    const { status, stdout } = await traffic(files, ...PATH);
    expect(stdout).toContain("Unknown: whether there is a way from internet to postgres cannot be told.");
    expect(stdout).toContain(reason);
    expect(status).toBe(4);
    // In the lists, too, it is not among what is denied.
    const listed = await traffic(files, "--json");
    const { unknown, denied } = JSON.parse(listed.stdout);
    const pair = { source: "internet", destination: "postgres" };
    expect(unknown).toContainEqual({ ...pair, reason: expect.stringContaining(reason) });
    expect(denied).not.toContainEqual(expect.objectContaining(pair));
    expect(listed.status).toBe(4);
  });

  it("names a missing stack where its members are missed, too", async () => {
    const { status, stderr } = await traffic({ "django/cdk.tf.json": undefined }, ...PATH);
    expect(status).toBe(2);
    expect(stderr).toContain('The stack "django" is not in OUT');
  });

  it("shows the unknown in tables and pages", async () => {
    const files = opening({ cidr_ipv4: "${var.office}" });
    expect((await traffic(files)).stdout).toMatch(
      /Unknown: what cannot be read may allow it\n[\s\S]*its peer/,
    );
    expect((await traffic(files, "--format", "markdown")).stdout).toMatch(/## Unknown[\s\S]*## Denied/);
  });
});

it("names a stray file that it reads, and passes over one that makes nothing", async () => {
  const extra = await traffic({ "django/extra.tf.json": { resource: {} } }, ...PATH);
  expect(extra.stderr).toContain("OUT/stacks/django/extra.tf.json is no synth's, and Terraform applies it");
  const versions = 'terraform {\n  required_version = ">= 1.11.0"\n}\n\nprovider "aws" {}\n';
  const harmless = await traffic({ "django/versions.tf": versions, "django/notes.md": "resource" }, ...PATH);
  expect(harmless).toMatchObject({ status: 1, stderr: "" });
});
