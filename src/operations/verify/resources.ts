// Whether what the environment declares is there and up.

import type { Environment } from "../../model/environment";
import type { Member } from "../../model/members";
import type { Model } from "../../model/model";
import { isParkedAtTimes, mayRunNone } from "../../model/scaling";
import { vpcEndpointsOf } from "../../model/vpc-endpoints";
import { resourceText } from "../discovery/judgement";
import {
  ABSENT,
  cacheReadiness,
  databaseReadiness,
  endpointsReadiness,
  fileSystemReadiness,
  loadBalancerReadiness,
  type Readiness,
  serviceReadiness,
} from "../live/readiness";
import type { LiveResources } from "../live/resources";
import type { VerifyCheck } from "./check";

/** `resource:*`, in the order of the members. What a team's own code makes is not looked for. */
export function judgeResources({ environment, members }: Model, resources: LiveResources): VerifyCheck[] {
  return members.all.flatMap((member): VerifyCheck[] => {
    const readiness = readinessOf(member, environment, resources);
    return readiness
      ? [
          {
            id: `resource:${member.key}`,
            title: `The ${resourceText(member, environment)} is up`,
            status: readiness.state === "ready" ? "pass" : "fail",
            detail: readiness.detail,
          },
        ]
      : [];
  });
}

function readinessOf(
  { key, kind }: Member,
  environment: Environment,
  live: LiveResources,
): Readiness | undefined {
  switch (kind) {
    case "load-balancer":
      return live.loadBalancer ? loadBalancerReadiness(live.loadBalancer) : ABSENT;
    case "database":
      return live.database ? databaseReadiness(live.database) : ABSENT;
    case "cache":
      return live.cache ? cacheReadiness(live.cache) : ABSENT;
    case "file-system": {
      const files = live.fileSystems.get(key);
      const zones = environment.network.availabilityZones.length;
      return files
        ? fileSystemReadiness(
            files.fileSystem,
            files.mountTargets.map(({ target }) => target),
            zones,
          )
        : ABSENT;
    }
    case "endpoints":
      return endpointsReadiness(live.endpoints, vpcEndpointsOf(environment).length);
    case "service": {
      const service = live.services.get(key);
      if (service === undefined) {
        return ABSENT;
      }
      const declared = environment.services[key];
      if (isScaledToZero(service) && !(declared && mayRunNone(declared))) {
        return { state: "pending", detail: "scaled to 0: nothing runs" };
      }
      const readiness = serviceReadiness(service);
      return isScaledToZero(service) && declared && isParkedAtTimes(declared) && readiness.state === "ready"
        ? { ...readiness, detail: `parked: ${readiness.detail}` }
        : readiness;
    }
    case "extra":
      return undefined;
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
