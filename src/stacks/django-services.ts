// Joins each service of an environment with what it uses: its targets, its data stores, its queues, its secrets.

import type { Construct } from "constructs";
import type { SecretLogin } from "../database/secret-login";
import type { RoleStatement } from "../iam/document";
import type { LoadBalancerTarget } from "../load-balancer/load-balancer";
import { isApplicationUser, LOGIN_VARIABLES } from "../model/database-login";
import type { Environment } from "../model/environment";
import { handover, queuesSentTo } from "../model/handover";
import { namesOfService } from "../model/names/resolved";
import { connects } from "../model/services";
import { taskLimits } from "../model/task-limits";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service as ServiceConfig } from "../schema/service";
import type { ContainerSecret } from "../secrets/container-secret";
import { serviceEnvironment } from "../service/environment";
import { HealthCheckGrace } from "../service/health-check-grace";
import { Service, type ServiceTarget } from "../service/service";
import type { DjangoParts } from "./django-parts";

/** The services that the load balancer reaches. */
export function loadBalancerTargets({ services, names }: Environment): LoadBalancerTarget[] {
  return Object.entries(services).flatMap(([key, { port, ...service }]) => {
    const { healthCheckPath, targetHealthCheck, deregistrationDelaySeconds, stickySessions, routes } =
      service;
    return port === undefined
      ? []
      : [
          {
            key,
            name: namesOfService(names, key).targetGroup,
            port,
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
        environment: variables(service, platform),
        secrets: secretsOf(key, service, platform),
        imageCredentialsArn:
          service.imageCredentials && platform.secrets.existingArn(service.imageCredentials),
        kmsKeyArn: platform.kmsKeyArn,
        taskPolicyStatements: statements(service, platform),
        taskLimits: limits.get(key),
      });
      return [key, added];
    }),
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

function variables(service: ServiceConfig, platform: DjangoParts): Record<string, string> {
  const { database, cache, loadBalancer, environment } = platform;
  const login = loginOf(service, platform);
  return serviceEnvironment(service, {
    handover: handover(service, environment),
    queueUrls: queueUrls(service, platform),
    database: database &&
      login && {
        host: database.address,
        port: database.port,
        name: database.databaseName,
        secretArn: login.secretArn,
      },
    cache: cache && {
      host: cache.primaryEndpoint,
      port: cache.port,
      user: cache.userName,
      name: cache.replicationGroupId,
    },
    loadBalancerDnsName: loadBalancer?.dnsName,
    dns: environment.dns,
    strictTransportSecurity: environment.loadBalancer?.responseHeaders.strictTransportSecurity,
  });
}

function queueUrls(
  { consumesFrom, sendsTo }: ServiceConfig,
  { queues }: DjangoParts,
): Record<string, string> {
  const used = [...queues].filter(([key]) => consumesFrom.includes(key) || sendsTo.includes(key));
  return Object.fromEntries(used.map(([key, { url }]) => [key, url]));
}

/** The user of the database that a service logs in as; `undefined` where it does not connect to one. */
function loginOf(
  service: ServiceConfig,
  { environment, database, applicationUser }: DjangoParts,
): SecretLogin | undefined {
  if (!connects(service, MEMBER_KEYS.database)) {
    return undefined;
  }
  return isApplicationUser(environment.database, service) ? applicationUser?.login : database?.login;
}

function secretsOf(key: string, service: ServiceConfig, platform: DjangoParts): ContainerSecret[] {
  const { djangoSecretKey, secrets } = platform;
  const login = loginOf(service, platform);
  const own = secrets.of(key);
  const given = [
    ...(login && service.databaseLogin === "at-start"
      ? [login.userSecret(LOGIN_VARIABLES.user), login.passwordSecret(LOGIN_VARIABLES.password)]
      : []),
    ...(djangoSecretKey && service.django ? djangoSecretKey.secrets : []),
  ];
  // What the service says itself wins, be it a secret or a plain variable.
  const said = new Set([...own.map(({ name }) => name), ...Object.keys(service.environment)]);
  return [...given.filter(({ name }) => !said.has(name)), ...own];
}

function statements(service: ServiceConfig, platform: DjangoParts): RoleStatement[] {
  const { environment, cache, queues } = platform;
  const login = loginOf(service, platform);
  return [
    ...(login && service.databaseLogin === "at-connection" ? login.readStatements(environment.region) : []),
    ...(cache && connects(service, MEMBER_KEYS.cache) ? [cache.connectStatement] : []),
    ...service.consumesFrom.flatMap((key) => queues.get(key)?.consumeStatements ?? []),
    ...queuesSentTo(service).flatMap((key) => queues.get(key)?.sendStatements ?? []),
  ];
}
