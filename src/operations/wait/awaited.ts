// What a platform consists of, as far as it must be up before anybody can use it.
import type { Environment } from "../../model/environment";
import type { AwsSession } from "../aws/session";
import { databaseNamed, loadBalancerNamed } from "../live/named";
import {
  ABSENT,
  cacheReadiness,
  databaseReadiness,
  loadBalancerReadiness,
  serviceReadiness,
  targetReadiness,
} from "../live/readiness";
import { liveCache, liveServices } from "../live/resources";
import { liveTargets, targetServices } from "../live/targets";
import { cacheReasons, databaseReasons, serviceReasons } from "./reasons";
import { targetTexts } from "./texts";
import type { AwaitedResource, Look } from "./wait";

/** There is nothing to ask AWS about; and somebody may be deploying it right now. */
const NOT_DEPLOYED: Look = { ...ABSENT, reasons: async () => [] };

/** Everything of an environment that can be waited for. */
export function awaitedResources(aws: AwsSession, environment: Environment): AwaitedResource[] {
  const { services, database, cache, loadBalancer } = environment;
  return [
    ...(loadBalancer ? [awaitedLoadBalancer(aws, environment)] : []),
    ...Object.keys(services).map((key) => awaitedService(aws, environment, key)),
    ...targetServices(environment).map((key) => awaitedTargets(aws, environment, key)),
    ...(database ? [awaitedDatabase(aws, environment)] : []),
    ...(cache ? [awaitedCache(aws, environment)] : []),
  ];
}

function awaitedLoadBalancer(aws: AwsSession, environment: Environment): AwaitedResource {
  return {
    resource: "load-balancer",
    title: "load balancer",
    look: async () => {
      const loadBalancer = await loadBalancerNamed(aws, environment.names.loadBalancer);
      // Its state says why already.
      return loadBalancer
        ? { ...loadBalancerReadiness(loadBalancer), reasons: async () => [] }
        : NOT_DEPLOYED;
    },
  };
}

function awaitedService(aws: AwsSession, environment: Environment, key: string): AwaitedResource {
  return {
    resource: `service:${key}`,
    title: `service ${key}`,
    look: async () => {
      const service = (await liveServices(aws, environment, [key])).get(key);
      return service
        ? { ...serviceReadiness(service), reasons: () => serviceReasons(aws, environment, service) }
        : NOT_DEPLOYED;
    },
  };
}

function awaitedTargets(aws: AwsSession, environment: Environment, key: string): AwaitedResource {
  return {
    resource: `targets:${key}`,
    title: `targets of ${key}`,
    look: async () => {
      const [services, targets] = await Promise.all([
        liveServices(aws, environment, [key]),
        liveTargets(aws, environment, key),
      ]);
      if (targets === undefined) {
        return NOT_DEPLOYED;
      }
      const readiness = targetReadiness(targets);
      const reasons = async () => targetTexts(targets);
      // A service that is scaled to zero has no targets, and is to have none.
      return targets.length === 0 && services.get(key)?.desiredCount === 0
        ? { state: "ready", detail: readiness.detail, reasons }
        : { ...readiness, reasons };
    },
  };
}

function awaitedDatabase(aws: AwsSession, environment: Environment): AwaitedResource {
  return {
    resource: "database",
    title: "database",
    look: async () => {
      const database = await databaseNamed(aws, environment.names.database);
      return database
        ? { ...databaseReadiness(database), reasons: () => databaseReasons(aws, environment) }
        : NOT_DEPLOYED;
    },
  };
}

function awaitedCache(aws: AwsSession, environment: Environment): AwaitedResource {
  return {
    resource: "cache",
    title: "cache",
    look: async () => {
      const cache = await liveCache(aws, environment);
      return cache ? { ...cacheReadiness(cache), reasons: () => cacheReasons(aws, cache) } : NOT_DEPLOYED;
    },
  };
}
