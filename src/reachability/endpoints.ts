// What the security groups are attached to: the load balancers, services and data stores that traffic ends at.
import { MEMBER_KEYS } from "../schema/member-keys";
import type { ObservedGroups } from "./groups";
import {
  address,
  asList,
  asText,
  type Block,
  blocks,
  entries,
  isObject,
  type Json,
  type TerraformConfigs,
} from "./terraform-config";

export interface Endpoint {
  /** `alb`, `postgres`, `redis`, `endpoints`, a service's key, or the address of anything else. */
  readonly label: string;
  /** Where it is written. */
  readonly address: string;
  /** Name tags of its security groups. */
  readonly groups: readonly string[];
}

/** Arguments by which resources of the AWS provider take security groups. */
const GROUP_ARGUMENTS = ["security_groups", "security_group_ids", "vpc_security_group_ids"];

/** Resources that take security groups without being an end of traffic themselves. */
const RULE_TYPES =
  /^aws_(vpc_security_group_(ingress|egress)_rule|security_group(_rule)?|default_security_group)$/;

/**
 * Every resource, and every module, that is given security groups, by whichever argument; also those that should have
 * groups, but are in none.
 *
 * @param members who is in a group, by its Name tag, where only the group says it
 */
export function endpoints(
  configs: TerraformConfigs,
  groups: ObservedGroups,
  members: ReadonlyMap<string, string>,
): Endpoint[] {
  const endpoint = (stack: string, where: string, label: string | undefined, body: Json): Endpoint[] => {
    const expressions = groupExpressions(body);
    const names = [...new Set(expressions.map((expression) => groups.resolve(stack, expression)))].sort();
    const [only = "", ...others] = names;
    const known = (others.length === 0 ? members.get(only) : undefined) ?? label;
    return names.length === 0 && known === undefined
      ? []
      : [{ label: known ?? where, address: where, groups: names }];
  };
  const resources = blocks(configs).flatMap((block): Endpoint[] =>
    block.mode === "data" || RULE_TYPES.test(block.type)
      ? []
      : endpoint(block.stack, address(block), labelOf(block), block.body),
  );
  const modules = Object.entries(configs).flatMap(([stack, config]) =>
    entries(config.module).flatMap(([name, body]) =>
      endpoint(stack, `${stack}/module.${name}`, undefined, body),
    ),
  );
  return [...resources, ...modules];
}

function labelOf({ type, name, body }: Block): string | undefined {
  switch (type) {
    case "aws_lb":
      return MEMBER_KEYS.loadBalancer;
    case "aws_ecs_service":
      // An address writes a service's key with underscores for its hyphens; no key has an underscore of its own.
      return name.replaceAll("_", "-");
    case "aws_db_instance":
      return asText(body.engine) === "postgres" ? MEMBER_KEYS.database : undefined;
    case "aws_elasticache_replication_group":
      return MEMBER_KEYS.cache;
    case "aws_vpc_endpoint":
      return asText(body.vpc_endpoint_type) === "Interface" ? MEMBER_KEYS.endpoints : undefined;
    default:
      return undefined;
  }
}

/** A reference to a security group, wherever in a string it stands. */
const GROUP_REFERENCE = /(?:data\.)?aws_(?:default_)?security_group\.[\w-]+/g;

/**
 * The security groups that a resource names, at any depth: whatever stands in the arguments made for them, and every
 * reference to a group in any other, because providers have more of them than a list could hold.
 */
function groupExpressions(value: Json | undefined, argument = ""): string[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      // Waiting for a group is not being in it.
      key === "depends_on" || key === "//" ? [] : groupExpressions(inner, key),
    );
  }
  if (Array.isArray(value)) {
    return asList(value).flatMap((inner) => groupExpressions(inner, argument));
  }
  if (typeof value !== "string") {
    return [];
  }
  const references = (value.match(GROUP_REFERENCE) ?? []).map((reference) => `\${${reference}.id}`);
  return references.length === 0 && GROUP_ARGUMENTS.includes(argument) ? [value] : references;
}
