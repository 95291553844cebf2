// The check on the cache's password: services that are given it can log on only where the cache has it.
import { servicesOfCache } from "../../model/cache-login";
import type { Environment } from "../../model/environment";
import { judgeCacheBefore } from "../cache-user/judgement";
import { cacheUserState } from "../cache-user/state";
import { liveServices } from "../live/resources";
import type { PlannedCheck } from "./planned-check";

/** @param name the environment's name: that of its file */
export function cacheUserCheck(name: string, environment: Environment): PlannedCheck[] {
  return environment.cache?.authentication === "password"
    ? [
        {
          id: "cache-user",
          title: "The cache has the password that services log on with",
          ask: async (aws) => {
            const [state, running] = await Promise.all([
              cacheUserState(aws, environment),
              liveServices(aws, environment, servicesOfCache(environment.services)),
            ]);
            return judgeCacheBefore({ name, environment, state }, running.size > 0);
          },
        },
      ]
    : [];
}
