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
    })
    .optional(),
});

/**
 * The environment that a project means where nobody names one: `context.environment`.
 * @param root the folder with cdktf.json; without the file, there is no default
 * @throws ConfigurationError
 */
export function configuredEnvironment(root: string): string | undefined {
  const file = join(root, CONFIGURATION_FILE);
  if (!existsSync(file)) {
    return undefined;
  }
  const result = configurationSchema.safeParse(parsed(readFileSync(file, "utf8")));
  if (!result.success) {
    throw new ConfigurationError(
      `${CONFIGURATION_FILE}: write the default environment's name as text, "context": { "environment": "<name>" }, ` +
        "or leave it out.",
    );
  }
  return result.data.context?.environment;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${CONFIGURATION_FILE} is not JSON: ${String(error)}.`);
  }
}
