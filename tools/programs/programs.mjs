// The programs of this project: where each starts, and what the compiler checks of it.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Where built programs are kept; safe to remove at any time. */
export const BUILD_FOLDER = join(ROOT, ".build");

/** The folder with one file an environment. A file that is no valid TypeScript stops nobody but who asks for it. */
export const ENVIRONMENTS = "src/environments";

/** Folders whose files are loaded by a name that is known only as the program runs: no import leads to them. */
export const LOADED_BY_NAME = [ENVIRONMENTS, "src/policies/rules"];

/** `refusal`: the exit code where the compiler refuses what was asked for. */
export const PROGRAMS = {
  app: { entry: "main.ts", tsconfig: "tsconfig.app.json", refusal: 1 },
  ops: { entry: "src/cli/main.ts", tsconfig: "tsconfig.ops.json", refusal: 2 },
  services: { entry: "tools/services.ts", tsconfig: "tsconfig.services.json", refusal: 1 },
  demo: { entry: "__tests__/e2e/demo.ts", tsconfig: "tsconfig.demo.json", refusal: 1 },
  docs: { entry: "tools/docs.ts", tsconfig: "tsconfig.docs.json", refusal: 1 },
  hints: { entry: "tools/hints.ts", tsconfig: "tsconfig.docs.json", refusal: 1 },
};

/** The folder of a program's build. */
export function buildFolder(name) {
  return join(BUILD_FOLDER, name);
}

export function isEnvironment(path) {
  return path?.startsWith(`${ENVIRONMENTS}/`) === true;
}
