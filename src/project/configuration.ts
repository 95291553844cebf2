// What this project's own configuration says: the "context" in cdktf.json, where CDKTF keeps the settings of an app.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { nearest } from "../schema/nearest";

/** The file that makes a folder a CDKTF project. */
export const CONFIGURATION_FILE = "cdktf.json";

/** Thrown where the configuration cannot be read, or says what it cannot mean. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const contextSchema = z.object({
  environment: z.string().min(1).optional(),
  environments: z.string().min(1).optional(),
});

const configurationSchema = z.object({ context: contextSchema.optional() });

const SETTINGS: readonly string[] = contextSchema.keyof().options;

/** What a project's configuration says. */
export interface Configuration {
  /** The environment that is meant where nobody names one: `context.environment`. */
  readonly environment?: string | undefined;
  /**
   * The folder of the environments' compiled files, as seen from that of cdktf.json: `context.environments`.
   *
   * @default - the one that comes with the program: a clone's own
   */
  readonly environments?: string | undefined;
}

/**
 * Reads a project's configuration.
 * @param root the folder with cdktf.json; without the file, it says nothing
 * @throws ConfigurationError
 */
export function configurationOf(root: string): Configuration {
  const file = join(root, CONFIGURATION_FILE);
  if (!existsSync(file)) {
    return {};
  }
  const given = parsed(readFileSync(file, "utf8"));
  const misplaced = misplacedSetting(given);
  if (misplaced !== undefined) {
    throw new ConfigurationError(`${CONFIGURATION_FILE}: ${misplaced}`);
  }
  const result = configurationSchema.safeParse(given);
  if (!result.success) {
    throw new ConfigurationError(
      `${CONFIGURATION_FILE}: write the default environment's name as text, "context": { "environment": "<name>" }, ` +
        'and so the folder of compiled environments, "environments": "<folder>", or leave them out.',
    );
  }
  return result.data.context ?? {};
}

/** What to say of a setting whose name is close to one of ours, which is not there, or that stands outside of "context". */
function misplacedSetting(given: unknown): string | undefined {
  const file: object = Object(given);
  const context: object = Object(Reflect.get(file, "context"));
  const absent = SETTINGS.filter((setting) => !(setting in context));
  for (const key of Object.keys(file)) {
    const meant = nearest(key, SETTINGS);
    if (meant !== undefined && absent.includes(meant)) {
      return `move "${key}" into "context", as "${meant}".`;
    }
    if (!("context" in file) && nearest(key, ["context"]) !== undefined) {
      return `unknown setting "${key}"; did you mean "context"?`;
    }
  }
  for (const key of Object.keys(context)) {
    // All else in there is CDKTF's, or a project's own.
    const meant = SETTINGS.some((setting) => setting === key) ? undefined : nearest(key, SETTINGS);
    if (meant !== undefined && absent.includes(meant)) {
      return `unknown setting "${key}" in "context"; did you mean "${meant}"?`;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${CONFIGURATION_FILE} is not JSON: ${String(error)}.`);
  }
}
