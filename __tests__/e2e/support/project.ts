// Where this project lies, whether the code runs from its TypeScript (jest) or compiled elsewhere (the demo).

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Environments } from "../../../src/project/environments";

/** The folder that holds package.json. Throws if there is none above this file. */
export function projectFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) {
      throw new Error(`No package.json above ${__dirname}.`);
    }
    folder = above;
  }
  return folder;
}

/** A file of this folder that tsc does not compile along, such as a Python program. */
export function supportFile(...path: readonly string[]): string {
  return join(projectFolder(), "__tests__", "e2e", "support", ...path);
}

/** The user's environments, which the demo deploys; the tests' own are in `__tests__/support/systems`. */
export const project = Environments.ofProject(projectFolder());
