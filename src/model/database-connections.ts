// How many connections a database takes: what an alarm has to stay below.
import type { Database } from "../schema/data-stores";

const GIB = 2 ** 30;

/** Memory of the size `large`, in GiB, by family: "Hardware specifications for DB instance classes", Amazon RDS user guide. */
const LARGE = { t: 8, m: 8, r: 16 } as const;

/** Sizes below `xlarge`, as a share of `large`; `<n>xlarge` is 2n of it. */
const SMALLER: Readonly<Record<string, number>> = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1 };

/**
 * PostgreSQL's `max_connections` where a parameter does not set it: LEAST(memory / 9531392, 5000), "Quotas and
 * constraints for Amazon RDS", "Maximum number of database connections".
 */
const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;

/** RDS counts only what its own processes leave of the memory: up to a quarter less, on the smallest class. */
const SHARE_FOR_ALARM = 0.7;

/**
 * The most connections that a database may take: what its parameter `max_connections` says, or what its class's memory
 * allows. `undefined` where neither is known.
 */
export function connectionLimit({
  instanceClass,
  parameters,
}: Pick<Database, "instanceClass" | "parameters">): number | undefined {
  const { max_connections: given } = parameters;
  if (given !== undefined) {
    return /^\d+$/.test(given) ? Number(given) : undefined;
  }
  const memory = memoryGib(instanceClass);
  return memory && Math.min(Math.floor((memory * GIB) / BYTES_PER_CONNECTION), MOST_CONNECTIONS);
}

/** From how many connections on there is an alarm, where the environment gives no number; `undefined` if nothing says. */
export function alarmingConnections(
  database: Pick<Database, "instanceClass" | "parameters">,
): number | undefined {
  const limit = connectionLimit(database);
  return limit && Math.floor(limit * SHARE_FOR_ALARM);
}

function memoryGib(instanceClass: string): number | undefined {
  const [, family, size = ""] = /^db\.(t(?=[34])|[mr](?=[5-8]))[a-z0-9]+\.(\w+)$/.exec(instanceClass) ?? [];
  const times = /^(\d*)xlarge$/.exec(size);
  const share = times ? 2 * Number(times[1] || 1) : SMALLER[size];
  return (family === "t" || family === "m" || family === "r") && share ? LARGE[family] * share : undefined;
}
