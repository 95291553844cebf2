// Single changes of a composed app that open something by another way than a rule: a group that something else is put into,
// a route, a network ACL, a subnet group, a firewall that is taken away. `own` is a stack that a team adds.
import type { MutableConfigs } from "./random-edits";

export interface OpeningEdit {
  /** What sort of change it is; they are counted by it. */
  readonly kind: string;
  /** What is changed, in words. */
  readonly what: string;
  /** Changes the configurations in place. */
  apply(configs: MutableConfigs): void;
}

type Body = { [key: string]: unknown };

/** The part of a configuration at a path, made where it is not there yet. */
function at(within: Body, ...path: readonly string[]): Body {
  return path.reduce<Body>((body, key) => {
    body[key] ??= {};
    const inner = body[key];
    if (typeof inner !== "object" || inner === null) throw new Error(`${key} holds no object`);
    return inner as Body;
  }, within);
}

function stack(configs: MutableConfigs, name: string): Body {
  return at(configs as Body, name);
}

/** Adds a block, `type.added`, to a stack. */
function add(configs: MutableConfigs, to: string, mode: "resource" | "data", type: string, body: unknown) {
  at(stack(configs, to), mode, type).added = body;
}

const only = (body: Body): [string, Body] => {
  const [name] = Object.keys(body);
  if (name === undefined) throw new Error("There is none");
  return [name, at(body, name)];
};

/** Ways to name a security group from a stack of one's own: each gives the expression, and what it needs. */
const WAYS: Readonly<Record<string, (own: Body, name: string) => string>> = {
  "a reference to a lookup": (own, name) => {
    at(own, "data", "aws_security_group").theirs = { filter: [{ name: "tag:Name", values: [name] }] };
    return "${data.aws_security_group.theirs.id}";
  },
  "a local": (own, name) => {
    at(own, "locals").theirs = WAYS["a reference to a lookup"]?.(own, name);
    return "${local.theirs}";
  },
  "a local in a local": (own, name) => {
    at(own, "locals").all = { theirs: [WAYS["a reference to a lookup"]?.(own, name)] };
    return "${local.all.theirs[0]}";
  },
  "a variable's default": (own, name) => {
    at(own, "variable").theirs = { default: name };
    return "${var.theirs}";
  },
  "a variable without a default": (own) => {
    at(own, "variable").theirs = { type: "string" };
    return "${var.theirs}";
  },
  "its name": (_own, name) => name,
  "an ID": () => "sg-0123456789abcdef0",
  "a lookup of several": (own) => {
    at(own, "data", "aws_security_groups").theirs = { tags: { Project: "platform" } };
    return "${data.aws_security_groups.theirs.ids[0]}";
  },
  "the groups of something else": () => "${data.aws_lb.theirs.security_groups}",
  "another stack's output": (own) => {
    at(own, "data", "terraform_remote_state").theirs = { backend: "s3", config: { key: "elsewhere" } };
    return "${data.terraform_remote_state.theirs.outputs.alb_security_group_id}";
  },
};

