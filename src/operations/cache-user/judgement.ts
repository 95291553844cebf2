// Whether services can log on to the cache with the password that they are given: before a deployment, and after it.
import { servicesOfCache } from "../../model/cache-login";
import type { Environment } from "../../model/environment";
import { opsCommand } from "../commands";
import { type Finding, failed, passed, skipped } from "../preflight/planned-check";
import { NOT_DEPLOYED } from "../verify/check";
import { type CacheUserState, isGiven, isTaken } from "./state";

export interface CacheUserFacts {
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly environment: Pick<Environment, "services">;
  readonly state: CacheUserState;
}

/** @param isRunning whether one of the services that connect to the cache runs */
export function judgeCacheBefore({ name, environment, state }: CacheUserFacts, isRunning: boolean): Finding {
  if (isTaken(state)) {
    return passed("The cache takes the secret's password.");
  }
  const command = opsCommand(name, "cache-user");
  return skipped(
    isRunning
      ? `From the deployment on, ${servicesOfCache(environment.services).join(", ")} cannot log on to the cache until it has its password. Right after it: ${command}`
      : `Nothing runs yet. After the deployment: ${command}`,
  );
}

/** @param hasUsers whether the cache has the group of users: without one, it asks nobody */
export function judgeCacheAfter({ name, environment, state }: CacheUserFacts, hasUsers: boolean): Finding {
  const command = opsCommand(name, "cache-user");
  if (!state.deployed) {
    return skipped(NOT_DEPLOYED);
  }
  if (!hasUsers) {
    return failed("it asks nobody for a password: its group of users was taken from it. Deploy again");
  }
  if (isGiven(state)) {
    return passed("It takes the secret's password, and no other");
  }
  return failed(
    isTaken(state)
      ? `it takes a former password, too: once every service has new tasks, run ${command}`
      : `${servicesOfCache(environment.services).join(", ")} cannot log on with the secret's password: run ${command}`,
  );
}
