// Joins each service of an environment with what it uses: its targets, its data stores, its queues, its secrets.

import type { Construct } from "constructs";
import type { Cache } from "../cache/cache";
import type { RoleStatement } from "../iam/document";
import type { LoadBalancerTarget } from "../load-balancer/load-balancer";
import { boundLogin, isBound } from "../model/bindings";
import { containersOf, targetPort } from "../model/containers";
import type { Environment } from "../model/environment";
import { queuesSentTo } from "../model/handover";
import { namesOfService } from "../model/names/resolved";
import { SEND_TRACES } from "../model/open-telemetry";
import { permissionStatements } from "../model/permissions";
import { readSharedSecrets } from "../model/secrets";
import { connects, isPublic, mountsOf } from "../model/services";
import { taskLimits } from "../model/task-limits";
import type { Mount } from "../schema/file-systems";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service as ServiceConfig } from "../schema/service";
import { readStatements } from "../secrets/read-statements";
import { type FileMount, mountStatements } from "../service/file-mounts";
import { HealthCheckGrace } from "../service/health-check-grace";
import { Service, type ServiceSidecar, type ServiceTarget } from "../service/service";
import { publishStatements } from "../service/task-role";
import { bucketStatements } from "../storage/bucket";
import type { DjangoParts } from "./django-parts";
import {
  loginOf,
  serviceSecrets,
  serviceVariables,
  sidecarSecrets,
  sidecarVariables,
} from "./service-variables";

/** The services that the load balancer reaches. */
export function loadBalancerTargets({ services, names }: Environment): LoadBalancerTarget[] {
  return Object.entries(services).flatMap(([key, service]) => {
    const port = targetPort(service);
    const {
      targetProtocol,
      healthCheckPath,
      targetHealthCheck,
      deregistrationDelaySeconds,
      stickySessions,
      routes,
    } = service;
    return port === undefined || !isPublic(service)
      ? []
      : [
          {
            key,
            name: namesOfService(names, key).targetGroup,
            port,
            targetProtocol,
            healthCheckPath,
            targetHealthCheck,
            deregistrationDelaySeconds,
            stickySessions,
            routes,
          },
        ];
  });
}

/** Adds every service; the result is by key. */
export function addServices(scope: Construct, platform: DjangoParts): ReadonlyMap<string, Service> {
  const { environment, network, groups, cluster, loadBalancer } = platform;
  const grace = loadBalancer && new HealthCheckGrace(scope, "health-check-grace");
  const limits = taskLimits(environment);
  return new Map(
    Object.entries(environment.services).map(([key, service]): [string, Service] => {
      const names = namesOfService(environment.names, key);
      const added = new Service(scope, `service-${key}`, {
        serviceKey: key,
        service,
        names,
        region: environment.region,
        cluster,
        subnetIds: network.serviceSubnetIds,
        assignPublicIp: network.assignPublicIp,
        internetAccess: [
          ...network.serviceInternetAccess,
          ...(platform.vpcEndpoints ? [platform.vpcEndpoints.access] : []),
        ],
        securityGroupId: groups.idOf(key),
        target: targetOf(key, platform, grace?.of(service.healthCheckGracePeriodSeconds) ?? 0),
        registryArn: platform.privateNames?.registryOf(key),
        environment: serviceVariables(scope, key, service, platform),
        secrets: serviceSecrets(key, service, platform),
        imageCredentialsArn: credentialsOf(service, platform),
        sidecars: sidecarsOf(scope, key, service, platform),
        kmsKeyArn: platform.kmsKeyArn,
        mounts: fileMounts(service.mounts, platform),
        taskPolicyStatements: statements(service, platform),
        scalingQueueName: platform.queues.get(service.autoscaling?.queueDepth?.queue ?? "")?.name,
        taskLimits: limits.get(key),
      });
      return [key, added];
    }),
  );
}

function credentialsOf(
  { imageCredentials }: Pick<ServiceConfig, "imageCredentials">,
  { secrets }: DjangoParts,
): string | undefined {
  return imageCredentials && secrets.existingArn(imageCredentials);
}

function sidecarsOf(
  scope: Construct,
  key: string,
  service: ServiceConfig,
  platform: DjangoParts,
): Record<string, ServiceSidecar> {
  const [, ...sidecars] = containersOf(key, service);
  return Object.fromEntries(
    sidecars.map((container) => [
      container.name,
      {
        key: container.key,
        sidecar: container.said,
        environment: sidecarVariables(scope, key, service, container.said, platform),
        secrets: sidecarSecrets(container, service, platform),
        imageCredentialsArn: credentialsOf(container.said, platform),
        mounts: fileMounts(container.said.mounts, platform),
      },
    ]),
  );
}

function targetOf(
  key: string,
  { loadBalancer }: DjangoParts,
  healthCheckGraceSeconds: number,
): ServiceTarget | undefined {
  const targetGroup = loadBalancer?.targetGroups[key];
  return (
    loadBalancer &&
    targetGroup && {
      healthCheckGraceSeconds,
      targetGroupArn: targetGroup.arn,
      targetGroupArnSuffix: targetGroup.arnSuffix,
      loadBalancerArnSuffix: loadBalancer.arnSuffix,
      listeners: loadBalancer.listeners,
    }
  );
}

/** In an order of their own, so that the file's makes no new revision. */
function fileMounts(mounts: readonly Mount[], { fileSystems }: DjangoParts): FileMount[] {
  const sorted = mounts.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return sorted.flatMap(({ fileSystem: key, path, readOnly }) => {
    const fileSystem = fileSystems.get(key);
    return fileSystem ? [{ key, fileSystem, path, readOnly }] : [];
  });
}

function statements(service: ServiceConfig, platform: DjangoParts): RoleStatement[] {
  const { environment, cache, queues, buckets } = platform;
  const login = loginOf(service, platform);
  return [
    ...(login && (service.databaseLogin === "at-connection" || boundLogin(service).arn)
      ? login.readStatements(environment.region)
      : []),
    ...readStatements(
      readSharedSecrets(service).map((shared) => platform.secrets.sharedSource(shared)),
      environment.region,
      platform.kmsKeyArn,
    ),
    ...(cache && connects(service, MEMBER_KEYS.cache)
      ? cacheStatements(cache, service, environment.region)
      : []),
    ...mountStatements(fileMounts(mountsOf(service), platform)),
    ...service.consumesFrom.flatMap((key) => queues.get(key)?.consumeStatements ?? []),
    ...queuesSentTo(service).flatMap((key) => queues.get(key)?.sendStatements ?? []),
    ...bucketStatements(service, buckets),
    ...publishStatements(service.publishesMetrics),
    ...(service.openTelemetry ? [{ sid: "SendTraces", actions: [...SEND_TRACES], resources: ["*"] }] : []),
    ...permissionStatements(service).map((statement, index) => ({ ...statement, sid: `Own${index + 1}` })),
  ];
}

function cacheStatements(
  { connectStatements, login }: Cache,
  service: ServiceConfig,
  region: string,
): readonly RoleStatement[] {
  return [
    ...connectStatements,
    ...(login && isBound(service, "cache.secretArn") ? login.readStatements(region) : []),
  ];
}
