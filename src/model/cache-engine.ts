// Which engine a cache runs, in which version, and by which family of parameters.
import { CACHE_VERSIONS, type Cache } from "../schema/cache";

/** What of a cache decides; in a file that may still be wrong, as much as is known. */
export type CacheEngineSettings = Partial<Pick<Cache, "engine" | "engineVersion">>;

/** The version that a cache is to run: the newest one, where the file says none. */
export function cacheVersion({ engine = "redis", engineVersion }: CacheEngineSettings): string {
  return engineVersion ?? CACHE_VERSIONS[engine].at(-1) ?? "";
}

/** The family of its parameters: `redis7`, `valkey8`. */
export function cacheFamily(settings: CacheEngineSettings): string {
  return `${settings.engine ?? "redis"}${cacheVersion(settings).split(".")[0]}`;
}
