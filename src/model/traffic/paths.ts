// Ways through a platform: every sequence of allowed steps from one peer to another.

/**
 * Every way from `source` to `destination` that passes nothing twice, shortest first. Ends may be anything; steps in
 * between are taken from `steps` only, since an address outside forwards nothing for us.
 */
export function findPaths(
  source: string,
  destination: string,
  steps: readonly string[],
  allows: (from: string, to: string) => boolean,
): string[][] {
  const found: string[][] = [];
  const walk = (way: readonly string[], here: string) => {
    if (allows(here, destination)) {
      found.push([...way, destination]);
    }
    for (const next of steps) {
      if (next !== destination && !way.includes(next) && allows(here, next)) {
        walk([...way, next], next);
      }
    }
  };
  walk([source], source);
  return found.sort((a, b) => a.length - b.length);
}

/** The shortest of these ways; `undefined` where there is none. Among many steps, it is found where all ways would not be. */
export function shortestPath(
  source: string,
  destination: string,
  steps: readonly string[],
  allows: (from: string, to: string) => boolean,
): string[] | undefined {
  const seen = new Set([source]);
  let ways = [[source]];
  while (ways.length > 0) {
    const arrived = ways.find((way) => allows(way.at(-1) ?? source, destination));
    if (arrived !== undefined) {
      return [...arrived, destination];
    }
    ways = ways.flatMap((way) =>
      steps.flatMap((next) => {
        if (seen.has(next) || next === destination || !allows(way.at(-1) ?? source, next)) return [];
        seen.add(next);
        return [[...way, next]];
      }),
    );
  }
  return undefined;
}