/** Resources of one's own that take groups, each in its way. */
const HOLDERS: Readonly<Record<string, (group: string) => readonly [type: string, body: Body]>> = {
  "a network interface": (group) => [
    "aws_network_interface_sg_attachment",
    { security_group_id: group, network_interface_id: "eni-0123456789abcdef0" },
  ],
  "a Glue connection": (group) => [
    "aws_glue_connection",
    { physical_connection_requirements: [{ security_group_id_list: [group] }] },
  ],
  "a VPC endpoint": (group) => [
    "aws_vpc_endpoint",
    { vpc_endpoint_type: "Interface", security_group_ids: [group] },
  ],
  "a Beanstalk environment": (group) => [
    "aws_elastic_beanstalk_environment",
    { setting: [{ namespace: "aws:autoscaling:launchconfiguration", name: "SecurityGroups", value: group }] },
  ],
  "a function of awscc": (group) => [
    "awscc_lambda_function",
    { vpc_config: { security_group_ids: [group] } },
  ],
  "an interface of awscc": (group) => ["awscc_ec2_network_interface", { group_set: [group] }],
  "a template of awscc": (group) => [
    "awscc_ec2_launch_template",
    { launch_template_data: { network_interfaces: [{ groups: [group] }] } },
  ],
  "a rule of awscc": (group) => [
    "awscc_ec2_security_group_ingress",
    { group_id: group, cidr_ip: "0.0.0.0/0", ip_protocol: "-1" },
  ],
  "a stack of CloudFormation": (group) => [
    "aws_cloudformation_stack",
    { parameters: { SecurityGroups: group } },
  ],
  "an instance": (group) => ["aws_instance", { vpc_security_group_ids: [group] }],
  "a database": (group) => [
    "aws_rds_cluster",
    { db_subnet_group_name: "${aws_db_subnet_group.own.name}", vpc_security_group_ids: [group] },
  ],
  "a task that a schedule starts": (group) => [
    "aws_cloudwatch_event_target",
    { ecs_target: [{ network_configuration: [{ security_groups: [group] }] }] },
  ],
  "a task that a state machine starts": (group) => [
    "aws_sfn_state_machine",
    { definition: `\${jsonencode({"TaskDefinition" = "theirs", "SecurityGroups" = [${termOf(group)}]})}` },
  ],
};

/** What stands within an expression for a value that is one, or for a text. */
function termOf(value: string): string {
  return /^\$\{(.*)\}$/.exec(value)?.[1] ?? JSON.stringify(value);
}

function attachments(name: string): OpeningEdit[] {
  return Object.entries(HOLDERS).flatMap(([holder, holding]) =>
    Object.entries(WAYS).map(([way, naming]) =>
      edit(`a group given to ${holder}`, `by ${way}`, (configs) => {
        const [type, body] = holding(naming(stack(configs, "own"), name));
        add(configs, "own", "resource", type, body);
      }),
    ),
  );
}

function edit(kind: string, what: string, apply: OpeningEdit["apply"]): OpeningEdit {
  return { kind, what, apply };
}

const NLB = "a load balancer without groups";

const loadBalancers: readonly OpeningEdit[] = [
  ...[undefined, [], null].map((groups) =>
    edit(NLB, `network, groups ${JSON.stringify(groups)}`, (configs) =>
      add(configs, "own", "resource", "aws_lb", {
        load_balancer_type: "network",
        ...(groups !== undefined && { security_groups: groups }),
      }),
    ),
  ),
  edit(NLB, "of a type that nobody knows", (configs) =>
    add(configs, "own", "resource", "aws_lb", { load_balancer_type: "${var.type}" }),
  ),
  edit(NLB, "a gateway", (configs) =>
    add(configs, "own", "resource", "aws_lb", { load_balancer_type: "gateway" }),
  ),
  edit(NLB, "within the VPC", (configs) =>
    add(configs, "own", "resource", "aws_lb", { load_balancer_type: "network", internal: true }),
  ),
  edit(NLB, "a second one for applications", (configs) => add(configs, "own", "resource", "aws_lb", {})),
  edit(NLB, "in the platform's own stack", (configs) =>
    add(configs, "django", "resource", "aws_lb", { load_balancer_type: "${local.type}" }),
  ),
];

const ROUTE = "a route of the data subnets";
const ANYWHERE = { destination_cidr_block: "0.0.0.0/0" };

/** The references in the platform's stack that a data subnet's association holds. */
function dataAssociation(configs: MutableConfigs): { subnet: string; table: string; body: Body } {
  const resources = at(stack(configs, "django"), "resource");
  const [, group] = only(at(resources, "aws_db_subnet_group"));
  const [subnet] = group.subnet_ids as string[];
  const body = Object.values(at(resources, "aws_route_table_association")).find(
    (each) => (each as Body).subnet_id === subnet,
  ) as Body;
  return { subnet: subnet ?? "", table: String(body.route_table_id), body };
}

