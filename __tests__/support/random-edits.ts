// Single changes to synthesized Terraform, each of which lets something through, or keeps something out, that the
// environment does not say.
import fc from "fast-check";

/** JSON that may be changed in place. */
type Mutable = { [key: string]: unknown };
export type MutableConfigs = Record<string, Mutable>;

export interface Edit {
  /** What is changed, in words. */
  readonly kind: string;
  /** Changes the configurations in place. */
  apply(): void;
}

const RULES = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

const ATTACHMENTS: Readonly<Record<string, (body: Mutable) => Mutable>> = {
  aws_lb: (body) => body,
  aws_ecs_service: (body) => record(body.network_configuration),
  aws_db_instance: (body) => body,
  aws_elasticache_replication_group: (body) => body,
  aws_efs_mount_target: (body) => body,
  aws_vpc_endpoint: (body) => body,
};

const GROUP_LISTS = ["security_groups", "vpc_security_group_ids", "security_group_ids"];

function record(value: unknown): Mutable {
  if (Array.isArray(value)) {
    return record(value[0]);
  }
  if (typeof value !== "object" || value === null) {
    throw new Error(`Expected an object, found ${JSON.stringify(value)}`);
  }
  return value as Mutable;
}

function resourcesOf(config: Mutable | undefined, type: string): [string, Mutable][] {
  const types = config?.resource === undefined ? {} : record(config.resource);
  return types[type] === undefined
    ? []
    : Object.entries(record(types[type])).map(([name, body]) => [name, record(body)]);
}

/** Every edit that can be made to these configurations, in place. */
export function possibleEdits(configs: MutableConfigs): Edit[] {
  const django = configs.django;
  const groups = resourcesOf(django, "aws_security_group").map(
    ([name]) => `\${aws_security_group.${name}.id}`,
  );
  return [
    ...Object.values(configs).flatMap((config) => RULES.flatMap((type) => ruleEdits(config, type))),
    ...resourcesOf(django, "aws_security_group").flatMap(([name, body]) => inlineEdits(name, body, groups)),
    ...(django ? addedRules(django, groups) : []),
    ...Object.entries(ATTACHMENTS).flatMap(([type, holder]) =>
      resourcesOf(django, type).flatMap(([name, body]) =>
        attachmentEdits(`${type}.${name}`, holder(body), groups),
      ),
    ),
  ];
}

function ruleEdits(config: Mutable, type: string): Edit[] {
  return resourcesOf(config, type).flatMap(([name, body]) => {
    const edit = (kind: string, apply: () => void): Edit => ({ kind: `${kind} ${type}.${name}`, apply });
    const others = (key: string) =>
      resourcesOf(config, type)
        .map(([, other]) => other[key])
        .filter((value) => value !== undefined && value !== body[key]);
    const edits = [
      edit("multiply", () => {
        body.count = 0;
      }),
      edit("drop", () => {
        delete record(record(config.resource)[type])[name];
      }),
    ];
    if (typeof body.to_port === "number") {
      const port = body.to_port;
      edits.push(
        edit("widen port of", () => {
          body.to_port = port + 1;
        }),
        edit("lower port of", () => {
          body.from_port = 1;
        }),
        edit("open every protocol of", () => {
          body.ip_protocol = "-1";
          delete body.from_port;
          delete body.to_port;
        }),
        edit("change protocol of", () => {
          body.ip_protocol = body.ip_protocol === "tcp" ? "udp" : "tcp";
        }),
      );
    }
    for (const key of ["referenced_security_group_id", "security_group_id"]) {
      const [other] = others(key);
      if (body[key] !== undefined && other !== undefined) {
        edits.push(
          edit(`swap ${key} of`, () => {
            body[key] = other;
          }),
        );
      }
    }
    edits.push(
      edit("open to the world", () => {
        const closed = body.cidr_ipv4 !== "0.0.0.0/0";
        delete body.referenced_security_group_id;
        body.cidr_ipv4 = closed ? "0.0.0.0/0" : "0.0.0.0/1";
      }),
    );
    return edits;
  });
}

