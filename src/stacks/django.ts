// The stack django: everything of a platform but the rules between its security groups.
import type { Construct } from "constructs";
import { Cache } from "../cache/cache";
import { Database } from "../database/database";
import { LoadBalancer } from "../load-balancer/load-balancer";
import { Network } from "../network/network";
import { Queue } from "../queue/queue";
import { DjangoSecretKey } from "../secrets/django-secret-key";
import { ServiceSecrets } from "../secrets/service-secrets";
import { SecurityGroups } from "../security-groups/security-groups";
import { Cluster } from "../service/cluster";
import { BaseStack } from "../terraform/base-stack";
import { DeletionProtection } from "../terraform/deletion-protection";
import { trafficMatrix } from "../traffic/derive";
import { Waf } from "../waf/waf";
import { addOutputs } from "./django-outputs";
import { addServices, loadBalancerTargets } from "./django-services";
import { baseStackProps, type EnvironmentStackProps } from "./environment-stack";
import { addMonitoring } from "./monitoring";

export class DjangoStack extends BaseStack {
  constructor(scope: Construct, id: string, { environment }: EnvironmentStackProps) {
    super(scope, id, baseStackProps(environment));
    const { name, names, dns, services } = environment;
    const matrix = trafficMatrix(environment);
    const deletionProtection = new DeletionProtection(this, "deletion-protection", {
      enabled: environment.deletionProtection,
    }).value;

    const network = new Network(this, "network", {
      base: name,
      vpcName: names.vpc,
      network: environment.network,
      flowLogsName: names.flowLogs,
    });
    const groups = new SecurityGroups(this, "security-groups", {
      names: names.securityGroups,
      matrix,
      vpcId: network.vpcId,
    });
    const loadBalancer =
      environment.loadBalancer &&
      new LoadBalancer(this, "load-balancer", {
        name: names.loadBalancer,
        accessLogsPrefix: names.accessLogsPrefix,
        vpcId: network.vpcId,
        subnetIds: network.publicSubnetIds,
        internetAccess: network.publicInternetAccess,
        securityGroupId: groups.idOf("alb"),
        settings: environment.loadBalancer,
        dns,
        deletionProtection,
        targets: loadBalancerTargets(environment),
      });
    const firewall = environment.loadBalancer?.waf;
    const waf =
      loadBalancer && firewall
        ? new Waf(this, "waf", { names, settings: firewall, loadBalancerArn: loadBalancer.arn })
        : undefined;
    const database =
      environment.database &&
      new Database(this, "database", {
        name: names.database,
        database: environment.database,
        subnetIds: network.dataSubnetIds,
        securityGroupId: groups.idOf("postgres"),
        deletionProtection,
        secretsPrefix: names.secrets,
      });
    const cache =
      environment.cache &&
      new Cache(this, "cache", {
        name: names.cache,
        userName: names.cacheUser,
        cache: environment.cache,
        subnetIds: network.dataSubnetIds,
        securityGroupId: groups.idOf("redis"),
      });
    const queues = new Map(
      Object.entries(environment.queues).map(([key, queue]) => [
        key,
        new Queue(this, `queue-${key}`, { name: names.queues[key] ?? key, queue }),
      ]),
    );
    const secretsProps = { secretsPrefix: names.secrets, deletionProtection };
    const platform = {
      environment,
      network,
      groups,
      loadBalancer,
      waf,
      database,
      cache,
      queues,
      cluster: new Cluster(this, "cluster", { name: names.cluster }),
      secrets: new ServiceSecrets(this, "secrets", { ...secretsProps, services }),
      djangoSecretKey: Object.values(services).some(({ django }) => django)
        ? new DjangoSecretKey(this, "django-secret-key", secretsProps)
        : undefined,
    };
    const added = addServices(this, platform);
    addOutputs(this, platform, added, addMonitoring(this, platform, added));
  }
}
