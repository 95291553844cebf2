// Turns a stack's configuration into a module that configures no provider: its caller passes them.
import { asList, isObject, type Json, type JsonObject } from "./hcl/json";

/**
 * The configuration without its provider blocks. Those with an alias stand in `configuration_aliases` instead, which is how a
 * module says what its caller has to pass under `providers`.
 */
export function withCallersProviders({ provider, ...config }: JsonObject): JsonObject {
  const { required_providers, ...terraform }: JsonObject = isObject(config.terraform) ? config.terraform : {};
  const aliases = aliasesOf(provider ?? {});
  const required = Object.entries(isObject(required_providers) ? required_providers : {}).map(
    ([name, requirement]): [string, Json] => {
      const own = aliases.filter((alias) => alias.startsWith(`${name}.`));
      return own.length > 0 && isObject(requirement)
        ? [name, { ...requirement, configuration_aliases: own }]
        : [name, requirement];
    },
  );
  return { ...config, terraform: { ...terraform, required_providers: Object.fromEntries(required) } };
}

/** The names of the configurations that have an alias: `aws.us-west-2`. */
function aliasesOf(providers: Json): string[] {
  return Object.entries(isObject(providers) ? providers : {}).flatMap(([name, configurations]) =>
    asList(configurations).flatMap((configuration) =>
      isObject(configuration) && typeof configuration.alias === "string"
        ? [`${name}.${configuration.alias}`]
        : [],
    ),
  );
}
