// What the security groups are attached to: the load balancers, services and data stores that traffic ends at.
import type { ObservedGroups } from "./groups";
import {
  address,
  asList,
  asText,
  type Block,
  blocks,
  isObject,
  type Json,
  type TerraformConfigs,
} from "./terraform-config";

export interface Endpoint {
  /** `alb`, `postgres`, `redis`, a service's name in Terraform, or the address of anything else. */
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

/** Every resource that has network interfaces in security groups; also those that should have, but are in none. */
export function endpoints(configs: TerraformConfigs, groups: ObservedGroups): Endpoint[] {
  return blocks(configs).flatMap((block): Endpoint[] => {
    if (block.mode === "data" || RULE_TYPES.test(block.type)) {
      return [];
    }
    const expressions = groupExpressions(block.body);
    const label = labelOf(block);
    if (expressions.length === 0 && label === undefined) {
      return [];
    }
    const names = expressions.map((expression) => groups.resolve(block.stack, expression));
    return [{ label: label ?? address(block), address: address(block), groups: [...new Set(names)].sort() }];
  });
}

function labelOf({ type, name, body }: Block): string | undefined {
  switch (type) {
    case "aws_lb":
      return "alb";
    case "aws_ecs_service":
      return name;
    case "aws_db_instance":
      return asText(body.engine) === "postgres" ? "postgres" : undefined;
    case "aws_elasticache_replication_group":
      return "redis";
    default:
      return undefined;
  }
}

/** The security groups that a resource names, at any depth. */
function groupExpressions(value: Json | undefined, argument = ""): string[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) => groupExpressions(inner, key));
  }
  if (Array.isArray(value)) {
    return asList(value).flatMap((inner) => groupExpressions(inner, argument));
  }
  return typeof value === "string" && GROUP_ARGUMENTS.includes(argument) ? [value] : [];
}
