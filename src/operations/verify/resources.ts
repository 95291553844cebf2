// Whether what the environment declares is there and up.

import type { Environment } from "../../model/environment";
import { securityGroups } from "../../model/traffic/derive";
import { vpcEndpointsOf } from "../../model/vpc-endpoints";
import { resourceText } from "../discovery/judgement";
import {
  ABSENT,
  cacheReadiness,
  databaseReadiness,
  endpointsReadiness,
  loadBalancerReadiness,
  type Readiness,
  serviceReadiness,
} from "../live/readiness";
import type { LiveResources } from "../live/resources";
import type { VerifyCheck } from "./check";

/** `resource:*`, in the order of the environment's groups. */
export function judgeResources(environment: Environment, resources: LiveResources): VerifyCheck[] {
  return securityGroups(environment).map((key) => {
    const { state, detail } = readinessOf(key, environment, resources);
    return {
      id: `resource:${key}`,
      title: `The ${resourceText(key, environment)} is up`,
      status: state === "ready" ? "pass" : "fail",
      detail,
    };
  });
}

function readinessOf(key: string, environment: Environment, live: LiveResources): Readiness {
  const { services } = environment;
  switch (key) {
    case "alb":
      return live.loadBalancer ? loadBalancerReadiness(live.loadBalancer) : ABSENT;
    case "postgres":
      return live.database ? databaseReadiness(live.database) : ABSENT;
    case "redis":
      return live.cache ? cacheReadiness(live.cache) : ABSENT;
    case "endpoints":
      return endpointsReadiness(live.endpoints, vpcEndpointsOf(environment).length);
    default: {
      const service = live.services.get(key);
      if (service === undefined) {
        return ABSENT;
      }
      return isScaledToZero(service) && services[key]?.desiredCount !== 0
        ? { state: "pending", detail: "scaled to 0: nothing runs" }
        : serviceReadiness(service);
    }
  }
}

/** Whether no task of a service is wanted. */
export function isScaledToZero({
  desiredCount = 0,
}: {
  readonly desiredCount?: number | undefined;
}): boolean {
  return desiredCount === 0;
}
