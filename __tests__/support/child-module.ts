// An environment as it is written for child modules.
import type { Environment } from "../../src/model/environment";

/** The same platform, as modules that a caller gives provider and state. */
export function childOf(environment: Environment): Environment {
  return { ...environment, terraformModule: "child", state: { backend: "none" } };
}
