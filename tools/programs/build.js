// Builds a program: bundles it and checks its types, side by side, and each only where something has changed.
const { bundle, lastBundle } = require("./bundle.js");
const { bundleEnvironments, lastEnvironments } = require("./environments.js");
const { isEnvironment, partsOf } = require("./programs.js");
const { check, lastCheck } = require("./types.js");

/**
 * A program that is up to date.
 * @returns its bundle, that of the environments, the problems that the compiler has with environments (path to words), and
 *   what it says of all else: with any of that, there is nothing to run
 */
async function built(name) {
  // The compiler has the better words for what is wrong, so it is heard before esbuild.
  const [types, bundled] = await Promise.allSettled([
    Promise.all(partsOf(name).map((part) => lastCheck(part) ?? check(part))),
    bundles(name),
  ]);
  if (types.status === "rejected") {
    throw types.reason;
  }
  const problems = {};
  // Of a source that several parts import, each part's check says the same.
  const refusals = new Set();
  for (const { file, words } of types.value.flatMap(({ problems }) => problems)) {
    if (isEnvironment(file)) {
      problems[file] = problems[file] === undefined ? words : `${problems[file]}\n${words}`;
    } else {
      refusals.add(words);
    }
  }
  if (bundled.status === "rejected" && refusals.size === 0) {
    throw bundled.reason;
  }
  return { ...bundled.value, problems, refusals: [...refusals] };
}

async function bundles(name) {
  const environments = lastEnvironments() ?? (await bundleEnvironments());
  const { imports } = environments;
  return { bundle: lastBundle(name, imports) ?? (await bundle(name, imports)), environments };
}

module.exports = { built };
