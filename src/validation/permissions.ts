// Services' own permissions against the room that IAM has for them: in a role's policies, and in the boundary of all roles.
import { MANAGED_POLICY_LENGTH } from "../iam/document";
import {
  distinctPermissions,
  permissionShares,
  permissionStatements,
  permissionsLength,
  ROLE_POLICIES_LENGTH,
  roomForPermissions,
} from "../model/permissions";
import { type Check, problem } from "./check";

export const checkPermissions: Check = (sections) => [...ofRoles(sections), ...ofBoundary(sections)];

const ofRoles: Check = ({ services }) =>
  Object.entries(services).flatMap(([key, { permissions = [], ...service }]) => {
    const statements = permissionStatements({ permissions });
    const length = permissionsLength(statements);
    const room = roomForPermissions(service);
    const remedy =
      `Shorten ${longest(statements)}: they have ${length} characters, and the role has room for ${room} (IAM takes ` +
      `${ROLE_POLICIES_LENGTH} of all its policies, and the platform needs the rest).`;
    return length > room
      ? [problem(`services.${key}.permissions`, `${statements.length} statements`, remedy)]
      : [];
  });

/** How much room the platform itself leaves is known when it is synthesized. */
const ofBoundary: Check = ({ services, declared }) => {
  if (!declared.has("ci")) {
    return [];
  }
  const all = Object.fromEntries(
    Object.entries(services).map(([key, { permissions = [] }]) => [key, { permissions }]),
  );
  const length = permissionsLength(distinctPermissions(all));
  const remedy =
    `Shorten their permissions: the boundary of their roles, which ci makes, would hold ${length} characters of them alone, and IAM ` +
    `takes ${MANAGED_POLICY_LENGTH} (${permissionShares(all)}).`;
  return length > MANAGED_POLICY_LENGTH ? [problem("services", permissionShares(all), remedy)] : [];
};

/** The longest statements, by their places: those that are worth the effort. */
function longest(statements: ReturnType<typeof permissionStatements>): string {
  return statements
    .map((statement, index) => ({ place: `[${index}]`, length: permissionsLength([statement]) }))
    .sort((a, b) => b.length - a.length)
    .slice(0, 3)
    .map(({ place, length }) => `${place} (${length})`)
    .join(", ");
}
