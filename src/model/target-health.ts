// How the load balancer finds out whether a service's tasks are well: on which port, how often, and by which answers.
import type { Service } from "../schema/service";
import { DEFAULT_TARGET_HEALTH_CHECK } from "../schema/service-parts";

/** What of a service says it. */
export type TargetHealthSource = { readonly targetHealthCheck?: Service["targetHealthCheck"] };

/** The settings of its health check, defaults filled in. */
export function targetHealthOf({
  targetHealthCheck = DEFAULT_TARGET_HEALTH_CHECK,
}: TargetHealthSource): typeof DEFAULT_TARGET_HEALTH_CHECK {
  return targetHealthCheck;
}

/** Whether a status is one of a healthy task's. */
export function isHealthyStatus(service: TargetHealthSource, status: number): boolean {
  return targetHealthOf(service)
    .successCodes.split(",")
    .some((codes) => {
      const [from, to = from] = codes.split("-").map(Number);
      return from !== undefined && to !== undefined && from <= status && status <= to;
    });
}
