// Every alarm of an environment, as data: the constructs, the dashboard, the documentation and the tests read it here.

import { targetPort } from "../../model/containers";
import { restartedServices } from "../../model/database-login";
import type { Environment } from "../../model/environment";
import { isParkedAtTimes } from "../../model/scaling";
import { schedulesOf } from "../../model/schedules";
import { cacheAlarms, databaseAlarms } from "./data-stores";
import { restartAlarms } from "./database-restart";
import type { AlarmDefinition } from "./definition";
import { fileSystemAlarms } from "./file-systems";
import { loadBalancerAlarms, wafAlarms } from "./load-balancer";
import { scalingAlarms } from "./scaling";
import { scheduleAlarms } from "./schedules";
import { serviceAlarms } from "./services";

export interface AlarmsProps {
  readonly environment: Environment;
  /** Whether a web application firewall stands before the load balancer. */
  readonly waf: boolean;
}

/** The alarms of an environment; none where nothing is watched. Their number grows with that of services alone. */
export function alarmDefinitions({ environment, waf }: AlarmsProps): AlarmDefinition[] {
  const { name, region, services, loadBalancer, database, cache, fileSystems, monitoring } = environment;
  if (!monitoring) {
    return [];
  }
  const { thresholds } = monitoring;
  const parkedTargets = Object.entries(services).flatMap(([key, service]) =>
    targetPort(service) !== undefined && isParkedAtTimes(service) ? [key] : [],
  );
  return [
    ...(loadBalancer ? loadBalancerAlarms(thresholds, parkedTargets) : []),
    ...(loadBalancer && waf ? wafAlarms(thresholds, region) : []),
    ...Object.entries(services).flatMap(([serviceKey, service]) => {
      const props = { serviceKey, service, thresholds, logNamespace: name };
      return [...serviceAlarms(props), ...scalingAlarms(props)];
    }),
    ...(database ? databaseAlarms(database, thresholds) : []),
    ...(restartedServices(environment).length > 0 ? restartAlarms(thresholds) : []),
    ...(cache ? cacheAlarms(cache, thresholds) : []),
    ...scheduleAlarms(schedulesOf(services), thresholds),
    ...Object.entries(fileSystems).flatMap(([key, fileSystem]) =>
      fileSystemAlarms(key, fileSystem, thresholds),
    ),
  ];
}
