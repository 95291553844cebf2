// The part of an environment that describes its cache.
import { z } from "zod";
import { section, wholeNumber } from "./fields";
import { dailyWindow, weeklyWindow } from "./windows";

/** Minutes: CreateReplicationGroup API reference, "PreferredMaintenanceWindow"; "Scheduling automatic backups". */
const ELASTICACHE_WINDOW = 60;

/** As Redis calls them, such as `maxmemory-policy`. */
const cacheParameter = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, "Name a parameter of Redis, such as maxmemory-policy.");

/** The versions of each engine that the platform can have: IAM authentication needs 7.0 or newer. */
export const CACHE_VERSIONS = {
  redis: ["7.0", "7.1"],
  valkey: ["7.2", "8.0"],
} as const;

export const cacheSchema = section({
  /** Redis OSS, or Valkey, which is the same to clients and costs less. A cache goes from the first to the second, and never back. */
  engine: z.enum(["redis", "valkey"]).default("redis"),
  /** The engine's version: 7.0 or 7.1 of Redis OSS, 7.2 or 8.0 of Valkey. Default: the newest of these. */
  engineVersion: z.enum([...CACHE_VERSIONS.redis, ...CACHE_VERSIONS.valkey]).optional(),
  /**
   * Makes changes that would wait for `maintenanceWindow` during the deployment: of the engine, its version and the node type. A change of the engine
   * needs it. Remove it afterwards.
   */
  applyImmediately: z.boolean().default(false),
  /** The node type: how much CPU and memory each node has. */
  nodeType: z
    .string()
    .regex(/^cache\.[a-z0-9-]+\.[a-z0-9]+$/, "Write an ElastiCache node type such as cache.t4g.small.")
    .default("cache.t4g.small"),
  /** Nodes: one primary and its replicas. Automatic failover needs two; one alone is for what is not production. */
  nodes: wholeNumber(1, 6, "nodes").default(2),
  /**
   * How services prove who they are: by their role ("iam"), for which the client has to sign a token; by a password that is made
   * here and kept in Secrets Manager, which the command `cache-user` gives to the cache; or "none", for images that can do
   * neither: a policy then asks for the reason.
   */
  authentication: z.enum(["iam", "password", "none"]).default("iam"),
  /**
   * Whether connections have to be encrypted, or may be ("preferred"), while clients move to TLS: a policy then asks for the reason, and nobody may be
   * asked for a password or a token.
   */
  transitEncryption: z.enum(["required", "preferred"]).default("required"),
  /** Days that daily snapshots are kept. */
  snapshotRetentionDays: wholeNumber(1, 35, "days").default(7),
  /** When ElastiCache takes the daily snapshot, in UTC. */
  snapshotWindow: dailyWindow(ELASTICACHE_WINDOW).default("03:00-04:00"),
  /** When ElastiCache may work on the cache, in UTC: once a week. */
  maintenanceWindow: weeklyWindow(ELASTICACHE_WINDOW).default("sun:05:00-sun:06:00"),
  /** Parameters of the engine, by name. */
  parameters: z.record(cacheParameter, z.string()).default({}),
})
  .refine(({ engine, engineVersion }) => engineVersion === undefined || isVersionOf(engine, engineVersion), {
    path: ["engineVersion"],
    error: ({ input }) => {
      const { engine } = Object(input);
      return `Give a version of ${engine}: ${listed(CACHE_VERSIONS[engine === "valkey" ? "valkey" : "redis"])}. Or set engine to the other one.`;
    },
  })
  // Applying RBAC to a cache, Amazon ElastiCache user guide: only "a cache that has in-transit encryption enabled" has users.
  .refine(
    ({ authentication, transitEncryption }) => transitEncryption === "required" || authentication === "none",
    {
      path: ["transitEncryption"],
      message:
        'Set it to "required", or authentication to "none": a password or token must not cross the network as it is.',
    },
  );

function isVersionOf(engine: keyof typeof CACHE_VERSIONS, version: string): boolean {
  return (CACHE_VERSIONS[engine] as readonly string[]).includes(version);
}

function listed(versions: readonly string[]): string {
  return versions.map((version) => `"${version}"`).join(" or ");
}

export type Cache = z.output<typeof cacheSchema>;
