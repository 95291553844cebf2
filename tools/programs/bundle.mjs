// The bundle of a program: all its code but the environments, ours and the packages', in one file that Node reads at once.
import { bundled, keep, lastKept, loaders } from "./esbuild.mjs";
import { buildFolder, isEnvironment, LOADED_BY_NAME, PROGRAMS, sourcesIn } from "./programs.mjs";
import { quickerTokens } from "./quicker-tokens.mjs";
import { lazyPackages, lazyTraces, withSharedViews } from "./savings.mjs";

/**
 * The last bundle of a program, if nothing has changed that is in it.
 * @param shared what the environments import, which has to be in it
 */
export function lastBundle(name, shared) {
  const last = lastKept(buildFolder(name));
  return last !== undefined && shared.every((path) => last.shared.includes(path)) ? last : undefined;
}

/** Bundles a program. */
export async function bundle(name, shared) {
  const folder = buildFolder(name);
  const entries = LOADED_BY_NAME.flatMap(sourcesIn).filter((path) => !isEnvironment(path));
  const entry = [
    `exports.loaded = ${loaders(entries)};`,
    `exports.shared = ${loaders(shared)};`,
    `exports.start = () => require("./${PROGRAMS[name].entry}");`,
  ].join("\n");
  const { code, map, files } = await bundled(folder, entry, [lazyPackages, lazyTraces, quickerTokens]);
  return keep(folder, { code: withSharedViews(code), map, files: [...files, ...entries], shared });
}
