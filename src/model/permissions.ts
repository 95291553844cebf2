// Services' own permissions as statements of IAM's, and how long they make the policies that they stand in.
import { type Conditions, lengthOf, type Statement } from "../iam/document";
import type { Permission } from "../schema/permissions";
import type { Service } from "../schema/service";

/** Characters of all inline policies of a role together, white space not counted: "IAM and AWS STS quotas". */
export const ROLE_POLICIES_LENGTH = 10_240;

/** Characters that a role needs for sessions of ECS Exec, the cache and the database's secret, at most. */
const PLATFORM_LENGTH = 1500;

/** Characters for each queue or bucket, with its KMS key, at most. */
const EACH_LENGTH = 900;

/** A statement without a name of its own. */
interface PermissionStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/** What a service may do beyond what the platform gives it. */
export function permissionStatements({
  permissions,
}: {
  readonly permissions: readonly Permission[];
}): PermissionStatement[] {
  return permissions.map(({ actions, resources, conditions }) => ({
    actions,
    resources,
    ...(conditions && { conditions }),
  }));
}

/** The statements of all services, each once, in the order of the file. */
export function distinctPermissions(
  services: Readonly<Record<string, { readonly permissions: readonly Permission[] }>>,
): PermissionStatement[] {
  const all = Object.values(services).flatMap(permissionStatements);
  return [...new Map(all.map((statement) => [JSON.stringify(statement), statement])).values()];
}

/** Characters that statements add to a policy. */
export function permissionsLength(statements: readonly Statement[]): number {
  return lengthOf(statements) - lengthOf([]);
}

/** Characters that a service's role has left for its own permissions, once the platform has said what it has to. */
export function roomForPermissions({
  consumesFrom,
  sendsTo,
  buckets = [],
}: Pick<Service, "consumesFrom" | "sendsTo"> & {
  readonly buckets?: Service["buckets"] | undefined;
}): number {
  const used = consumesFrom.length + sendsTo.length + buckets.length;
  return ROLE_POLICIES_LENGTH - PLATFORM_LENGTH - EACH_LENGTH * used;
}

/** What each service's own permissions add to the boundary of all roles, in words; "" where there are none. */
export function permissionShares(
  services: Readonly<Record<string, { readonly permissions: readonly Permission[] }>>,
): string {
  return Object.entries(services)
    .filter(([, { permissions }]) => permissions.length > 0)
    .map(([key, service]) => `${key} ${permissionsLength(permissionStatements(service))}`)
    .join(", ");
}
