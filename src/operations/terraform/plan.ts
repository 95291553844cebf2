// What a plan would do, from `terraform show -json`.

/** A resource that a plan would change in any way. */
export interface PlannedChange {
  /** For example `aws_vpc_security_group_ingress_rule.postgres-from-django-5432-tcp`. */
  readonly address: string;
  readonly type: string;
  /** Terraform's words, in the order in which it does them: `create`, `update`, `delete`, `forget`, and also `import`. */
  readonly actions: readonly string[];
  /** The arguments whose change forces a replacement, such as `identifier`; none where nothing is replaced. */
  readonly forcedBy: readonly string[];
  /** The ID that the resource has now, if it has one. */
  readonly id: string | undefined;
  /** The description that it has now, if it has one. */
  readonly description: string | undefined;
  /** What it is called now, and would be, where it has a name. */
  readonly name: { readonly before: string | undefined; readonly after: string | undefined };
}

/** Every change of a plan to what the account or the state holds; outputs, and what is only read, aside. */
export function plannedChanges(shown: string): PlannedChange[] {
  const { resource_changes: changes }: { resource_changes?: unknown } = Object(JSON.parse(shown));
  return list(changes).flatMap((item): PlannedChange[] => {
    const { address, type, mode, change }: Record<string, unknown> = Object(item);
    const { actions, before, after, importing, replace_paths }: Record<string, unknown> = Object(change);
    const done = list(actions)
      .map(String)
      .filter((action) => action !== "no-op");
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
            forcedBy: list(replace_paths).map((path) => list(path).join(".")),
            id: text(before, "id"),
            description: text(before, "description"),
            name: { before: text(before, "name"), after: text(after, "name") },
          },
        ];
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(values: unknown, key: string): string | undefined {
  const { [key]: value }: Record<string, unknown> = Object(values);
  return typeof value === "string" ? value : undefined;
}
