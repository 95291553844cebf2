// How an environment is watched, where its file does not say.
import { type Monitoring, monitoringSchema } from "../schema/monitoring";

/** How an environment is watched: as described, or else by default where it is production. */
export function monitoringOf(
  production: boolean,
  described: Monitoring | false | undefined,
): Monitoring | false {
  return described ?? (production ? monitoringSchema.parse({}) : false);
}