function inlineEdits(name: string, body: Mutable, groups: readonly string[]): Edit[] {
  const rule = { protocol: "tcp", from_port: 22, to_port: 22 };
  return [
    {
      kind: `add inline ingress to ${name}`,
      apply: () => {
        body.ingress = [{ ...rule, cidr_blocks: ["0.0.0.0/0"] }];
      },
    },
    {
      kind: `add inline egress to ${name}`,
      apply: () => {
        body.egress = [{ ...rule, security_groups: [groups[0]] }];
      },
    },
    {
      kind: `add dynamic ingress to ${name}`,
      apply: () => {
        body.dynamic = {
          ingress: { for_each: ["${local.ports}"], content: { ...rule, cidr_blocks: ["0.0.0.0/0"] } },
        };
      },
    },
    {
      kind: `add ingress by an expression to ${name}`,
      apply: () => {
        body.ingress = "${local.rules}";
      },
    },
    {
      kind: `add ingress by an unreadable block to ${name}`,
      apply: () => {
        body.ingress = [{ ...rule, cidr_blocks: "${var.office}" }];
      },
    },
    {
      kind: `open ${name} to itself`,
      apply: () => {
        body.ingress = [{ ...rule, self: "true" }];
      },
    },
    {
      kind: `rename ${name}`,
      apply: () => {
        body.tags = { Name: "another-name" };
      },
    },
  ];
}

function addedRules(django: Mutable, groups: readonly string[]): Edit[] {
  const add = (type: string, body: Mutable | Mutable[]) => () => {
    const types = record(django.resource);
    types[type] = { ...(types[type] === undefined ? {} : record(types[type])), added: body };
  };
  const ping = { protocol: "icmp", from_port: -1, to_port: -1, cidr_blocks: ["0.0.0.0/0"] };
  return groups.flatMap((group): Edit[] => [
    {
      kind: `add standalone rule to ${group}`,
      apply: add("aws_vpc_security_group_ingress_rule", {
        security_group_id: group,
        cidr_ipv4: "198.51.100.0/24",
        ip_protocol: "tcp",
        from_port: 9999,
        to_port: 9999,
      }),
    },
    {
      kind: `add a rule as a list of bodies to ${group}`,
      apply: add("aws_vpc_security_group_ingress_rule", [
        { security_group_id: group, cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" },
      ]),
    },
    {
      kind: `add a rule of another protocol to ${group}`,
      apply: add("aws_security_group_rule", { type: "ingress", security_group_id: group, ...ping }),
    },
    {
      kind: `add a rule to the default group beside ${group}`,
      apply: add("aws_default_security_group", { ingress: [ping] }),
    },
    {
      kind: `attach ${group} to a network interface`,
      apply: add("aws_network_interface_sg_attachment", {
        security_group_id: group,
        network_interface_id: "eni-1",
      }),
    },
    {
      kind: `give ${group} to a cluster`,
      apply: add("aws_emr_cluster", { ec2_attributes: [{ emr_managed_master_security_group: group }] }),
    },
    {
      kind: `put a second database into ${group}`,
      apply: () => {
        const types = record(django.resource);
        const others = types.aws_db_instance === undefined ? {} : record(types.aws_db_instance);
        types.aws_db_instance = {
          ...others,
          second: { engine: "postgres", vpc_security_group_ids: [group] },
        };
      },
    },
    {
      kind: `give ${group} to a module`,
      apply: () => {
        django.module = { added: { source: "./module", groups: [group] } };
      },
    },
    {
      kind: `add legacy rule to ${group}`,
      apply: add("aws_security_group_rule", {
        type: "ingress",
        security_group_id: group,
        source_security_group_id: groups.at(-1),
        protocol: "-1",
        from_port: 0,
        to_port: 0,
      }),
    },
  ]);
}

function attachmentEdits(what: string, holder: Mutable, groups: readonly string[]): Edit[] {
  return GROUP_LISTS.filter((key) => Array.isArray(holder[key])).flatMap((key): Edit[] => {
    const [own] = Array.isArray(holder[key]) ? holder[key] : [];
    const second = groups.find((group) => group !== own);
    return [
      {
        kind: `detach the group of ${what}`,
        apply: () => {
          holder[key] = [];
        },
      },
      ...(second
        ? [
            {
              kind: `attach a second group to ${what}`,
              apply: () => {
                holder[key] = [own, second];
              },
            },
            {
              kind: `swap the group of ${what}`,
              apply: () => {
                holder[key] = [second];
              },
            },
          ]
        : []),
    ];
  });
}

/** Picks some of the edits that are possible. */
export const seeds = fc.array(fc.nat(), { minLength: 100, maxLength: 100 });
