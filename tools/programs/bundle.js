// The bundle of a program: all its code but the environments, ours and the packages', in one file that Node reads at once.
const { bundled, keep, lastKept, loaders } = require("./esbuild.js");
const { buildFolder, isEnvironment, LOADED_BY_NAME, PROGRAMS, sourcesIn } = require("./programs.js");

/**
 * The last bundle of a program, if nothing has changed that is in it.
 * @param shared what the environments import, which has to be in it
 */
function lastBundle(name, shared) {
  const last = lastKept(buildFolder(name));
  return last !== undefined && shared.every((path) => last.shared.includes(path)) ? last : undefined;
}

/** Bundles a program. */
async function bundle(name, shared) {
  // Wanted here only, so that they are not loaded where there is nothing to do.
  const { quickerTokens } = require("./quicker-tokens.js");
  const { lazyPackages, lazyTraces, withSharedViews } = require("./savings.js");
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

module.exports = { lastBundle, bundle };
