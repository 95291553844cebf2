// Builds a program: bundles it and checks its types, side by side, and each only where something has changed.
import { bundle, lastBundle } from "./bundle.mjs";
import { isEnvironment } from "./programs.mjs";
import { check, lastCheck } from "./types.mjs";

/**
 * A program that is up to date.
 * @returns the bundle, what the compiler says of environments (path to words), and what it says of all else: with any
 *   of that, there is nothing to run
 */
export async function built(name) {
  // The compiler has the better words for what is wrong, so it is heard before esbuild.
  const [types, bundled] = await Promise.allSettled([
    lastCheck(name) ?? check(name),
    lastBundle(name) ?? bundle(name),
  ]);
  if (types.status === "rejected") {
    throw types.reason;
  }
  const environments = {};
  const refusals = [];
  for (const { file, words } of types.value.problems) {
    if (isEnvironment(file)) {
      environments[file] = environments[file] === undefined ? words : `${environments[file]}\n${words}`;
    } else {
      refusals.push(words);
    }
  }
  if (bundled.status === "rejected" && refusals.length === 0) {
    throw bundled.reason;
  }
  return { bundle: bundled.value, environments, refusals };
}
