// What a team's own resources need: as the environment's `ci.own` declares it.
import type { Grant, PermissionsOf } from "../grant";

export const own: PermissionsOf = ({ environment }) => {
  const declared = environment.ci?.own.resources ?? [];
  const grants = declared.flatMap(({ read, write, resources }, index): Grant[] => [
    ...(read.length > 0
      ? [{ sid: `ReadOwn${index + 1}`, access: "read", actions: read, resources } as const]
      : []),
    ...(write.length > 0
      ? [{ sid: `Own${index + 1}`, access: "write", actions: write, resources } as const]
      : []),
  ]);
  return grants.length > 0 ? { grants } : undefined;
};
