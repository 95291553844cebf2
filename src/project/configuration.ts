// What this project's own configuration says: the "context" in cdktf.json, where CDKTF keeps the settings of an app.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The file that makes a folder a CDKTF project. */
export const CONFIGURATION_FILE = "cdktf.json";

/** Thrown where the configuration cannot be read, or says what it cannot mean. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const configurationSchema = z.object({
  context: z
    .object({
      environment: z.string().min(1).optional(),
      environments: z.string().min(1).optional(),
    })
    .optional(),
});

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
  const result = configurationSchema.safeParse(parsed(readFileSync(file, "utf8")));
  if (!result.success) {
    throw new ConfigurationError(
      `${CONFIGURATION_FILE}: write the default environment's name as text, "context": { "environment": "<name>" }, ` +
        'and so the folder of compiled environments, "environments": "<folder>", or leave them out.',
    );
  }
  return result.data.context ?? {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${CONFIGURATION_FILE} is not JSON: ${String(error)}.`);
  }
}
