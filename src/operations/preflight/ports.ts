// The checks on services' ports: whether the tasks that run stay reachable while a port changes.
import type { Service as LiveService } from "@aws-sdk/client-ecs";
import { targetPort } from "../../model/containers";
import type { Environment } from "../../model/environment";
import { namesOfService } from "../../model/names/resolved";
import { isPublic } from "../../model/services";
import type { AwsSession } from "../aws/session";
import { targetGroupNamed } from "../live/named";
import { liveServices } from "../live/resources";
import { type PlannedCheck, skipped } from "./planned-check";
import { judgePort } from "./ports-judgement";

/** A check for each service; the services are asked for once. */
export function portChecks(environment: Environment): PlannedCheck[] {
  let asked: Promise<ReadonlyMap<string, LiveService>> | undefined;
  const live = (aws: AwsSession) => {
    asked ??= liveServices(aws, environment);
    return asked;
  };
  return Object.entries(environment.services).map(([key, service]): PlannedCheck => {
    const named = { id: `port:${key}`, title: `Running tasks of ${key} stay reachable` };
    const { formerPort, targetHealthCheck } = service;
    const port = targetPort(service);
    if (port === undefined) {
      return { ...named, find: () => skipped("Nothing connects to it: it has no port.") };
    }
    if (!isPublic(service)) {
      return { ...named, find: () => skipped("The load balancer does not lead to it.") };
    }
    return {
      ...named,
      ask: async (aws) => {
        const found = (await live(aws)).get(key);
        const ports = (found?.loadBalancers ?? []).flatMap(({ containerPort }) => containerPort ?? []);
        // Of a service that is not deployed, it need not be asked.
        const targets =
          ports.length > 0
            ? await targetGroupNamed(aws, namesOfService(environment.names, key).targetGroup)
            : undefined;
        return judgePort(
          { key, port, formerPort, healthPort: targetHealthCheck?.port },
          {
            ports,
            deployments: found?.deployments?.length ?? 0,
            // Or the words "traffic-port".
            healthPort: Number(targets?.HealthCheckPort) || undefined,
          },
        );
      },
    };
  });
}
