// What a plan would do, from `terraform show -json`.

/** A resource that a plan would change in any way. */
export interface PlannedChange {
  /** For example `aws_vpc_security_group_ingress_rule.postgres-from-django-5432-tcp`. */
  readonly address: string;
  readonly type: string;
  /** Terraform's words: `create`, `update`, `delete`, `forget`, and also `import`. */
  readonly actions: readonly string[];
  /** The ID that the resource has now, if it has one. */
  readonly id: string | undefined;
  /** The description that it has now, if it has one. */
  readonly description: string | undefined;
}

/** Every change of a plan to what the account or the state holds; outputs, and what is only read, aside. */
export function plannedChanges(shown: string): PlannedChange[] {
  const { resource_changes: changes }: { resource_changes?: unknown } = Object(JSON.parse(shown));
  return (Array.isArray(changes) ? changes : []).flatMap((item): PlannedChange[] => {
    const { address, type, mode, change }: Record<string, unknown> = Object(item);
    const { actions, before, importing }: Record<string, unknown> = Object(change);
    const { id, description }: Record<string, unknown> = Object(before);
    const done = (Array.isArray(actions) ? actions : []).map(String).filter((action) => action !== "no-op");
    if (importing) {
      done.push("import");
    }
    return mode === "data" || done.length === 0
      ? []
      : [
          {
            address: String(address),
            type: String(type),
            actions: done,
            id: typeof id === "string" ? id : undefined,
            description: typeof description === "string" ? description : undefined,
          },
        ];
  });
}