/** The block that a reference in the platform's stack stands for. */
function referred(configs: MutableConfigs, reference: string): Body {
  const [, type = "", name = ""] = /^\$\{(\w+)\.([\w-]+)/.exec(reference) ?? [];
  return at(stack(configs, "django"), "resource", type, name);
}

const nameOf = (body: Body) => String(at(body, "tags").Name);

function lookup(configs: MutableConfigs, type: string, name: string): string {
  add(configs, "own", "data", type, { filter: [{ name: "tag:Name", values: [name] }] });
  return `\${data.${type}.added.id}`;
}

const routes: readonly OpeningEdit[] = [
  ...Object.entries({
    "an Internet gateway": { gateway_id: "${aws_internet_gateway.added.id}" },
    "an Internet gateway by its ID": { gateway_id: "igw-0123456789abcdef0" },
    "a NAT gateway": { nat_gateway_id: "nat-0123456789abcdef0" },
    "an egress-only gateway": { egress_only_gateway_id: "eigw-0123456789abcdef0" },
    "a network interface": { network_interface_id: "eni-0123456789abcdef0" },
    "a transit gateway": { transit_gateway_id: "tgw-0123456789abcdef0" },
  }).flatMap(([target, way]) => [
    edit(ROUTE, `to ${target}`, (configs) => {
      const route_table_id = dataAssociation(configs).table;
      add(configs, "django", "resource", "aws_route", { route_table_id, ...ANYWHERE, ...way });
    }),
    edit(ROUTE, `to ${target}, from a table that is looked up`, (configs) => {
      const table = nameOf(referred(configs, dataAssociation(configs).table));
      const route_table_id = lookup(configs, "aws_route_table", table);
      add(configs, "own", "resource", "aws_route", { route_table_id, ...ANYWHERE, ...way });
    }),
    edit(ROUTE, `to ${target}, from the table of a subnet that is looked up`, (configs) => {
      const subnet_id = lookup(
        configs,
        "aws_subnet",
        nameOf(referred(configs, dataAssociation(configs).subnet)),
      );
      add(configs, "own", "data", "aws_route_table", { subnet_id });
      const route_table_id = "${data.aws_route_table.added.id}";
      add(configs, "own", "resource", "aws_route", { route_table_id, ...ANYWHERE, ...way });
    }),
    edit(ROUTE, `to ${target}, from a table by its ID`, (configs) =>
      add(configs, "own", "resource", "aws_route", {
        route_table_id: "rtb-0123456789abcdef0",
        ...ANYWHERE,
        ...way,
      }),
    ),
    edit(ROUTE, `to ${target}, in the table itself`, (configs) => {
      const table = referred(configs, dataAssociation(configs).table);
      table.route = [{ cidr_block: "0.0.0.0/0", ...way }];
    }),
    edit(ROUTE, `to ${target}, by a table of one's own for a subnet that is looked up`, (configs) => {
      const subnet_id = lookup(
        configs,
        "aws_subnet",
        nameOf(referred(configs, dataAssociation(configs).subnet)),
      );
      add(configs, "own", "resource", "aws_route_table", { route: [{ cidr_block: "0.0.0.0/0", ...way }] });
      const route_table_id = "${aws_route_table.added.id}";
      add(configs, "own", "resource", "aws_route_table_association", { subnet_id, route_table_id });
    }),
  ]),
  edit(ROUTE, "in a dynamic block", (configs) => {
    referred(configs, dataAssociation(configs).table).dynamic = {
      route: { for_each: "${var.routes}", content: {} },
    };
  }),
  edit(ROUTE, "by the public subnets' table", (configs) => {
    const resources = at(stack(configs, "django"), "resource");
    const [outside] = Object.values(at(resources, "aws_route")).filter((route) => (route as Body).gateway_id);
    dataAssociation(configs).body.route_table_id = (outside as Body).route_table_id;
  }),
  edit(ROUTE, "by no table of its own", (configs) => {
    const { body } = dataAssociation(configs);
    delete body.subnet_id;
  }),
  ...["subnet-0123456789abcdef0", "${var.subnet}", "${data.aws_subnets.data.ids[0]}"].map((subnet_id) =>
    edit(ROUTE, `by a table of one's own for ${subnet_id}`, (configs) => {
      const route_table_id = "rtb-0123456789abcdef0";
      add(configs, "own", "resource", "aws_route_table_association", { subnet_id, route_table_id });
    }),
  ),
];

const SUBNETS = "a data store in other subnets";

const subnetGroups: readonly OpeningEdit[] = [
  ["aws_db_instance", "db_subnet_group_name"] as const,
  ["aws_elasticache_replication_group", "subnet_group_name"] as const,
].flatMap(([type, argument]) =>
  ["default", undefined, "${var.subnets}", "${data.aws_db_subnet_group.theirs.name}"].map((name) =>
    edit(SUBNETS, `${type} in ${name}`, (configs) => {
      const [, body] = only(at(stack(configs, "django"), "resource", type));
      if (name === undefined) delete body[argument];
      else body[argument] = name;
    }),
  ),
);

const FILES = "shared files";

const everybody = (effect: string, condition: object) =>
  JSON.stringify({
    Statement: [
      { Effect: effect, Principal: "*", Action: "elasticfilesystem:*", Resource: "*", Condition: condition },
    ],
  });

/** Of a platform that has file systems. */
const files: readonly OpeningEdit[] = [
  ...Object.entries({
    "in a service's group": { security_groups: ["${aws_security_group.web.id}"] },
    "in a service's group, too": {
      security_groups: ["${aws_security_group.media.id}", "${aws_security_group.web.id}"],
    },
    "in no group": { security_groups: undefined },
    "in a public subnet": { subnet_id: "${aws_subnet.public_us_east_1a.id}" },
    "in a subnet that a variable names": { subnet_id: "${var.subnet}" },
    "in a subnet by its ID": { subnet_id: "subnet-0123456789abcdef0" },
  }).flatMap(([where, changed]) => [
    edit(FILES, `a mount target is ${where}`, (configs) => {
      Object.assign(only(at(stack(configs, "django"), "resource", "aws_efs_mount_target"))[1], changed);
    }),
    edit(FILES, `a second mount target is ${where}`, (configs) => {
      const [, body] = only(at(stack(configs, "django"), "resource", "aws_efs_mount_target"));
      add(configs, "django", "resource", "aws_efs_mount_target", { ...body, ...changed });
    }),
  ]),
  ...Object.entries({
    "is gone": undefined,
    "lets everybody in": everybody("Allow", {}),
    "refuses less": everybody("Deny", {
      Bool: { "aws:SecureTransport": "false" },
      StringEquals: { "aws:PrincipalType": "User" },
    }),
    "refuses plain NFS alone": everybody("Deny", { Bool: { "aws:SecureTransport": "false" } }),
    "is what a variable says": "${var.policy}",
  }).map(([what, policy]) =>
    edit(FILES, `the policy of a file system ${what}`, (configs) => {
      const policies = at(stack(configs, "django"), "resource", "aws_efs_file_system_policy");
      const [name, body] = only(policies);
      if (policy === undefined) delete policies[name];
      else body.policy = policy;
    }),
  ),
];

const ACL = "the data subnets' network ACL";
const ALL = { protocol: "-1", rule_action: "allow", cidr_block: "0.0.0.0/0" };

/** The reference to the ACL within the platform's stack, and an association of it. */
function dataAcl(configs: MutableConfigs): { acl: string; associations: Body } {
  const associations = at(stack(configs, "django"), "resource", "aws_network_acl_association");
  const [, body] = only(associations);
  return { acl: String(body.network_acl_id), associations };
}

const acls: readonly OpeningEdit[] = [
  ...[true, false].flatMap((egress) => [
    edit(ACL, `allows all, ${egress ? "out" : "in"}`, (configs) => {
      const network_acl_id = dataAcl(configs).acl;
      add(configs, "django", "resource", "aws_network_acl_rule", {
        network_acl_id,
        rule_number: 1,
        egress,
        ...ALL,
      });
    }),
    edit(ACL, `allows all, ${egress ? "out" : "in"}, where it is looked up`, (configs) => {
      const name = nameOf(referred(configs, dataAcl(configs).acl));
      add(configs, "own", "data", "aws_network_acls", { filter: [{ name: "tag:Name", values: [name] }] });
      const network_acl_id = "${data.aws_network_acls.added.ids[0]}";
      add(configs, "own", "resource", "aws_network_acl_rule", {
        network_acl_id,
        rule_number: 1,
        egress,
        ...ALL,
      });
    }),
    edit(ACL, `allows all, ${egress ? "out" : "in"}, by its ID`, (configs) =>
      add(configs, "own", "resource", "aws_network_acl_rule", {
        network_acl_id: "acl-0123456789abcdef0",
        rule_number: 1,
        egress,
        ...ALL,
      }),
    ),
    edit(ACL, `allows all, ${egress ? "out" : "in"}, within`, (configs) => {
      const entry = {
        protocol: "-1",
        action: "allow",
        cidr_block: "0.0.0.0/0",
        rule_no: 1,
        from_port: 0,
        to_port: 0,
      };
      referred(configs, dataAcl(configs).acl)[egress ? "egress" : "ingress"] = [entry];
    }),
    edit(ACL, `in a dynamic block, ${egress ? "out" : "in"}`, (configs) => {
      const made = { [egress ? "egress" : "ingress"]: { for_each: "${var.entries}", content: {} } };
      referred(configs, dataAcl(configs).acl).dynamic = made;
    }),
  ]),
  ...Object.entries({
    "every address": { cidr_block: "0.0.0.0/0" },
    "every protocol": { protocol: "-1" },
    "every port": { from_port: 0, to_port: 65_535 },
    "the other direction": { egress: "${true}" },
    "what for_each says": { for_each: "${var.blocks}", cidr_block: "${each.value}" },
  }).map(([what, changed]) =>
    edit(ACL, `an entry is opened to ${what}`, (configs) => {
      const rules = at(stack(configs, "django"), "resource", "aws_network_acl_rule");
      const entry = Object.values(rules).find((rule) => (rule as Body).egress === false) as Body;
      Object.assign(entry, changed);
    }),
  ),
  edit(ACL, "is associated with a subnet less", (configs) => {
    const { associations } = dataAcl(configs);
    delete associations[only(associations)[0]];
  }),
  edit(ACL, "is associated as often as count says", (configs) => {
    only(dataAcl(configs).associations)[1].count = "${var.on}";
  }),
  edit(ACL, "is another one", (configs) => {
    only(dataAcl(configs).associations)[1].network_acl_id = "acl-0123456789abcdef0";
  }),
  edit(ACL, "is another one, from a second stack", (configs) => {
    const subnet_id = lookup(
      configs,
      "aws_subnet",
      nameOf(referred(configs, dataAssociation(configs).subnet)),
    );
    add(configs, "own", "resource", "aws_network_acl", { subnet_ids: [subnet_id] });
  }),
  edit(ACL, "is another one, for a subnet by its ID", (configs) =>
    add(configs, "own", "resource", "aws_network_acl_association", {
      network_acl_id: "acl-0123456789abcdef0",
      subnet_id: "subnet-0123456789abcdef0",
    }),
  ),
];

const WAF = "the web application firewall";

const firewalls: readonly OpeningEdit[] = [
  edit(WAF, "stands before nothing", (configs) => {
    delete at(stack(configs, "django"), "resource").aws_wafv2_web_acl_association;
  }),
  ...Object.entries({
    "as often as count says": { count: "${var.on}" },
    never: { count: 0 },
    "before something else": { resource_arn: "${data.aws_lb.theirs.arn}" },
    "with other rules": { web_acl_arn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/other/1" },
  }).map(([what, changed]) =>
    edit(WAF, `stands there ${what}`, (configs) => {
      const associations = at(stack(configs, "django"), "resource", "aws_wafv2_web_acl_association");
      Object.assign(only(associations)[1], changed);
    }),
  ),
];

/**
 * Every such change that can be made to a platform with a load balancer, a database and a network ACL.
 * @param group the name of a security group of it, to be given to others; without it, none is, and the platform has file systems
 */
export function openingEdits(group?: string): OpeningEdit[] {
  return [
    ...(group === undefined ? files : attachments(group)),
    ...loadBalancers,
    ...routes,
    ...subnetGroups,
    ...acls,
    ...firewalls,
  ];
}
