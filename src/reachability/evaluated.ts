// Synthesized configurations as Terraform will see them: with every expression worked out that needs no deployment.
import { evaluateAll } from "../terraform/hcl/evaluate";
import type { Lookup } from "../terraform/hcl/evaluator";
import { entries, isObject, type Json, type JsonObject, type TerraformConfigs } from "./terraform-config";

/** Locals that refer to each other end somewhere, or else in a circle. */
const DEEPEST_LOCAL = 10;

/** The configurations with variables as their defaults, locals as their values and encoded JSON as text. */
export function evaluated(configs: TerraformConfigs): TerraformConfigs {
  return Object.fromEntries(
    Object.entries(configs).map(([stack, config]) => [stack, evaluatedConfig(config)]),
  );
}

function evaluatedConfig(config: JsonObject): JsonObject {
  const variables = new Map(entries(config.variable));
  const locals = new Map(entries(config.locals));
  let depth = 0;
  const lookup: Lookup = (kind, name) => {
    if (kind === "var") {
      const variable = variables.get(name);
      return isObject(variable) ? variable.default : undefined;
    }
    const local = kind === "local" ? locals.get(name) : undefined;
    if (local === undefined || depth >= DEEPEST_LOCAL) {
      return undefined;
    }
    depth += 1;
    const value = evaluateAll(local, lookup);
    depth -= 1;
    return value;
  };
  const value: Json = evaluateAll(config, lookup);
  return isObject(value) ? value : {};
}
