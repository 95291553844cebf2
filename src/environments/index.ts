// The registry of environments: every file in this folder is one, so that adding one means adding a file.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Environment } from "../schema/environment";

/** The environment that is deployed when none is named. */
export const DEFAULT_ENVIRONMENT = "lightwave-prod";

/** Thrown for a name that no environment file has. */
export class UnknownEnvironmentError extends Error {
  override readonly name = "UnknownEnvironmentError";

  constructor(environment: string, known: readonly string[]) {
    super(
      `There is no environment "${environment}". Known: ${known.join(", ")}.\n` +
        "Set ENVIRONMENT to one of them, or add a file to src/environments.",
    );
  }
}

/** The names of all environments, sorted: the names of the files in `folder`. */
export function environmentNames(folder = __dirname): string[] {
  return readdirSync(folder)
    .filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file))
    .map((file) => basename(file).replace(/\.(ts|js)$/, ""))
    .filter((name) => name !== "index")
    .sort();
}

/**
 * Loads one environment, and none of the others: a mistake in one file does not keep the others from being deployed.
 * @throws UnknownEnvironmentError with the known names
 * @throws EnvironmentError with everything that is wrong in the file
 */
export function loadEnvironment(name: string, folder = __dirname): Environment {
  const known = environmentNames(folder);
  if (!known.includes(name)) {
    throw new UnknownEnvironmentError(name, known);
  }
  const { default: environment }: { default: Environment } = require(join(folder, name));
  return environment;
}
