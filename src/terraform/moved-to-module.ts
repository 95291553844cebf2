// The `moved` blocks of a root whose resources a module holds from now on.

/** Resources of a stack by their addresses: of its JSON. */
export function managedAddresses(config: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(Object(config.resource)).flatMap(([type, named]) =>
    Object.keys(Object(named)).map((name) => `${type}.${name}`),
  );
}

/** The same of its HCL, as this project writes it. */
export function managedAddressesInHcl(hcl: string): string[] {
  return [...hcl.matchAll(/^resource "([^"]+)" "([^"]+)" \{/gm)].map(([, type, name]) => `${type}.${name}`);
}

/**
 * Blocks that say of each resource that it is the module's, as HCL.
 * @param module how the root calls the module, for example `django`
 */
export function movedToModule(addresses: readonly string[], module: string): string {
  return addresses
    .toSorted()
    .map((address) => `moved {\n  from = ${address}\n  to   = module.${module}.${address}\n}\n`)
    .join("\n");
}
