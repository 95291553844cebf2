// Stacks for the policies on networks and security groups.
import type { JsonObject } from "../../../src/reachability/terraform-config";
import type { Firing, PolicyCases } from "./policy-case";

const open = { ip_protocol: "tcp", from_port: 5432, to_port: 5432, cidr_ipv4: "0.0.0.0/0" };

function ingress(body: JsonObject): JsonObject {
  return { resource: { aws_vpc_security_group_ingress_rule: { in: body } } };
}

function legacy(body: JsonObject): JsonObject {
  return { resource: { aws_security_group_rule: { in: { type: "ingress", protocol: "tcp", ...body } } } };
}

const IN = "aws_vpc_security_group_ingress_rule.in";

/** A database's subnet, whose route table leads where `route` says. */
function routed(route: JsonObject, table: JsonObject = {}): JsonObject {
  return {
    resource: {
      aws_db_subnet_group: { main: { subnet_ids: ["${aws_subnet.data.id}"] } },
      aws_subnet: { data: { cidr_block: "10.0.0.0/24" } },
      aws_route_table: { data: table },
      aws_route_table_association: {
        data: { subnet_id: "${aws_subnet.data.id}", route_table_id: "${aws_route_table.data.id}" },
      },
      aws_route: { out: { route_table_id: "${aws_route_table.data.id}", ...route } },
      aws_internet_gateway: { main: {} },
    },
  };
}

