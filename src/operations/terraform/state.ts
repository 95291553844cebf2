// What Terraform's state says that it manages, from `terraform state pull`.

/** Address to ID of every resource that a state holds, data sources aside. */
export function managedResources(pulled: string): ReadonlyMap<string, string> {
  // A stack that was never applied has no state at all.
  const { resources }: { resources?: unknown } = pulled.trim() === "" ? {} : Object(JSON.parse(pulled));
  const found = new Map<string, string>();
  for (const resource of list(resources)) {
    const { mode, module: path, type, name, instances } = resource;
    if (mode !== "managed") {
      continue;
    }
    for (const { index_key: key, attributes } of list(instances)) {
      const { id }: { id?: unknown } = Object(attributes);
      const address = [path, type, name].filter((part) => part !== undefined).join(".");
      if (typeof id === "string") {
        found.set(key === undefined ? address : `${address}[${JSON.stringify(key)}]`, id);
      }
    }
  }
  return found;
}

interface StateObject {
  readonly mode?: unknown;
  readonly module?: unknown;
  readonly type?: unknown;
  readonly name?: unknown;
  readonly instances?: unknown;
  readonly index_key?: unknown;
  readonly attributes?: unknown;
}

function list(value: unknown): StateObject[] {
  return Array.isArray(value) ? value.map((item): StateObject => Object(item)) : [];
}
