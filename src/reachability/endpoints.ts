// What the security groups are attached to: the load balancers, services and data stores that traffic ends at.
import { MEMBER_KEYS } from "../schema/member-keys";
import { GroupNames } from "./group-names";
import type { ObservedGroups } from "./groups";
import type { Instance } from "./instances";
import { serviceOfStarted } from "./started-tasks";
import { address, asText, entries, type Json, type TerraformConfigs } from "./terraform-config";

export interface Endpoint {
  /** `alb`, `postgres`, `redis`, `endpoints`, a service's or a file system's key, or the address of anything else. */
  readonly label: string;
  /** Where it is written. */
  readonly address: string;
  /** Name tags of its security groups, as far as they are known. */
  readonly groups: readonly string[];
  /** What of it cannot be told before a deployment, in words; empty where all of it is known. */
  readonly unread: string;
  /** Who gets to it without being held back by any group; `undefined` where groups guard it. */
  readonly openTo: "internet" | "vpc" | undefined;
  /** Whether it is no member itself, but starts tasks of the one that it is called after. */
  readonly isStarter: boolean;
}

/** Resources that name security groups without being an end of traffic themselves: rules, and what only writes down which there are. */
const NO_END =
  /^aws_(vpc_security_group_(ingress|egress)_rule|vpc_security_group_rules_exclusive|security_group(_rule)?|default_security_group|ssm_parameter)$/;

/**
 * Every resource, and every module, that is given security groups, by whichever argument; also those that should have
 * groups, but are in none.
 *
 * @param all the resources of all stacks together
 * @param members who is in a group, by its Name tag, where only the group says it
 */
export function endpoints(
  configs: TerraformConfigs,
  all: readonly Instance[],
  groups: ObservedGroups,
  members: ReadonlyMap<string, string>,
): Endpoint[] {
  const names = new GroupNames(groups);
  const endpoint = (
    stack: string,
    where: string,
    {
      label,
      openTo,
      isStarter,
      isCertain,
    }: Pick<Endpoint, "openTo" | "isStarter"> & { label: string | undefined; isCertain: boolean },
    body: Json,
  ): Endpoint[] => {
    const found = [...new Set(names.in(stack, body))].map((expression) => groups.resolve(stack, expression));
    const known = [...new Set(found.flatMap(({ name, isKnown }) => (isKnown ? [name] : [])))].sort();
    const unread = [...new Set(found.flatMap(({ name, isKnown }) => (isKnown ? [] : [name])))];
    const [only = "", ...others] = known;
    const member = others.length === 0 && unread.length === 0 ? members.get(only) : undefined;
    if (found.length === 0 && label === undefined && openTo === undefined) {
      return [];
    }
    return [
      {
        label: member ?? label ?? where,
        address: where,
        groups: known,
        unread: [
          ...(isCertain ? [] : ["whether there is one at all (count or for_each)"]),
          ...(unread.length > 0 ? [`which security groups it is in: ${unread.join(", ")}`] : []),
        ].join("; "),
        openTo: found.length === 0 ? openTo : undefined,
        isStarter,
      },
    ];
  };
  const resources = all.flatMap((instance): Endpoint[] => {
    const { mode, type, stack, key = "", isCertain, body } = instance;
    const started = serviceOfStarted(instance, all);
    return mode === "data" || NO_END.test(type)
      ? []
      : endpoint(
          stack,
          `${address(instance)}${key}`,
          {
            label: started === undefined ? labelOf(instance) : serviceKey(started),
            openTo: openTo(instance),
            isStarter: started !== undefined,
            isCertain,
          },
          // What is made for groups, as a rule of another provider, calls them by this alone.
          /security_group/.test(type) ? { security_group_id: body.group_id ?? null, ...body } : body,
        );
  });
  const modules = Object.entries(configs).flatMap(([stack, config]) =>
    entries(config.module).flatMap(([name, body]) =>
      endpoint(
        stack,
        `${stack}/module.${name}`,
        { label: undefined, openTo: undefined, isStarter: false, isCertain: true },
        body,
      ),
    ),
  );
  return [...resources, ...modules];
}

function labelOf({ type, name, body }: Instance): string | undefined {
  switch (type) {
    case "aws_lb":
    case "aws_alb":
      return isApplication(body.load_balancer_type) ? MEMBER_KEYS.loadBalancer : undefined;
    case "aws_ecs_service":
      return serviceKey(name);
    case "aws_db_instance":
      return asText(body.engine) === "postgres" ? MEMBER_KEYS.database : undefined;
    case "aws_elasticache_replication_group":
      return MEMBER_KEYS.cache;
    case "aws_efs_mount_target":
      return fileSystemOf(body.file_system_id);
    case "aws_vpc_endpoint":
      return asText(body.vpc_endpoint_type) === "Interface" ? MEMBER_KEYS.endpoints : undefined;
    default:
      return undefined;
  }
}

/** An address writes a service's key with underscores for its hyphens; no key has an underscore of its own. */
function serviceKey(name: string): string {
  return name.replaceAll("_", "-");
}

/** The key of the file system that a mount target belongs to: only what it refers to says it. */
function fileSystemOf(id: Json | undefined): string | undefined {
  return /\baws_efs_file_system\.(\w+)\./.exec(asText(id) ?? "")?.[1]?.replaceAll("_", "-");
}

/** Without groups, a load balancer that is none for applications is guarded by none: everything else gets the VPC's default. */
function openTo({ type, body }: Instance): Endpoint["openTo"] {
  if ((type !== "aws_lb" && type !== "aws_alb") || isApplication(body.load_balancer_type)) {
    return undefined;
  }
  return body.internal === true || body.internal === "true" ? "vpc" : "internet";
}

/** The default of `load_balancer_type`. */
function isApplication(type: Json | undefined): boolean {
  return (type ?? "application") === "application";
}
