// The programs of this project: where each starts, and what the compiler checks of it.
const { existsSync, readdirSync } = require("node:fs");
const { dirname, join } = require("node:path");

/** The project's folder. */
const ROOT = dirname(dirname(__dirname));

/** Where built programs are kept; safe to remove at any time. */
const BUILD_FOLDER = join(ROOT, ".build");

/** The folder with one file an environment. A file that is no valid TypeScript stops nobody but who asks for it. */
const ENVIRONMENTS = "src/environments";

/** Folders whose files are loaded by a name that is known only as the program runs: no import leads to them. */
const LOADED_BY_NAME = [ENVIRONMENTS, "src/policies/rules"];

/** `loads`: whether it loads environments. `refusal`: the exit code where the compiler refuses what was asked for. */
const PROGRAMS = {
  app: { entry: "main.ts", tsconfig: "tsconfig.app.json", loads: true, refusal: 1 },
  ops: { entry: "src/cli/main.ts", tsconfig: "tsconfig.ops.json", loads: true, refusal: 2 },
  services: { entry: "tools/services.ts", tsconfig: "tsconfig.services.json", refusal: 1 },
  demo: { entry: "__tests__/e2e/demo.ts", tsconfig: "tsconfig.demo.json", loads: true, refusal: 1 },
  docs: { entry: "tools/docs.ts", tsconfig: "tsconfig.docs.json", refusal: 1 },
  hints: { entry: "tools/hints.ts", tsconfig: "tsconfig.docs.json", refusal: 1 },
};

/**
 * What is to be checked of a program, in parts. The environments are one, for all programs: they are what changes most, and
 * need none of the provider's types, which are most of the compiler's work.
 */
function partsOf(name) {
  const { tsconfig, loads } = PROGRAMS[name];
  return [
    { name, tsconfig },
    ...(loads
      ? [{ name: "environments", tsconfig: "tsconfig.environments.json", folder: ENVIRONMENTS }]
      : []),
  ];
}

/** The TypeScript files of a folder, which need not exist. */
function sourcesIn(folder) {
  const path = join(ROOT, folder);
  const files = existsSync(path) ? readdirSync(path) : [];
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && file !== "index.ts")
    .map((file) => `${folder}/${file}`);
}

/** The folder of a program's build. */
function buildFolder(name) {
  return join(BUILD_FOLDER, name);
}

function isEnvironment(path) {
  return path?.startsWith(`${ENVIRONMENTS}/`) === true;
}

module.exports = {
  ROOT,
  BUILD_FOLDER,
  ENVIRONMENTS,
  LOADED_BY_NAME,
  PROGRAMS,
  partsOf,
  sourcesIn,
  buildFolder,
  isEnvironment,
};
