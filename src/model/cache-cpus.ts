// How many vCPUs a cache node has: on few, its CPU as a whole is watched, and on many, that of Redis alone.

/** vCPUs of the sizes below `xlarge`, by family; `xlarge` has 4, and `<n>xlarge` 4n: "Supported node types", Amazon ElastiCache user guide. */
const SMALLER: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  t2: { micro: 1, small: 1, medium: 2 },
  t3: { micro: 2, small: 2, medium: 2 },
  t4g: { micro: 2, small: 2, medium: 2 },
  m3: { medium: 1, large: 2 },
  m4: { large: 2 },
  m5: { large: 2 },
  m6g: { large: 2 },
  m7g: { large: 2 },
  r3: { large: 2 },
  r4: { large: 2 },
  r5: { large: 2 },
  r6g: { large: 2 },
  r6gd: {},
  r7g: { large: 2 },
  c7gn: { large: 2 },
};

/** The vCPUs of a node type such as `cache.t4g.small`; `undefined` for one that is not known here. */
export function cacheCpus(nodeType: string): number | undefined {
  const [, family = "", size = ""] = /^cache\.([a-z0-9]+)\.(\w+)$/.exec(nodeType) ?? [];
  const smaller = SMALLER[family];
  // No burstable node is that large.
  const times = family.startsWith("t") ? null : /^(\d*)xlarge$/.exec(size);
  return smaller && (times ? 4 * Number(times[1] || 1) : smaller[size]);
}

/**
 * Up to how many vCPUs AWS advises to watch `CPUUtilization`, which is that of all of them: "Which metrics should I
 * monitor?", Amazon ElastiCache user guide. On more, `EngineCPUUtilization`.
 */
export const FEW_CACHE_CPUS = 2;
