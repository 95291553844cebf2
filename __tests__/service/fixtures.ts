// What the tests of this room share: services as an environment file gives them, and a whole service synthesized.
import type { Construct } from "constructs";
import type { EnvironmentInput } from "../../src/schema/environment";
import type { Service as ServiceConfig } from "../../src/schema/service";
import type { ContainerSecret } from "../../src/secrets/container-secret";
import { Cluster } from "../../src/service/cluster";
import { Service, type ServiceProps } from "../../src/service/service";
import { defineEnvironment } from "../../src/validation/define-environment";
import { synthScope } from "../support/synth-scope";

type ServiceInput = EnvironmentInput["services"][string];

/** A checked service with defaults filled in: a Django service on port 8000 unless the input says otherwise. */
export function serviceConfig(input: Partial<ServiceInput> = {}): ServiceConfig {
  const { services } = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { web: { ...WEB, ...input }, other: { ...WEB, routes: [{ priority: 9, paths: ["/other"] }] } },
    database: {},
    cache: {},
    queues: { jobs: {} },
  });
  const { web } = services;
  if (!web) {
    throw new Error("The environment lost its service.");
  }
  return web;
}

const WEB: ServiceInput = { image: "shop/web:1.0.0", port: 8000, cpu: 512, memory: 1024, django: {} };

export const SECRET: ContainerSecret = {
  name: "SECRET_KEY",
  valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-AbCdEf",
  source: {
    service: "secretsmanager",
    arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-AbCdEf",
  },
};

/** Adds a cluster and the service "web" to a stack. */
export function addService(
  scope: Construct,
  service: ServiceConfig,
  props: Partial<ServiceProps> = {},
): Service {
  return new Service(scope, "web", {
    serviceKey: "web",
    service,
    names: {
      service: "shop-web",
      taskDefinition: "shop-web",
      targetGroup: "shop-web",
      logGroup: "/ecs/shop/web",
      executionRole: "shop-web-execution",
      taskRole: "shop-web-task",
    },
    region: "eu-west-1",
    cluster: new Cluster(scope, "cluster", { name: "shop" }),
    subnetIds: ["subnet-1", "subnet-2"],
    assignPublicIp: false,
    internetAccess: [],
    securityGroupId: "sg-1",
    environment: {},
    secrets: [],
    ...props,
  });
}

export const TARGET = {
  targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop-web/0123",
  healthCheckGraceSeconds: 45,
  targetGroupArnSuffix: "targetgroup/shop-web/0123",
  loadBalancerArnSuffix: "app/shop/4567",
  listeners: [],
};

/** A stack with the service "web", as JSON. */
export function synthService(input: Partial<ServiceInput> = {}, props: Partial<ServiceProps> = {}): string {
  return synthScope((scope) => {
    addService(scope, serviceConfig(input), props);
  });
}

/** The one resource of this type and name in a synthesized stack. */
export function resource(synth: string, type: string, name: string): Record<string, unknown> {
  return JSON.parse(synth).resource[type][name];
}
