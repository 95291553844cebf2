// An environment as it is written for child modules.
import type { Environment } from "../../src/model/environment";

/** The same platform, as modules that a caller gives provider, state and the database's own credentials. */
export function childOf(environment: Environment): Environment {
  const { database } = environment;
  return {
    ...environment,
    terraformModule: "child",
    state: { backend: "none" },
    ...(database && { database: { ...database, credentials: "rds-managed" } }),
  };
}
