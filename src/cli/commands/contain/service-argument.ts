// The service that a command of the incident drill is about.

import type { Environment } from "../../../model/environment";
import type { ServiceNames } from "../../../model/names/resolved";
import { UsageError } from "../../outcomes";

/**
 * The names of a service.
 * @param key the environment's key of it
 * @throws UsageError with the known keys
 */
export function serviceNames({ names }: Environment, key: string): ServiceNames {
  // A record knows `constructor`, too.
  const service = Object.hasOwn(names.services, key) ? names.services[key] : undefined;
  if (service === undefined) {
    throw new UsageError(`There is no service "${key}". Known: ${Object.keys(names.services).join(", ")}.`);
  }
  return service;
}
