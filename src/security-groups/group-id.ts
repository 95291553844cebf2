// The ID of one security group among those that a stack knows.

/** The ID of a group, such as `alb` or a service's. Throws where there is none of that name. */
export function groupIdOf(ids: ReadonlyMap<string, string>, group: string): string {
  const id = ids.get(group);
  if (id === undefined) {
    throw new Error(`There is no security group of "${group}"; there are ${[...ids.keys()].join(", ")}.`);
  }
  return id;
}
