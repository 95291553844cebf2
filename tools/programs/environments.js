// The bundle of the environments: apart from the programs', so that a change of an environment leaves those as they are.
const { relative } = require("node:path");
const { bundled, keep, lastKept, loaders } = require("./esbuild.js");
const { buildFolder, ENVIRONMENTS, isEnvironment, ROOT, sourcesIn } = require("./programs.js");

const FOLDER = buildFolder("environments");

/** The last bundle of the environments, if nothing has changed that is in it. */
function lastEnvironments() {
  return lastKept(FOLDER);
}

/**
 * Bundles the environments, one that cannot be read as one that says so.
 * @returns beside the bundle: `imports`, what they import from outside their folder; `reached`, for each its file and those
 *   beside it that it imports; `broken`, path to the words of esbuild
 */
async function bundleEnvironments() {
  const broken = {};
  const entries = sourcesIn(ENVIRONMENTS);
  const attempt = () =>
    bundled(FOLDER, `exports.loaded = ${loaders(entries)};`, [mended(broken), theirsOnly]);
  let result;
  try {
    result = await attempt();
  } catch (error) {
    const errors = error.errors ?? [];
    if (errors.length === 0 || !errors.every(({ location }) => isEnvironment(location?.file))) {
      throw error;
    }
    for (const { location, text } of errors) {
      broken[location.file] ??= `${location.file}(${location.line},${location.column + 1}): error: ${text}`;
    }
    result = await attempt();
  }
  const { code, map, inputs, files } = result;
  const imports = Object.values(inputs)
    .flatMap((input) => input.imports)
    .filter(({ path, external }) => external && path.startsWith(PROJECT))
    .map(({ path }) => path.slice(PROJECT.length));
  return keep(FOLDER, {
    code,
    map,
    files: [...files, ...entries],
    imports: [...new Set(imports)].sort(),
    reached: Object.fromEntries(entries.map((path) => [path, reachedFrom(path, inputs)])),
    broken,
  });
}

function reachedFrom(path, inputs, found = []) {
  if (!found.includes(path)) {
    found.push(path);
    for (const { path: imported } of inputs[path]?.imports ?? []) {
      if (isEnvironment(imported)) {
        reachedFrom(imported, inputs, found);
      }
    }
  }
  return found;
}

/** What is not theirs is imported by this and its path in the project; the running program has it. */
const PROJECT = "project:";

/** Leaves out what is outside the environments' folder. */
const theirsOnly = {
  name: "theirs only",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === "resolving") return undefined;
      const { importer, namespace, resolveDir, kind } = from;
      const found = await resolve(path, { importer, namespace, resolveDir, kind, pluginData: "resolving" });
      if (found.errors.length > 0 || found.external) return found;
      const inProject = relative(ROOT, found.path).replaceAll("\\", "/");
      return isEnvironment(inProject)
        ? { path: found.path }
        : { path: PROJECT + inProject.replace(/\.ts$/, ""), external: true };
    });
  },
};

function mended(broken) {
  return {
    name: "mended",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const words = broken[relative(ROOT, path)];
        return words === undefined
          ? undefined
          : { contents: `throw new Error(${JSON.stringify(words)});`, loader: "js" };
      });
    },
  };
}

module.exports = { lastEnvironments, bundleEnvironments, PROJECT };
