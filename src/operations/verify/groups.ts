// Which live security group is which of the platform's, also while something about them is wrong.
import type { DiscoveredGroup, Discovery } from "../discovery/discover";
import type { VerifyCheck } from "./check";

/** `group:*`. */
export function judgeGroups({ vpc, groups }: Discovery): VerifyCheck[] {
  return groups.map(({ group, name, resource, tagged, findings }) => {
    const all = [...vpc.findings, ...findings];
    return {
      id: `group:${group}`,
      title: `The ${resource} is in the group ${name}, and in no other`,
      status: all.length === 0 ? "pass" : "fail",
      detail: all.join("\n") || tagged.join(", "),
    };
  });
}

/**
 * The ID of each group, where it is certain: the only one with the Name tag; of several, the one that the resource is
 * in; where none has the tag, the resource's only group.
 */
export function groupIdsOf({ groups }: Pick<Discovery, "groups">): ReadonlyMap<string, string> {
  return new Map(
    groups.flatMap(({ group, tagged, attached = [] }) => {
      const candidates =
        tagged.length > 1
          ? tagged.filter((id) => attached.includes(id))
          : tagged.length === 1
            ? tagged
            : attached;
      const [id, ...others] = candidates;
      return id === undefined || others.length > 0 ? [] : [[group, id] as const];
    }),
  );
}

/** IDs of the groups whose rules decide who reaches a resource: its own, and whatever else it is in. */
export function governingIds(
  { group, attached = [] }: DiscoveredGroup,
  ids: ReadonlyMap<string, string>,
): string[] {
  const own = ids.get(group);
  return [...new Set([...(own === undefined ? [] : [own]), ...attached])];
}
