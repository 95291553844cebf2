// Joins what services run by the clock with the services, and with what starts it.
import type { Construct } from "constructs";
import { scheduledRun } from "../model/names/services";
import { schedulesOf } from "../model/schedules";
import { ScheduleStart } from "../schedules/schedule-start";
import { ServiceSchedules } from "../schedules/service-schedules";
import type { Service } from "../service/service";
import type { DjangoParts } from "./django-parts";

/** Everything that runs by the clock. */
export interface Schedules {
  readonly start: ScheduleStart;
  /** By the services' keys. */
  readonly ofServices: ReadonlyMap<string, ServiceSchedules>;
}

/** Adds the schedules of all services; nothing where there are none. */
export function addSchedules(
  scope: Construct,
  { environment, network, cluster, kmsKeyArn }: DjangoParts,
  services: ReadonlyMap<string, Service>,
): Schedules | undefined {
  const { name: base, region } = environment;
  const all = schedulesOf(environment.services);
  if (all.length === 0) {
    return undefined;
  }
  const start = new ScheduleStart(scope, "schedule-start", {
    base,
    region,
    machines: all.map(({ service, key }) => scheduledRun(base, service, key)),
    kmsKeyArn,
  });
  const ofServices = new Map(
    [...services].flatMap(([key, service]): [string, ServiceSchedules][] => {
      const schedules = environment.services[key]?.schedules ?? {};
      return Object.keys(schedules).length === 0
        ? []
        : [
            [
              key,
              new ServiceSchedules(scope, `schedules-${key}`, {
                base,
                region,
                service,
                schedules,
                clusterName: cluster.name,
                clusterArn: cluster.arn,
                subnetIds: network.serviceSubnetIds,
                assignPublicIp: network.assignPublicIp,
                start,
              }),
            ],
          ];
    }),
  );
  return { start, ofServices };
}
