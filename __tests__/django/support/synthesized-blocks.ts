// Reads resources of a synthesized stack by type and name.

export type Block = Readonly<Record<string, unknown>>;

interface Config {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** All resources of one type: name and arguments. */
export function blocksOf(config: unknown, type: string): [name: string, block: Block][] {
  return Object.entries((config as Config).resource?.[type] ?? {});
}

/** One of them. Throws where there is none. */
export function blockOf(config: unknown, type: string, name: string): Block {
  const found = blocksOf(config, type).find(([one]) => one === name);
  if (found === undefined) {
    throw new Error(`There is no ${type}.${name}.`);
  }
  return found[1];
}