export const networkCases: PolicyCases = {
  "traffic-readable": {
    fires: [
      [
        {
          resource: {
            aws_security_group: { web: { dynamic: { ingress: { for_each: "${var.rules}", content: {} } } } },
            aws_vpc_security_group_ingress_rule: {
              in: { ...open, security_group_id: "sg-0123456789abcdef0", count: "${var.rules}" },
            },
          },
        },
        ["aws_security_group.web", "It cannot be told before a deployment: its peer, (a dynamic block)"],
        [
          IN,
          "It cannot be told before a deployment: whether there is one at all (count or for_each); its group, " +
            "sg-0123456789abcdef0",
        ],
      ],
      ...[
        { security_groups: ["sg-0123456789abcdef0"] },
        { security_groups: "${data.aws_security_groups.all.ids}" },
        { vpc_security_group_ids: ["${data.terraform_remote_state.network.outputs.web}"] },
        { vpc_config: "${var.network}" },
        { network_interfaces: [{ groups: ["${var.sg_web}"] }] },
        {
          setting: [
            { namespace: "aws:autoscaling:launchconfiguration", name: "SecurityGroups", value: "web" },
          ],
        },
        { desired_state: '{"SecurityGroupIds":["sg-0123456789abcdef0"]}' },
        { security_groups: ["${aws_lb.other.security_groups}"] },
      ].map((body): PolicyCases[string]["fires"][number] => [
        { resource: { aws_thing: { one: body } } },
        [
          "aws_thing.one",
          `It cannot be told before a deployment: which security groups it is in: ${
            Object.values(body)
              .map((value) => JSON.stringify(value))
              .join()
              .match(/sg-[0-9a-f]{17}|\$\{[^}]*\}|(?<="value":")web/)?.[0]
          }`,
        ],
      ]),
    ],
    silent: [
      {
        locals: { group: "${aws_security_group.web.id}" },
        resource: {
          aws_security_group: { web: { tags: { Name: "web-sg" } } },
          aws_vpc_security_group_ingress_rule: { in: { ...open, security_group_id: "${local.group}" } },
          aws_thing: {
            by_reference: { security_groups: ["${aws_security_group.web.id}"] },
            by_name: { security_groups: ["web-sg"] },
            of_none: {
              enforce_security_group_inbound_rules_on_private_link_traffic: "off",
              vpc_config: [{}],
            },
          },
        },
      },
    ],
  },
  "data-ports-closed": {
    fires: [
      [ingress(open), [IN, "It lets internet in on 5432/tcp, and so to PostgreSQL (5432)"]],
      [
        ingress({ ...open, from_port: 6000, to_port: 7000, cidr_ipv4: "203.0.113.0/24" }),
        [IN, "It lets 203.0.113.0/24 in on 6000-7000/tcp, and so to Redis (6379)"],
      ],
      [
        ingress({ ip_protocol: "tcp", from_port: 3306, to_port: 3306, cidr_ipv6: "::/0" }),
        [IN, "It lets ::/0 in on 3306/tcp, and so to MySQL (3306)"],
      ],
      [
        ingress({ ip_protocol: "tcp", from_port: 6379, to_port: 6379, prefix_list_id: "pl-1" }),
        [IN, "It lets pl-1 in on 6379/tcp, and so to Redis (6379)"],
      ],
      [
        {
          variable: { office: { type: "string" } },
          ...ingress({ ...open, cidr_ipv4: "${var.office}" }),
        },
        [IN, "It lets ${var.office} in on 5432/tcp, and so to PostgreSQL (5432)"],
      ],
      [
        {
          variable: { office: { default: "0.0.0.0/0" } },
          ...ingress({ ...open, cidr_ipv4: "${var.office}" }),
        },
        [IN, "It lets internet in on 5432/tcp, and so to PostgreSQL (5432)"],
      ],
      [
        legacy({ from_port: 5432, to_port: 5432, cidr_blocks: ["10.0.0.0/8", "0.0.0.0/0"] }),
        ["aws_security_group_rule.in", "It lets internet in on 5432/tcp, and so to PostgreSQL (5432)"],
      ],
      [
        {
          resource: {
            aws_security_group: {
              db: {
                ingress: [{ protocol: "tcp", from_port: 5432, to_port: 5432, cidr_blocks: ["0.0.0.0/0"] }],
              },
            },
          },
        },
        ["aws_security_group.db", "It lets internet in on 5432/tcp, and so to PostgreSQL (5432)"],
      ],
    ],
    silent: [
      ingress({ ...open, cidr_ipv4: "10.0.0.0/16" }),
      ingress({ ...open, cidr_ipv4: "203.0.113.7/32" }),
      ingress({ ...open, from_port: 443, to_port: 443 }),
      ingress({ ip_protocol: "tcp", from_port: 5432, to_port: 5432, cidr_ipv6: "fd00:1::/64" }),
      ingress({
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
        referenced_security_group_id: "${aws_security_group.web.id}",
      }),
      { resource: { aws_vpc_security_group_egress_rule: { out: open } } },
    ],
  },
  "admin-ports-closed": {
    fires: [
      [
        ingress({ ...open, from_port: 22, to_port: 22 }),
        [IN, "It lets internet in on 22/tcp, and so to SSH (22)"],
      ],
      [
        ingress({ ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" }),
        [IN, "It lets internet in on all, and so to SSH, RDP (22, 3389)"],
      ],
    ],
    silent: [ingress({ ...open, from_port: 443, to_port: 443 })],
  },
  "default-group-closed": {
    fires: [
      [
        { resource: { aws_vpc: { main: {} } } },
        ["aws_vpc.main", "Its default security group is not managed, or has rules"],
      ],
      [
        {
          resource: {
            aws_vpc: { main: {} },
            aws_default_security_group: {
              main: { vpc_id: "${aws_vpc.main.id}", ingress: [{ protocol: "-1", self: true }] },
            },
          },
        },
        ["aws_vpc.main", "Its default security group is not managed, or has rules"],
      ],
    ],
    silent: [
      {
        resource: {
          aws_vpc: { main: {} },
          aws_default_security_group: { main: { vpc_id: "${aws_vpc.main.id}", ingress: [], egress: [] } },
        },
      },
    ],
  },
  "no-inline-rules": {
    fires: [
      [
        { resource: { aws_security_group: { web: { egress: { protocol: "-1" } } } } },
        ["aws_security_group.web", "It has inline egress rules"],
      ],
      [
        { resource: { aws_security_group: { web: { dynamic: { ingress: { for_each: [1] } } } } } },
        ["aws_security_group.web", "It has inline ingress rules"],
      ],
    ],
    silent: [{ resource: { aws_security_group: { web: { ingress: [] } } } }],
  },
  "groups-described": {
    fires: [
      [
        { resource: { aws_security_group: { web: { tags: { Name: "web-sg" } } } } },
        ["aws_security_group.web", "It has no description"],
      ],
      [
        {
          resource: {
            aws_security_group: { web: { description: "Managed by Terraform", tags: { Team: "web" } } },
          },
        },
        ["aws_security_group.web", "It has no description"],
        ["aws_security_group.web", "It has no Name tag"],
      ],
    ],
    silent: [
      { resource: { aws_security_group: { web: { description: "Web servers", tags: { Name: "web-sg" } } } } },
    ],
  },
  "rules-described": {
    fires: [
      [ingress({ ...open, description: " " }), [IN, "It does not say why it exists"]],
      [
        legacy({ from_port: 1, to_port: 1, cidr_blocks: ["10.0.0.0/8"] }),
        ["aws_security_group_rule.in", "It does not say why it exists"],
      ],
    ],
    silent: [ingress({ ...open, description: "PostgreSQL from anywhere" })],
  },
  "data-subnet-acl": {
    environment: {
      services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres"] } },
      database: {},
    },
    fires: [
      [
        { resource: { aws_subnet: { data: { cidr_block: "10.0.128.0/21" } } } },
        ["aws_subnet.data", "No network ACL that is declared stands before this data subnet"],
      ],
      ...["acl-0123456789abcdef0", "${var.acl}", "${data.aws_network_acls.theirs.ids[0]}"].map(
        (acl): PolicyCases[string]["fires"][number] => [
          {
            resource: {
              aws_subnet: { data: { cidr_block: "10.0.128.0/21" } },
              aws_network_acl_association: { a: { subnet_id: "${aws_subnet.data.id}", network_acl_id: acl } },
            },
          },
          [
            "aws_network_acl_association.a",
            "It may give a data subnet another network ACL: which one, or which subnet, cannot be told",
          ],
        ],
      ),
      [
        { resource: { aws_network_acl_rule: { all: { network_acl_id: "acl-1", rule_action: "allow" } } } },
        [
          "aws_network_acl_rule.all",
          "It may open the data subnets' network ACL: which one it is in cannot be told",
        ],
      ],
    ],
    silent: [
      {
        resource: {
          aws_subnet: { public: { cidr_block: "10.0.0.0/21" } },
          aws_network_acl: {
            public: { subnet_ids: ["${aws_subnet.public.id}"], ingress: [{ action: "allow" }] },
          },
          aws_network_acl_rule: {
            closed: { network_acl_id: "acl-1", rule_action: "deny" },
            public: { network_acl_id: "${aws_network_acl.public.id}", rule_action: "allow" },
          },
        },
      },
    ],
  },
  "data-stores-isolated": {
    fires: [
      [
        routed({ gateway_id: "${aws_internet_gateway.main.id}" }),
        ["aws_db_subnet_group.main", "The subnet aws_subnet.data may have a route to the Internet"],
      ],
      [
        routed({ gateway_id: "igw-0123456789abcdef0" }),
        ["aws_db_subnet_group.main", "The subnet aws_subnet.data may have a route to the Internet"],
      ],
      [
        routed({ gateway_id: "${var.gateway}" }),
        ["aws_db_subnet_group.main", "The subnet aws_subnet.data may have a route to the Internet"],
      ],
      ...[
        { nat_gateway_id: "${aws_nat_gateway.main.id}" },
        { egress_only_gateway_id: "eigw-0123456789abcdef0" },
        { transit_gateway_id: "tgw-0123456789abcdef0", destination_cidr_block: "0.0.0.0/0" },
        { vpc_peering_connection_id: "pcx-0123456789abcdef0", destination_prefix_list_id: "${var.list}" },
      ].map((route): PolicyCases[string]["fires"][number] => [
        routed(route),
        ["aws_db_subnet_group.main", "The subnet aws_subnet.data may have a route to the Internet"],
      ]),
      ...["default", undefined].map((name): PolicyCases[string]["fires"][number] => [
        {
          resource: {
            aws_db_instance: { main: { ...(name !== undefined && { db_subnet_group_name: name }) } },
          },
        },
        [
          "aws_db_instance.main",
          `It cannot be read in which subnets it stands: its subnet group is ${name ?? "the default one"}`,
        ],
      ]),
      [
        routed({ gateway_id: "local" }, { dynamic: { route: {} } }),
        ["aws_db_subnet_group.main", "The subnet aws_subnet.data may have a route to the Internet"],
      ],
      [
        { resource: { aws_efs_mount_target: { media: { subnet_id: "subnet-1" } } } },
        ["aws_efs_mount_target.media", "It cannot be read how the subnet subnet-1 is routed"],
      ],
      [
        { resource: { aws_elasticache_subnet_group: { main: { subnet_ids: ["subnet-1"] } } } },
        ["aws_elasticache_subnet_group.main", "It cannot be read how the subnet subnet-1 is routed"],
      ],
      [
        {
          resource: {
            aws_db_subnet_group: { main: { subnet_ids: ["${aws_subnet.data.id}"] } },
            aws_subnet: { data: {} },
          },
        },
        ["aws_db_subnet_group.main", "It cannot be read how the subnet aws_subnet.data is routed"],
      ],
    ],
    silent: [
      routed({ gateway_id: "local" }),
      routed({ gateway_id: "vgw-0123456789abcdef0" }),
      routed({ transit_gateway_id: "tgw-0123456789abcdef0", destination_cidr_block: "172.16.0.0/12" }),
      {
        resource: {
          aws_db_subnet_group: { main: { name: "main", subnet_ids: [] } },
          aws_db_instance: {
            by_reference: { db_subnet_group_name: "${aws_db_subnet_group.main.name}" },
            by_name: { db_subnet_group_name: "main" },
            beside_another: { replicate_source_db: "${aws_db_instance.by_name.identifier}" },
          },
        },
      },
    ],
  },
  "network-logged": {
    fires: [
      [
        { resource: { aws_vpc: { main: {} } } },
        ["aws_vpc.main", "No flow log records what is rejected in it"],
      ],
      [
        {
          resource: {
            aws_vpc: { main: {} },
            aws_flow_log: { main: { vpc_id: "${aws_vpc.main.id}", traffic_type: "ACCEPT" } },
          },
        },
        ["aws_vpc.main", "No flow log records what is rejected in it"],
      ],
    ],
    silent: [
      {
        resource: {
          aws_vpc: { main: {} },
          aws_flow_log: { main: { vpc_id: "${aws_vpc.main.id}", traffic_type: "ALL" } },
        },
      },
    ],
  },
  "tasks-private": {
    fires: [
      [
        { resource: { aws_ecs_service: { web: { network_configuration: { assign_public_ip: true } } } } },
        ["aws_ecs_service.web", "Its tasks get public addresses"],
      ],
      ...[
        '${jsonencode({"AssignPublicIp" = "ENABLED"})}',
        '{"AssignPublicIp":"ENABLED"}',
        '{"AssignPublicIp": var.ip}',
      ].map(
        (definition): Firing => [
          { resource: { aws_sfn_state_machine: { run: { definition } } } },
          ["aws_sfn_state_machine.run", "Its tasks get public addresses"],
        ],
      ),
    ],
    silent: [
      {
        resource: {
          aws_sfn_state_machine: { run: { definition: '${jsonencode({"AssignPublicIp" = "DISABLED"})}' } },
        },
      },
      { resource: { aws_sfn_state_machine: { run: { definition: '{"AssignPublicIp":"DISABLED"}' } } } },
      { resource: { aws_ecs_service: { web: { network_configuration: [{ assign_public_ip: "false" }] } } } },
    ],
  },
};
