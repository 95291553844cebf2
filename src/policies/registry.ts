// The registry of policies: every file in the folder rules is one, so that adding one means adding a file.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Policy } from "./policy";

/**
 * All policies, by ID.
 * @throws where a policy's ID is not its file's name: suppressions would name one, and people look for the other
 */
export function loadPolicies(folder = join(__dirname, "rules")): Policy[] {
  return readdirSync(folder)
    .filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file))
    .map((file) => basename(file).replace(/\.(ts|js)$/, ""))
    .sort()
    .map((name) => {
      const { default: policy }: { default: Policy | undefined } = require(join(folder, name));
      if (policy?.id !== name) {
        throw new Error(`src/policies/rules/${name} exports no policy with the ID "${name}" as its default`);
      }
      return policy;
    });
}
